import SystemPackage

/// How much of a run is observed: `--scope program|dynamic`.
public enum Scope: String, Sendable, CaseIterable {
  /// All of it, from main's first line on; every function is instrumented in place.
  case program
  /// What happens inside an extent; every function gets an instrumented twin beside its plain body.
  case dynamic
}

/// What of a program is instrumented, whatever its context.
///
/// Two builds with different selections share no object.
public struct Selection: Equatable, Sendable {
  public var placement: Placement
  public var scope: Scope
  /// Patterns of functions whose calls open an extent.
  public var triggers: [String]
  /// In order: the last one that matches a function wins.
  public var rules: [Rule]
  /// Functions with fewer instructions are left out.
  public var minInstructions: Int?
  /// Events of functions more calls below a thread's or an extent's first are passed over.
  public var depth: Int?
  /// Hooks see values, and nothing that they return has an effect.
  public var readOnly = false
  /// Patterns of functions whose parameters and results a context that tags values is told of.
  public var tagFunctions: [String] = []
  /// What `rayc list` shows beside calls and loads.
  public var listedPoints: [Point] = []
  /// The user's own IR transforms, in order, before the hooks are put in and behind.
  public var before: [BuiltTransform] = []
  public var after: [BuiltTransform] = []

  public init(
    placement: Placement = .source, scope: Scope = .program, triggers: [String] = [],
    rules: [Rule] = [], minInstructions: Int? = nil, depth: Int? = nil
  ) {
    self.placement = placement
    self.scope = scope
    self.triggers = triggers
    self.rules = rules
    self.minInstructions = minInstructions
    self.depth = depth
  }

  /// What has to be built for these contexts.
  ///
  /// Contexts of the program's own get their events in extents, and only twins know where those
  /// begin and end. So for them the whole run is an extent, opened by main, if another context
  /// is to see all of it.
  func adapted(to specs: [ContextSpec]) -> Selection {
    guard scope == .program, specs.contains(where: { $0.source == .dispatch }) else {
      return self
    }
    var adapted = self
    adapted.scope = .dynamic
    if specs.count > 1 { adapted.triggers = ["main"] }
    return adapted
  }

  /// Whether names have to be demangled to tell what is instrumented.
  public var needsDemangler: Bool { !rules.isEmpty || !triggers.isEmpty || !tagFunctions.isEmpty }

  /// Plugins with passes of the user's own.
  var passPlugins: [FilePath] {
    var plugins: [FilePath] = []
    for case .pass(_, let plugin?) in before + after where !plugins.contains(plugin) {
      plugins.append(plugin)
    }
    return plugins
  }

  /// The same as options of the plugin.
  var pluginOptions: [String] {
    settings.filter { !$0.hasPrefix("pass-") && !$0.hasPrefix("read-only=") }.map { "-rayc-\($0)" }
  }

  /// The lines of the shim's settings that say so; nothing for what is left as it is by default.
  var settings: [String] {
    var lines = ["at=\(placement.rawValue)"]
    if scope != .program { lines.append("scope=\(scope.rawValue)") }
    lines += triggers.map { "trigger=\($0)" }
    lines += tagFunctions.map { "tag-functions=\($0)" }
    lines += rules.map { "rule=\($0.text)" }
    if let minInstructions { lines.append("min-instructions=\(minInstructions)") }
    if let depth { lines.append("depth=\(depth)") }
    if readOnly { lines.append("read-only=yes") }
    lines += before.map { "before=\($0.option)" } + after.map { "after=\($0.option)" }
    lines += (before + after).compactMap(\.identity).map { "pass-identity=\($0)" }
    lines += passPlugins.map { "pass-plugin=\($0)" }
    if !listedPoints.isEmpty {
      lines.append("points=" + listedPoints.map(\.rawValue).joined(separator: ","))
    }
    return lines
  }
}
