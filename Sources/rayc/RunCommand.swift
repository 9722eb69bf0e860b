import ArgumentParser
import RayDriver
import SystemPackage

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Build and run a program or a package's executable, instrumented.",
    discussion: """
      The program's output, its exit status and its signals are its own. What comes after '--' \
      goes to the program.

      EXAMPLES:
        rayc run main.swift
        rayc run -c release main.swift helper.swift -- --size 10
        rayc run -W 'count --json counts.json' main.swift
        rayc run --trigger Parser.parse main.swift    only inside calls of it
        rayc run --exclude 'file:*Tests*' --exclude Logger main.swift
        rayc run --package-path MyTool --product mytool -- --help
      """)

  @Argument(help: "The program's Swift files; none for the package around this folder.")
  var files: [String] = []

  @Option(help: "The executable product to run, if the package has several.")
  var product: String?

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Package") var package: PackageOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Argument(parsing: .postTerminator, help: "Arguments for the program.")
  var arguments: [String] = []

  func run() async throws {
    // Kept until the process becomes the program: no other build may replace it before.
    var lock: FileLock?
    let executable = try await withSession(output) { session in
      try await files.isEmpty
        ? packageExecutable(session, holding: &lock) : fileExecutable(session)
    }
    guard !output.printJobs, let executable else { return }
    try withExtendedLifetime(lock) { try becomeProgram(executable, arguments: arguments) }
  }

  private func fileExecutable(_ session: Session) async throws -> FilePath? {
    try package.rejectForFiles()
    if product != nil { throw Diagnostic.filesAndPackage(option: "--product") }
    try Building.check(sources: files)
    let request = ProgramRequest(
      sources: files, configuration: build.configuration,
      compilerArguments: build.compilerArguments, jobs: build.jobs)
    return try await Building.program(session, request, context, selection)
  }

  private func packageExecutable(
    _ session: Session, holding lock: inout FileLock?
  ) async throws -> FilePath? {
    let reader = try package.reader(session)
    let request = try await package.request(
      reader, .build(product: product), build, output, resolvesProduct: true)
    return try await Building.package(
      session, request, context, selection, reader, holding: &lock)
  }
}

extension PackageOptions {
  /// What finds out about the package.
  func reader(_ session: Session) throws(Diagnostic) -> PackageReader {
    let root = try root()
    let base = scratchPath.map { FilePath($0) } ?? root.appending(".build")
    return PackageReader(
      root, toolchain: session.planner.toolchain,
      scratch: Files.absolute(base).appending("rayc").appending("manifest"))
  }

  /// The request for SwiftPM, with the only product filled in where one is needed.
  func request(
    _ reader: PackageReader, _ action: PackageRequest.Action, _ build: BuildOptions,
    _ output: OutputOptions, resolvesProduct: Bool = false
  ) async throws -> PackageRequest {
    var action = action
    if resolvesProduct, case .build(let product) = action {
      action = .build(product: try await reader.manifest().executable(named: product))
    }
    return PackageRequest(
      action, path: reader.root, configuration: build.configuration,
      scratch: scratchPath.map { FilePath($0) },
      buildSystem: buildSystem, compilerArguments: build.compilerArguments, jobs: build.jobs,
      verbosity: output.forSwiftPM, clang: instrumentsC ? try reader.toolchain.clang() : nil)
  }
}
