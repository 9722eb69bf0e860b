import ArgumentParser
import Glibc
import Logging
import RayDriver
import SystemPackage

extension BuildConfiguration: ExpressibleByArgument {}
extension Placement: ExpressibleByArgument {}

/// Which contexts and transforms.
struct ContextOptions: ParsableArguments {
  @Option(
    name: [.customShort("W"), .customLong("with")],
    help: ArgumentHelp(
      "A context: 'count', or 'file.swift:Type', with its arguments in the same quotes. "
        + "Of several, each sees the value that the one before returned.",
      valueName: "spec"), completion: .custom(Completions.contexts),
    transform: OrderedPattern.init)
  var contexts: [OrderedPattern] = []

  @Option(
    name: [.customShort("D"), .customLong("dynamo")],
    help: ArgumentHelp(
      "A transform of IR: 'file.swift:Type', with its arguments in the same quotes. It runs "
        + "before the callbacks go in, or after, as it stands before or after '-W'.",
      valueName: "spec"), completion: .file(extensions: ["swift"]),
    transform: OrderedPattern.init)
  var dynamos: [OrderedPattern] = []

  @Option(
    help: ArgumentHelp("A pass of LLVM's, or of a plugin, in the same way.", valueName: "name"),
    transform: OrderedPattern.init)
  var pass: [OrderedPattern] = []

  @Option(
    help: ArgumentHelp("A plugin for 'opt' with passes of your own.", valueName: "file.so"),
    completion: .file(extensions: ["so"]), transform: OrderedPattern.init)
  var passPlugin: [OrderedPattern] = []

  var isEmpty: Bool { contexts.isEmpty && dynamos.isEmpty && pass.isEmpty }

  /// What goes into a program, in words.
  var title: String {
    let all = (contexts + dynamos + pass).sorted { $0.position < $1.position }
    return isEmpty ? ContextSpec.standard.name : all.map(\.text).joined(separator: ", ")
  }

  /// The contexts of a build, in order.
  ///
  /// - Parameter points: what the program's own contexts may have hooks for; nil if it has none.
  /// - Throws: `Diagnostic` for a malformed one.
  func stack(points: Set<Point>?) throws(Diagnostic) -> [ContextSpec] {
    ContextSpec.stack(try parsed(), points: points)
  }

  /// The contexts and transforms that the command line names, in its order.
  /// - Throws: `Diagnostic` for a malformed one.
  func parsed() throws(Diagnostic) -> [ContextSpec] {
    var parsed: [(position: Int, spec: ContextSpec)] = []
    for context in contexts { parsed.append((context.position, try Self.parse(context.text))) }
    for dynamo in dynamos {
      parsed.append((dynamo.position, try ContextSpec(parsingDynamo: dynamo.text)))
    }
    if let plugin = passPlugin.first, pass.isEmpty { throw .passPluginAlone(FilePath(plugin.text)) }
    for pass in pass {
      // That of the plugin named last before it.
      let plugin = passPlugin.last { $0.position < pass.position } ?? passPlugin.first
      parsed.append(
        (
          pass.position,
          ContextSpec(
            source: .pass(pass.text, plugin: plugin.map { FilePath($0.text) }), arguments: [])
        ))
    }
    return parsed.sorted { $0.position < $1.position }.map(\.spec)
  }

  private static func parse(_ spec: String) throws(Diagnostic) -> ContextSpec {
    do {
      return try ContextSpec(parsing: spec)
    } catch .contextNeedsType(let file, _) {
      let source = (try? Files.read(FilePath(file))) ?? ""
      throw .contextNeedsType(file, types: ContextDiagnosis.contextTypes(in: source))
    }
  }
}

/// SwiftPM's options, by their names.
struct BuildOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "Build with configuration 'debug' or 'release'.")
  var configuration: BuildConfiguration = .debug

  @Option(name: .shortAndLong, help: "The number of jobs to run at once.")
  var jobs: Int?

  @Option(
    name: .customLong("Xswiftc", withSingleDash: true), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Pass a flag to the Swift compiler.", valueName: "flag"))
  var compilerArguments: [String] = []

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs \(jobs)': write a number from 1 on") }
  }
}

/// Which package.
struct PackageOptions: ParsableArguments {
  @Option(
    help: "The package to work on (default: the one around this folder).", completion: .directory)
  var packagePath: String?

  @Option(
    help: "Where builds go; rayc keeps a folder of its own in it (default: .build).",
    completion: .directory)
  var scratchPath: String?

  @Option(
    help: "SwiftPM's build system: 'native' or 'swiftbuild'.",
    completion: .list(["native", "swiftbuild"]))
  var buildSystem: String?

  @Flag(name: .customLong("c"), help: "Instrument the package's C and C++ targets, too.")
  var instrumentsC = false

  /// - Throws: `Diagnostic.noPackage`; `.noSources` if none was named.
  func root() throws(Diagnostic) -> FilePath {
    if let packagePath {
      let path = FilePath(packagePath)
      guard Files.exists(path.appending("Package.swift")) else {
        throw .noPackage(Files.absolute(path))
      }
      return Files.absolute(path)
    }
    guard let root = PackageManifest.root(above: Files.currentDirectory) else { throw .noSources }
    return root
  }

  /// - Throws: `Diagnostic.filesAndPackage` for options that only packages have.
  func rejectForFiles() throws(Diagnostic) {
    if packagePath != nil { throw .filesAndPackage(option: "--package-path") }
    if scratchPath != nil { throw .filesAndPackage(option: "--scratch-path") }
    if buildSystem != nil { throw .filesAndPackage(option: "--build-system") }
    if instrumentsC { throw .filesAndPackage(option: "--c") }
  }
}

/// How much to show, and whether to do anything.
struct OutputOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Show the commands that are run.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Show errors only.")
  var quiet = false

  @Flag(help: "Print what would be run, one job a line, and run nothing.")
  var printJobs = false

  var showsProgress: Bool { verbose || (!quiet && StandardError.isTerminal) }

  func executor() -> any Executor {
    if printJobs { return PrintingExecutor() }
    var logger = Logger(label: "rayc") { _ in ErrorLog() }
    logger.logLevel = verbose ? .info : .error
    return ProcessExecutor(logger: logger, showsProgress: showsProgress)
  }

  /// SwiftPM's flags for the same.
  var forSwiftPM: [String] { verbose ? ["-v"] : quiet ? ["-q"] : [] }
}

/// Messages as plain lines on stderr.
struct ErrorLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    StandardError.write("rayc: \(event.message)\n")
  }
}

/// Runs `body` with the tools, and cleans up after it.
func withSession<Result>(
  _ output: OutputOptions, _ body: (Session) async throws -> Result
) async throws -> Result {
  let session = try await Session(
    toolkit: .ofThisProcess(), environment: processEnvironment(), executor: output.executor())
  defer { session.close() }
  return try await body(session)
}

func processEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  var entry = environ
  while let text = entry.pointee {
    let pair = String(cString: text).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
    entry += 1
  }
  return variables
}
