import ArgumentParser
import RayDriver
import SystemPackage

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build a program or a package, instrumented; it runs on its own afterwards.",
    discussion: """
      Without '-o' a program gets the name swiftc gives it, and a package stays where SwiftPM \
      puts it, in a folder of its own for each context.

      EXAMPLES:
        rayc build -c release -o fib fib.swift && ./fib
        rayc build --scope dynamic -o fib fib.swift    observed inside 'overdub' only
        rayc build --package-path MyTool --product mytool -o mytool
      """)

  @Argument(
    help: "The program's Swift files; none for the package around this folder.",
    completion: .file(extensions: ["swift"]))
  var files: [String] = []

  @Option(
    name: .customShort("o"), help: ArgumentHelp("Where the executable goes.", valueName: "file"),
    completion: .file())
  var destination: String?

  @Option(help: "The executable product to build (default: everything).")
  var product: String?

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Package") var package: PackageOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await withSession(output) { session in
      try await files.isEmpty ? buildPackage(session) : buildProgram(session)
    }
  }

  private func buildProgram(_ session: Session) async throws {
    try package.rejectForFiles()
    if product != nil { throw Diagnostic.filesAndPackage(option: "--product") }
    try Building.check(sources: files)
    var request = ProgramRequest(
      sources: files, configuration: build.configuration,
      compilerArguments: build.compilerArguments, jobs: build.jobs)
    request.output = FilePath(destination ?? request.defaultName)
    _ = try await Building.program(session, request, context.parsed(), selection)
  }

  private func buildPackage(_ session: Session) async throws {
    let reader = try package.reader(session)
    let request = try await package.request(
      reader, .build(product: product), build, output,
      resolvesProduct: product != nil || destination != nil)
    var lock: FileLock?
    let executable = try await Building.package(
      session, request, context.parsed(), selection, reader, holding: &lock)
    if let destination, let executable {
      try withExtendedLifetime(lock) { try Files.copy(executable, to: FilePath(destination)) }
    }
  }
}
