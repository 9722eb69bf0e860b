/// Finds `if let`, `while`, `for` and early exits in lists of statements.
enum Shapes {
  static func shaped(_ list: [Statement]) -> [Statement] {
    var result: [Statement] = []
    for statement in choices(list) {
      for changed in flattened(optional(statement)) {
        result.append(loop(changed))
        if let iteration = iteration(result) {
          result.removeLast(2)
          result.append(iteration)
        }
      }
    }
    return result
  }

  /// `let x: T; if c { x = a } else { x = b }` → `let x = c ? a : b`
  private static func choices(_ list: [Statement]) -> [Statement] {
    var list = list
    var index = 0
    while index + 1 < list.count {
      // What is assigned last is what is returned.
      if case .assign(.variable(let variable), let value) = list[index], !variable.isInout,
        !variable.isCaptured, case .result(.variable(variable)?) = list[index + 1]
      {
        list[index] = .result(value)
        list.remove(at: index + 1)
        continue
      }
      if case .assign(.variable(let variable), let value) = list[index], !variable.isCaptured,
        case .raise(.variable(variable)) = list[index + 1]
      {
        list[index] = .raise(value)
        list.remove(at: index + 1)
        continue
      }
      if case .declare(let variable, nil) = list[index],
        case .branch(let kind, let then, let other) = list[index + 1],
        let condition = kind.asBoolean, let yes = assigned(then, to: variable),
        let no = assigned(other, to: variable),
        !condition.canThrow, !yes.canThrow, !no.canThrow
      {
        let choice = Compound(
          [
            .expression(condition, .disjunction), .text(" ? "), .typed(yes, .disjunction),
            .text(" : "), .typed(no, .ternary),
          ], .ternary, Footprint(yes).effect.union(Footprint(no).effect), type: variable.type)
        if case .literal("true", _) = yes, case .literal("false", _) = no {
          list[index] = .declare(variable, condition)
        } else if case .literal("false", _) = yes, case .literal("true", _) = no {
          list[index] = .declare(variable, condition.negated)
        } else {
          list[index] = .declare(variable, .compound(choice))
        }
        list.remove(at: index + 1)
      }
      index += 1
    }
    return list
  }

  private static func assigned(_ list: [Statement], to variable: Variable) -> Expression? {
    guard list.count == 1, case .assign(let place, let value) = list[0],
      place.asVariable == variable
    else { return nil }
    return value
  }

  /// `switch x { case .some(let y): a; case .none: b }` → `if let y = x { a } else { b }`
  private static func optional(_ statement: Statement) -> Statement {
    guard case .select(let subject, let cases) = statement else { return statement }
    if cases.count == 1, cases[0].bindings.isEmpty, cases[0].name == nil {
      return .branch(.boolean(.literal("true", .named("Bool", []))), cases[0].body, [])
    }
    guard cases.count == 2, let some = cases.first(where: { $0.name == "some" }),
      let other = cases.first(where: { $0.name == nil || $0.name == "none" }),
      some.bindings.count == 1
    else { return statement }
    let variable = some.bindings[0].variable
    let condition: Condition =
      some.body.uses(variable) || variable.isNamed && false
      ? .some(variable, subject) : .isSome(subject)
    return .branch(condition, some.body, other.body)
  }

  /// Early exits: what follows stands behind, not in `else`.
  private static func flattened(_ statement: Statement) -> [Statement] {
    if case .attempt(let body, let error, let handler) = statement, handler.count == 1,
      case .raise(.variable(error)) = handler[0]
    {
      return body
    }
    guard case .branch(let condition, let then, let other) = statement else { return [statement] }
    if case .boolean(.literal(let text, _)) = condition { return text == "true" ? then : other }
    if case .boolean(let value) = condition {
      if then.isEmpty, !other.isEmpty { return [.branch(.boolean(value.negated), other, [])] }
      if then.leave, !other.isEmpty { return [.branch(condition, then, [])] + other }
      if other.leave, !then.isEmpty {
        return [.branch(.boolean(value.negated), other, [])] + then
      }
      return [statement]
    }
    if then.leave, !other.isEmpty { return [.branch(condition, then, [])] + other }
    if case .isSome(let value) = condition, then.isEmpty, !other.isEmpty {
      return [.branch(.boolean(.isNil(value)), other, [])]
    }
    if case .isSome(let value) = condition, other.leave, !then.isEmpty {
      return [.branch(.boolean(.isNil(value)), other, [])] + then
    }
    return [statement]
  }

