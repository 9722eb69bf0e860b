/// What the command line says of the selection; a project's file and the environment say the rest.
public struct SelectionRequest: Equatable, Sendable {
  /// The variable with rules: `+pattern;-pattern`.
  public static let variable = "RAYC_RULES"

  public var placement: Placement
  /// Nil if the command line says nothing.
  public var scope: Scope?
  public var triggers: [String]
  public var rules: [Rule]
  public var local: Bool
  public var minInstructions: Int?
  public var depth: Int?
  public var readOnly: Bool
  /// Patterns of functions whose parameters and results a context that tags values is told of.
  public var tagFunctions: [String] = []

  public init(
    placement: Placement = .source, scope: Scope? = nil, triggers: [String] = [],
    rules: [Rule] = [], local: Bool = false, minInstructions: Int? = nil, depth: Int? = nil,
    readOnly: Bool = false
  ) {
    self.placement = placement
    self.scope = scope
    self.triggers = triggers
    self.rules = rules
    self.local = local
    self.minInstructions = minInstructions
    self.depth = depth
    self.readOnly = readOnly
  }

  public func isLocal(with file: RulesFile?) -> Bool { local || file?.local == true }

  /// Puts the sources together. The last rule that matches wins, so what is nearest to the user
  /// comes last: `--local`, the project's file, the environment, the command line.
  ///
  /// - Parameter modules: the root package's or the program's; used if only they are wanted.
  /// - Throws: `Diagnostic.triggerInProgramScope`, `.malformedPattern`.
  public func selection(
    file: RulesFile?, environment: [String: String], modules: [String]
  ) throws(Diagnostic) -> Selection {
    if let trigger = triggers.first, scope == .program { throw .triggerInProgramScope(trigger) }
    var all = isLocal(with: file) ? Rule.only(modules: modules) : []
    all += file?.rules ?? []
    all += try Rule.list(environment[Self.variable] ?? "", origin: Self.variable)
    var selection = Selection(
      placement: placement, scope: triggers.isEmpty ? scope ?? .program : .dynamic,
      triggers: triggers, rules: all + rules,
      minInstructions: minInstructions ?? file?.minInstructions, depth: depth ?? file?.depth)
    selection.readOnly = readOnly
    selection.tagFunctions = tagFunctions
    return selection
  }
}
