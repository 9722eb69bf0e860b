import ArgumentParser
import RayDriver
import Synchronization
import SystemPackage

extension Scope: ExpressibleByArgument {}

/// What of the program is instrumented, and when it is observed.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: .customLong("at"),
    help: "Where callbacks go: before optimisation (complete) or after (what really executes).")
  var placement: Placement = .source

  @Option(
    help: ArgumentHelp(
      "Observe the whole 'program' (default), or 'dynamic': only what 'overdub' or a trigger opens.",
      valueName: "program|dynamic"))
  var scope: Scope?

  @Option(
    help: ArgumentHelp(
      "Observe every call of these functions and all they call ('main': the whole run).",
      valueName: "pattern"), completion: .custom(Completions.triggers))
  var trigger: [String] = []

  @Option(
    name: [.customShort("i"), .long],
    help: ArgumentHelp(
      "Instrument these functions: 'module:M', 'file:GLOB', '/regex/' or how a name begins.",
      valueName: "pattern"), completion: .custom(Completions.patterns),
    transform: OrderedPattern.init)
  var include: [OrderedPattern] = []

  @Option(
    name: [.customShort("x"), .long],
    help: ArgumentHelp(
      "Leave these functions out; of all rules that match, the last one counts.",
      valueName: "pattern"), completion: .custom(Completions.patterns),
    transform: OrderedPattern.init)
  var exclude: [OrderedPattern] = []

  @Flag(help: "Instrument only the package's own modules, not its dependencies.")
  var local = false

  @Option(help: ArgumentHelp("Leave functions with fewer instructions out.", valueName: "n"))
  var minInstructions: Int?

  @Option(
    name: [.customShort("d"), .long],
    help: ArgumentHelp(
      "Observe functions that are at most this many calls below the first.", valueName: "n"))
  var depth: Int?

  @Option(
    help: ArgumentHelp(
      "Tell contexts that tag values of the parameters and results of these functions.",
      valueName: "pattern"), completion: .custom(Completions.triggers))
  var tagFunctions: [String] = []

  @Flag(help: "Contexts see values; what their hooks return has no effect.")
  var readOnly = false

  func validate() throws {
    if let minInstructions, minInstructions < 0 {
      throw ValidationError("'--min-instructions \(minInstructions)': write a number from 0 on")
    }
    if let depth, depth < 0 {
      throw ValidationError("'--depth \(depth)': write a number from 0 on")
    }
  }

  /// - Throws: `Diagnostic.malformedPattern`.
  func request() throws(Diagnostic) -> SelectionRequest {
    var triggers: [String] = []
    for pattern in trigger { triggers.append(try Pattern.checked(pattern, origin: "'--trigger'")) }
    var rules: [(position: Int, rule: Rule)] = []
    for (name, patterns) in [("include", include), ("exclude", exclude)] {
      for pattern in patterns {
        let rule = try Rule(
          includes: name == "include", pattern: pattern.text, origin: "'--\(name)'")
        rules.append((pattern.position, rule))
      }
    }
    var request = SelectionRequest(
      placement: placement, scope: scope, triggers: triggers,
      rules: rules.sorted { $0.position < $1.position }.map(\.rule), local: local,
      minInstructions: minInstructions, depth: depth, readOnly: readOnly)
    for pattern in tagFunctions {
      request.tagFunctions.append(try Pattern.checked(pattern, origin: "'--tag-functions'"))
    }
    return request
  }

  /// Puts the command line, the environment and the project's `.rayc.json` together.
  ///
  /// - Parameters:
  ///   - folder: where the search for `.rayc.json` begins, upwards.
  ///   - modules: the modules that `--local` means; asked only if it is given.
  func selection(
    above folder: FilePath, modules: () async throws -> [String]
  ) async throws -> Selection {
    let request = try request()
    let file = try RulesFile.find(above: folder).map { path throws(Diagnostic) in
      try RulesFile(reading: path)
    }
    return try request.selection(
      file: file, environment: processEnvironment(),
      modules: request.isLocal(with: file) ? try await modules() : [])
  }

  /// The selection for a program of plain files.
  func selection(for request: ProgramRequest) async throws -> Selection {
    try await selection(above: request.folder) { [request.moduleName] }
  }

  /// The selection for a package.
  func selection(for reader: PackageReader) async throws -> Selection {
    try await selection(above: reader.root) { try await reader.manifest().modules }
  }
}

/// A pattern, or a spec, and its place on the command line: `--include` and `--exclude` are lists
/// of their own, but the last of both counts; `-W` and `-D` go in in their order.
struct OrderedPattern: Sendable {
  var text: String
  var position: Int

  init(_ text: String) {
    self.text = text
    // The parser reads the arguments from left to right.
    position = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
  }

  private static let count = Atomic<Int>(0)
}
