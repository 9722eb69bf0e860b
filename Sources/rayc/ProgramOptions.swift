import ArgumentParser
import RayDriver
import SystemPackage

/// `PROGRAM…`: what every command takes that builds a program and runs it.
struct ProgramOptions: ParsableArguments {
  @Argument(
    help: "The program's Swift files; none for the package around this folder.",
    completion: .file(extensions: ["swift"]))
  var files: [String] = []

  @Option(help: "The executable product to run, if the package has several.")
  var product: String?

  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Package") var package: PackageOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Argument(parsing: .postTerminator, help: "Arguments for the program.")
  var arguments: [String] = []

  /// Builds the program.
  ///
  /// - Parameter contexts: in the order in which they see an event; none for the standard one.
  /// - Returns: the program, ready to run; nil where jobs are only printed.
  func build(with contexts: [ContextSpec]) async throws -> Program? {
    var lock: FileLock?
    let executable = try await withSession(output) { session in
      try await files.isEmpty
        ? packageExecutable(session, contexts, holding: &lock)
        : fileExecutable(session, contexts)
    }
    guard !output.printJobs, let executable else { return nil }
    return Program(executable: executable, arguments: arguments, lock: lock)
  }

  private func fileExecutable(
    _ session: Session, _ contexts: [ContextSpec]
  ) async throws -> FilePath? {
    try package.rejectForFiles()
    if product != nil { throw Diagnostic.filesAndPackage(option: "--product") }
    try Building.check(sources: files)
    let request = ProgramRequest(
      sources: files, configuration: build.configuration,
      compilerArguments: build.compilerArguments, jobs: build.jobs)
    return try await Building.program(session, request, contexts, selection)
  }

  private func packageExecutable(
    _ session: Session, _ contexts: [ContextSpec], holding lock: inout FileLock?
  ) async throws -> FilePath? {
    let reader = try package.reader(session)
    let request = try await package.request(
      reader, .build(product: product), build, output, resolvesProduct: true)
    return try await Building.package(
      session, request, contexts, selection, reader, holding: &lock)
  }
}

/// A program that was built, and its arguments.
struct Program {
  var executable: FilePath
  var arguments: [String]
  /// No other build may replace the executable before it runs.
  var lock: FileLock?

  /// Becomes the program.
  func become() throws -> Never {
    try withExtendedLifetime(lock) { try becomeProgram(executable, arguments: arguments) }
  }

  /// Runs the program as a child with the streams, the terminal and the signals of this process,
  /// and comes back when it has ended.
  ///
  /// - Throws: `Diagnostic.cannotRun`.
  mutating func run() throws -> EndedProgram {
    let child = try ChildProgram(executable, arguments: arguments)
    lock = nil
    return child.wait()
  }
}