  private static func loop(_ statement: Statement) -> Statement {
    guard case .loop(let label, .forever, let body) = statement, let first = body.first else {
      return statement
    }
    let rest = Array(body.dropFirst())
    switch first {
    case .branch(.boolean(let condition), let then, let other)
    where isLeaving(then, label) && other.isEmpty:
      return .loop(label, .whileTrue(.boolean(condition.negated)), rest)
    case .branch(let condition, let then, let other)
    where isLeaving(other, label) && rest.isEmpty:
      return .loop(label, .whileTrue(condition), then)
    case .branch(.boolean(let condition), let then, let other)
    where rest.count == 1 && isLeaving(rest, label) && other.isEmpty && !then.isEmpty
      && then.ends(in: label):
      return .loop(label, .whileTrue(.boolean(condition)), then)
    case .branch(let condition, let then, let other)
    where isLeaving(rest, label) && other.isEmpty && then.ends(in: label):
      return .loop(label, .whileTrue(condition), then)
    default: break
    }
    guard let last = body.last, case .branch(.boolean(let condition), let then, let other) = last,
      isLeaving(then, label), other.isEmpty, !body.repeats(label)
    else { return statement }
    var declared: Set<Variable> = []
    for inner in body { if case .declare(let variable, _) = inner { declared.insert(variable) } }
    guard Footprint(condition).reads.isDisjoint(with: declared) else { return statement }
    return .loop(label, .repeatWhile(condition.negated), body.dropLast())
  }

  private static func isLeaving(_ list: [Statement], _ label: Label) -> Bool {
    guard list.count == 1, case .leave(label) = list[0] else { return false }
    return true
  }

  /// `var i = xs.makeIterator(); while let x = i.next() { … }` → `for x in xs { … }`
  private static func iteration(_ list: [Statement]) -> Statement? {
    guard list.count >= 2, case .declare(let iterator, let made?) = list[list.count - 2],
      case .loop(let label, .whileTrue(let condition), let body) = list[list.count - 1],
      let sequence = made.receiver(of: ".makeIterator"), !body.uses(iterator)
    else { return nil }
    var element = Variable(shown: "_")
    let next: Expression
    switch condition {
    case .some(let variable, let value): (element, next) = (variable, value)
    case .isSome(let value): next = value
    case .boolean(.compound(let compound)):
      guard compound.pieces.count == 2, case .text(" != nil") = compound.pieces[1],
        let value = compound.pieces[0].expression
      else { return nil }
      next = value
    case .boolean: return nil
    }
    guard next.receiver(of: ".next")?.asVariable == iterator else { return nil }
    return .loop(label, .over(element, sequence), body)
  }
}

extension [Statement] {
  /// Whether a list ends with a jump back to a loop's beginning.
  fileprivate func ends(in label: Label) -> Bool {
    guard let last else { return false }
    if case .again(label) = last { return true }
    return last.leaves
  }
}

extension Condition {
  /// As an expression, if it brings in no variable.
  fileprivate var asBoolean: Expression? {
    switch self {
    case .boolean(let value): value
    case .isSome(let value): Expression.isNil(value).negated
    case .some: nil
    }
  }
}

extension Expression {
  /// The object of a call of a method without arguments.
  func receiver(of method: String) -> Expression? {
    guard case .compound(let compound) = self, compound.pieces.count >= 3,
      case .text(method) = compound.pieces[1], let object = compound.pieces[0].expression
    else { return nil }
    return object
  }

  static func isNil(_ value: Expression) -> Expression {
    .compound(
      Compound(
        [.expression(value, Precedence.comparison.above), .text(" == nil")], .comparison, [],
        type: .named("Bool", [])))
  }

