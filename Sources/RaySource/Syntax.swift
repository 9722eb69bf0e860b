/// A variable of the Swift that is written.
final class Variable: Hashable {
  /// The program's own name, if debug information has one.
  var name: String?
  var type: SILType?
  /// Whether the program itself declares it: it stays, even where nothing needs it.
  var isNamed: Bool { name != nil }
  /// What the printed text calls it.
  var shown: String
  /// A closure can see it, so a call may read and write it.
  var isCaptured = false
  /// It is there before the function begins: a parameter, `self`.
  var isParameter = false
  /// An `inout` parameter: what is assigned to it leaves the function.
  var isInout = false

  init(_ name: String? = nil, type: SILType? = nil, shown: String = "value") {
    self.name = name
    self.type = type
    self.shown = name ?? shown
  }

  static func == (left: Variable, right: Variable) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// How tightly an expression binds; higher is tighter.
enum Precedence: Int, Comparable {
  case assignment, ternary, disjunction, conjunction, comparison, coalescing, casting, range
  case addition, multiplication, shift, prefix, postfix

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What evaluating an expression does besides giving a value. Variables are looked at apart.
struct Effect: OptionSet {
  var rawValue: UInt8
  static let reads = Effect(rawValue: 1)
  static let writes = Effect(rawValue: 2)
  static let traps = Effect(rawValue: 4)
  static let call: Effect = [.reads, .writes, .traps]
}

indirect enum Expression {
  case variable(Variable)
  /// A text that is a value of a type: `1`, `"a"`, `nil`.
  case literal(String, SILType)
  case compound(Compound)
  case closure(Closure)
  /// An argument that the callee's own default gives.
  case defaultArgument

  /// A text that never changes: the name of a function or of a type.
  static func fixed(_ text: String) -> Expression {
    .compound(Compound([.text(text)], .postfix, []))
  }

  static func member(_ base: Expression, _ name: String, _ effect: Effect = []) -> Expression {
    if case .variable(let variable) = base, variable.shown == "self", variable.isParameter,
      variable.name == "self"
    {
      return .compound(
        Compound([.expression(base, .postfix), .text("." + name)], .postfix, effect))
    }
    return .compound(Compound([.expression(base, .postfix), .text("." + name)], .postfix, effect))
  }
}

/// Text with expressions in it, in the order in which they are evaluated.
struct Compound {
  enum Piece {
    case text(String)
    /// - The precedence from which on it needs no parentheses.
    case expression(Expression, Precedence)
    /// As above, where the context says the type, so a literal needs none.
    case typed(Expression, Precedence)
    /// Something that is read and written: an `inout` argument, the left side of `+=`.
    case place(Expression)
  }

  var pieces: [Piece]
  var precedence: Precedence
  var effect: Effect
  /// What it gives, if that is known.
  var type: SILType?
  var isCall = false
  /// Whether its type is not told by its parts: a generic call.
  var needsType = false
  /// Whether it may throw, so that `try` stands before the statement.
  var doesThrow = false
  /// The operands of a comparison are integers: it may be turned around.
  var isOrdered = false

  init(
    _ pieces: [Piece], _ precedence: Precedence, _ effect: Effect, type: SILType? = nil
  ) {
    self.pieces = pieces
    self.precedence = precedence
    self.effect = effect
    self.type = type
  }
}

final class Closure {
  var parameters: [Variable]
  var inoutParameters: Set<Variable> = []
  var result: SILType
  var doesThrow: Bool
  var body: [Statement]
  /// An autoclosure: only its expression is written.
  var isImplicit: Bool

  init(
    parameters: [Variable], result: SILType, doesThrow: Bool, body: [Statement], isImplicit: Bool
  ) {
    self.parameters = parameters
    self.result = result
    self.doesThrow = doesThrow
    self.body = body
    self.isImplicit = isImplicit
  }
}

/// What `break` and `continue` name.
final class Label: Hashable {
  var shown = ""
  static func == (left: Label, right: Label) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

indirect enum Statement {
  case declare(Variable, Expression?)
  case assign(Expression, Expression)
  case expression(Expression)
  case branch(Condition, [Statement], [Statement])
  case select(Expression, [Case])
  case loop(Label, Loop, [Statement])
  case block(Label, [Statement])
  case attempt([Statement], Variable, [Statement])
  case leave(Label)
  case again(Label)
  case result(Expression?)
  case raise(Expression)
}

enum Condition {
  case boolean(Expression)
  /// `if let x = e`; with a type, `if let x = e as? T`.
  case some(Variable, Expression)
  /// `if e != nil`
  case isSome(Expression)
}

enum Loop {
  case forever
  case whileTrue(Condition)
  case over(Variable, Expression)
  case repeatWhile(Expression)
}

/// A case of a `switch`.
struct Case {
  /// Nil is `default`.
  var name: String?
  var bindings: [(label: String?, variable: Variable)] = []
  var body: [Statement]
}
