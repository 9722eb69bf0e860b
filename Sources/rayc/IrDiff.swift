import ArgumentParser
import RayDriver
import RayListing
import SystemPackage

enum DiffFormat: String, ExpressibleByArgument, CaseIterable { case text, json, html }

extension ColorChoice {
  /// Whether stdout has colours.
  var isOn: Bool {
    switch self {
    case .auto: Table.terminalWidth != nil && processEnvironment()["NO_COLOR"] == nil
    case .always: true
    case .never: false
    }
  }
}

enum OptimisationFlag: EnumerableFlag {
  case none, optimised

  static func name(for value: Self) -> NameSpecification {
    value == .none ? .customLong("Onone", withSingleDash: true) : .customShort("O")
  }

  static func help(for value: Self) -> ArgumentHelp? {
    value == .none
      ? "Compile without optimisation; with '-O', before and after."
      : "Compile with optimisation."
  }

  var configuration: BuildConfiguration { self == .none ? .debug : .release }
}

struct IrDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed between two modules, or what rayc or LLVM did to one.",
    discussion: """
      One FILE is compared before and after the hooks go in. Two files, two revisions ('--rev') or \
      two ways to compile ('-Onone -O') are compared at one stage, 'swift' if '--stage' says \
      nothing. Functions are matched by symbol, renamed ones by content. A value keeps its name \
      where something is inserted before it. Debug information, metadata and attributes are left \
      out on both sides.

      EXAMPLES:
        rayc ir diff main.swift --fn rosenbrock
        rayc ir diff main.swift -W counter.swift:Counter --stat
        rayc ir diff main.swift -D dynamo.swift:MulToAdd
        rayc ir diff old.swift new.swift --word
        rayc ir diff main.swift --rev HEAD~1 --stage optimized -c release
        rayc ir diff main.swift -Onone -O --side-by-side
        rayc ir diff main.swift --passes -O --fn rosenbrock
        rayc ir diff a.bc b.bc --format html -o diff.html
      """)

  @Argument(help: "One or two modules: a Swift file, a folder, '.ll' or '.bc'.")
  var files: [String]

  @Option(
    name: .customLong("fn"),
    help: ArgumentHelp(
      "Only these functions: '/regex/' or how a name begins.", valueName: "pattern"))
  var functions: [String] = []

  @Option(help: "The stage that two sides are compared at.")
  var stage: IRStage?

  @Option(
    name: .customLong("rev"),
    help: ArgumentHelp(
      "The file as git has it in this revision; a second one takes the place of the file now.",
      valueName: "revision"))
  var revisions: [String] = []

  @Flag var optimisation: [OptimisationFlag] = []

  @Flag(help: "Each LLVM pass that changed something, in order, with what it changed.")
  var passes = false

  @Option(help: "As text, JSON, or one HTML file that needs no network.")
  var format: DiffFormat = .text

  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write it to a file.", valueName: "file"))
  var destination: String?

  @Flag(help: "Two columns.") var sideBySide = false
  @Flag(help: "Mark the words that changed.") var word = false
  @Flag(help: "Only how many lines of each function changed.") var stat = false
  @Flag(help: "Also what is folded: globals and the context's own functions.") var all = false
  @Flag(help: "End with status 1 if anything differs.") var exitCode = false
  @Option(help: "Colours: 'auto', 'always' or 'never'.") var color: ColorChoice = .auto

  @OptionGroup var options: IrOptions

  func validate() throws {
    if files.count > 2 { throw ValidationError("name one or two modules; a folder is one module") }
    if files.isEmpty { throw ValidationError("name a file") }
    let pairs = [files.count > 1, revisions.count > 0, optimisation.count > 1].count { $0 }
    if pairs > 1 {
      throw ValidationError(
        "two files, '--rev' and '-Onone -O' each make two sides; use one of them")
    }
    if revisions.count > 2 || optimisation.count > 2 {
      throw ValidationError("a comparison has two sides")
    }
    if passes, pairs > 0 { throw ValidationError("'--passes' looks at one file, compiled one way") }
    if passes, stage != nil {
      throw ValidationError("'--passes' shows the way to 'optimized'; leave '--stage' out")
    }
  }

  func run() async throws {
    let patterns = try functions.map { try FunctionPattern($0, origin: "'--fn'") }
    let report = IrReport(
      format: format, destination: destination, functions: functions, patterns: patterns,
      colors: color.isOn && destination == nil, width: Table.terminalWidth ?? 160,
      sideBySide: sideBySide, word: word, stat: stat, all: all)
    let differs = try await withSession(options.output) { session in
      if passes {
        return try await IrPasses(options: options, configuration: configurations[0])
          .run(session, file: files[0], report)
      }
      guard let (before, after) = try await sides(session) else { return false }
      return try report.show(before, after)
    }
    if exitCode, differs { throw ExitCode(1) }
  }

  private var configurations: [BuildConfiguration] {
    optimisation.isEmpty ? [options.build.configuration] : optimisation.map(\.configuration)
  }

  /// Nil where jobs are only printed.
  private func sides(_ session: Session) async throws -> (IrSide, IrSide)? {
    let configurations = configurations
    if files.count == 1, revisions.isEmpty, configurations.count == 1 {
      return try await beforeAndAfter(session, configurations[0])
    }
    let stage = stage ?? .swift
    var inputs: [(title: String, input: IRInput)] = []
    if configurations.count == 2 {
      for configuration in configurations {
        let flag = configuration == .debug ? "-Onone" : "-O"
        inputs.append(("\(files[0]), \(flag)", try options.input(files[0], configuration)))
      }
    } else {
      for (index, revision) in revisions.enumerated() {
        let file = try await Revision(revision, of: files[0]).write(
          to: session.planner.staging.appending("revision-\(index)"))
        inputs.append(
          (
            "\(files[0]) at \(revision)", try options.input(file.string, configurations[0])
          ))
      }
      for file in files where inputs.count < 2 {
        inputs.append((file, try options.input(file, configurations[0])))
      }
    }
    let module = inputs[0].input.moduleName
    var sides: [IrSide] = []
    for (index, side) in inputs.enumerated() {
      let plan = try await options.run(
        session, side.input, module: module, upTo: stage, name: "\(index)")
      if options.output.printJobs { continue }
      sides.append(
        IrSide(
          title: "\(side.title), \(stage.rawValue)", listing: try options.listing(plan, stage)))
    }
    return sides.count == 2 ? (sides[0], sides[1]) : nil
  }

  private func beforeAndAfter(
    _ session: Session, _ configuration: BuildConfiguration
  ) async throws -> (IrSide, IrSide)? {
    let stage = stage ?? .instrumented
    let input = try options.input(files[0], configuration)
    let plan = try await options.run(
      session, input, module: input.moduleName, upTo: stage, name: "0")
    if options.output.printJobs { return nil }
    let what = options.puttingIn(stage) ? " by \(options.context.title)" : ""
    return (
      IrSide(title: "\(files[0]), swift", listing: try options.listing(plan, .swift)),
      IrSide(
        title: "\(files[0]), \(stage.rawValue)\(what)", listing: try options.listing(plan, stage))
    )
  }
}

/// A file or a folder as git has it.
struct Revision {
  private let name: String
  private let path: String

  init(_ name: String, of path: String) {
    self.name = name
    self.path = path
  }

  /// Puts it into a folder, under its own name.
  /// - Throws: `Diagnostic.noRevision`.
  func write(to folder: FilePath) async throws -> FilePath {
    let file = FilePath(path)
    let directory = file.removingLastComponent()
    try Files.makeDirectory(folder)
    let target = folder.appending(file.lastComponent?.string ?? "main.swift")
    do {
      let text = try await Tool.output(
        "/usr/bin/env",
        [
          "git", "-C", directory.isEmpty ? "." : directory.string, "show",
          "\(name):./\(file.lastComponent?.string ?? path)",
        ])
      try Files.write(text, to: target)
    } catch Diagnostic.cannotRun(_, let reason) {
      throw Diagnostic.noRevision(name, file: path, reason: reason)
    }
    return target
  }
}