  var negated: Expression {
    guard case .compound(var compound) = self else {
      if case .literal("true", let type) = self { return .literal("false", type) }
      if case .literal("false", let type) = self { return .literal("true", type) }
      return .not(self)
    }
    if compound.pieces.count == 2, case .text("!") = compound.pieces[0],
      let inner = compound.pieces[1].expression
    {
      return inner
    }
    let opposite = [
      " == ": " != ", " != ": " == ", " < ": " >= ", " >= ": " < ", " > ": " <= ", " <= ": " > ",
    ]
    if compound.pieces.count == 3, case .text(let symbol) = compound.pieces[1],
      let other = opposite[symbol],
      compound.isOrdered || symbol == " == " && compound.precedence == .comparison
    {
      compound.pieces[1] = .text(other)
      return .compound(compound)
    }
    if compound.pieces.count == 2, case .text(" == nil") = compound.pieces[1] {
      compound.pieces[1] = .text(" != nil")
      return .compound(compound)
    }
    return .not(self)
  }

  private static func not(_ value: Expression) -> Expression {
    .compound(
      Compound([.text("!"), .expression(value, .prefix)], .prefix, [], type: .named("Bool", [])))
  }
}

/// Makes `"… \(x) …"` of the calls that the compiler makes of it.
enum Interpolations {
  static func merged(_ list: [Statement]) -> [Statement] {
    var list = list
    for (index, statement) in list.enumerated() {
      guard case .declare(let variable, .compound(let made)?) = statement,
        case .text(let head) = made.pieces.first, head == "DefaultStringInterpolation"
      else { continue }
      var pieces: [Compound.Piece] = [.text("\"")]
      var effect: Effect = []
      var end = index + 1
      while end < list.count, let part = part(list[end], of: variable) {
        if case .compound(let part) = part { effect.formUnion(part.effect) }
        pieces += part.appended
        end += 1
      }
      guard end < list.count, list[end...].contains(where: { $0.uses(variable) }) else { continue }
      pieces.append(.text("\""))
      let text = Variable(type: .named("String", []))
      let value = Expression.compound(
        Compound(pieces, .postfix, effect, type: .named("String", [])))
      var isDone = false
      var rest = Array(list[end...])
      rest = rest.map { statement in
        statement.mappingExpressions { $0.completing(variable, with: text, &isDone) }
      }
      guard isDone, !rest.uses(variable) else { continue }
      list = list[..<index] + [.declare(text, value)] + rest
      return merged(list)
    }
    return list
  }

  private static func part(_ statement: Statement, of variable: Variable) -> Expression? {
    guard case .expression(let call) = statement,
      call.receiver(of: ".appendLiteral")?.asVariable == variable
        || call.receiver(of: ".appendInterpolation")?.asVariable == variable
    else { return nil }
    var hasClosure = false
    call.forEachClosure { _ in hasClosure = true }
    return hasClosure ? nil : call
  }
}

extension Expression {
  fileprivate var appended: [Compound.Piece] {
    guard case .compound(let compound) = self else { return [] }
    let arguments = Array(compound.pieces.dropFirst(2))
    if case .text(".appendLiteral") = compound.pieces[1] {
      for piece in arguments {
        if case .literal(let text, _)? = piece.expression {
          return [.text(String(text.dropFirst().dropLast()))]
        }
      }
    }
    return [.text("\\")] + arguments
  }

  /// With `String(stringInterpolation: v)` replaced.
  fileprivate func completing(
    _ variable: Variable, with text: Variable, _ isDone: inout Bool
  ) -> Expression {
    guard case .compound(var compound) = self else { return self }
    if case .text("String") = compound.pieces.first,
      compound.pieces.contains(where: { $0.expression?.asVariable == variable })
    {
      isDone = true
      return .variable(text)
    }
    compound.pieces = compound.pieces.map { piece in
      piece.mapping { $0.completing(variable, with: text, &isDone) }
    }
    return .compound(compound)
  }
}
