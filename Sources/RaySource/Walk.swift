// Ways through the syntax: each pass says what it does with a part and leaves the rest to these.

extension Statement {
  /// The lists of statements inside.
  var bodies: [[Statement]] {
    switch self {
    case .branch(_, let then, let other): [then, other]
    case .select(_, let cases): cases.map(\.body)
    case .loop(_, _, let body), .block(_, let body): [body]
    case .attempt(let body, _, let handler): [body, handler]
    default: []
    }
  }

  func mappingBodies(_ change: ([Statement]) -> [Statement]) -> Statement {
    switch self {
    case .branch(let condition, let then, let other):
      .branch(condition, change(then), change(other))
    case .select(let subject, let cases):
      .select(
        subject, cases.map { Case(name: $0.name, bindings: $0.bindings, body: change($0.body)) })
    case .loop(let label, let kind, let body): .loop(label, kind, change(body))
    case .block(let label, let body): .block(label, change(body))
    case .attempt(let body, let error, let handler): .attempt(change(body), error, change(handler))
    default: self
    }
  }

  /// The expressions that belong to the statement itself, in the order of evaluation; the places
  /// that it writes are apart.
  var expressions: [Expression] {
    switch self {
    case .declare(_, let value): value.map { [$0] } ?? []
    case .assign(let place, let value): [place, value]
    case .expression(let value), .raise(let value), .select(let value, _): [value]
    case .branch(let condition, _, _), .loop(_, .whileTrue(let condition), _):
      [condition.expression]
    case .loop(_, .over(_, let sequence), _): [sequence]
    case .loop(_, .repeatWhile(let condition), _): [condition]
    case .result(let value): value.map { [$0] } ?? []
    default: []
    }
  }

  func mappingExpressions(_ change: (Expression) -> Expression) -> Statement {
    switch self {
    case .declare(let variable, let value): .declare(variable, value.map(change))
    case .assign(let place, let value): .assign(change(place), change(value))
    case .expression(let value): .expression(change(value))
    case .raise(let value): .raise(change(value))
    case .select(let value, let cases): .select(change(value), cases)
    case .branch(let condition, let then, let other):
      .branch(condition.mapping(change), then, other)
    case .loop(let label, .whileTrue(let condition), let body):
      .loop(label, .whileTrue(condition.mapping(change)), body)
    case .loop(let label, .over(let variable, let sequence), let body):
      .loop(label, .over(variable, change(sequence)), body)
    case .loop(let label, .repeatWhile(let condition), let body):
      .loop(label, .repeatWhile(change(condition)), body)
    case .result(let value): .result(value.map(change))
    default: self
    }
  }

  /// The variables that the statement brings into its own bodies.
  var bound: [Variable] {
    switch self {
    case .branch(.some(let variable, _), _, _), .loop(_, .whileTrue(.some(let variable, _)), _),
      .loop(_, .over(let variable, _), _):
      [variable]
    case .select(_, let cases): cases.flatMap { $0.bindings.map(\.variable) }
    case .attempt(_, let error, _): [error]
    default: []
    }
  }

  /// Whether control never goes on behind it.
  var leaves: Bool {
    switch self {
    case .leave, .again, .result, .raise: true
    case .branch(_, let then, let other): then.leave && other.leave
    case .select(_, let cases): cases.allSatisfy(\.body.leave)
    case .attempt(let body, _, let handler): body.leave && handler.leave
    case .expression(let value): value.isNever
    case .loop(let label, .forever, let body): !body.mentions(label)
    default: false
    }
  }
}

extension [Statement] {
  var leave: Bool { last?.leaves ?? false }

  /// Whether a `break` of a label is in it.
  func mentions(_ label: Label) -> Bool {
    contains { statement in
      if case .leave(label) = statement { return true }
      return statement.bodies.contains { $0.mentions(label) }
    }
  }

  /// Whether a `continue` of a label is in it.
  func repeats(_ label: Label) -> Bool {
    contains { statement in
      if case .again(label) = statement { return true }
      return statement.bodies.contains { $0.repeats(label) }
    }
  }

  /// Every list of statements, those inside first; closures' are among them.
  func mapping(_ change: ([Statement]) -> [Statement]) -> [Statement] {
    let inner = map { statement in
      for expression in statement.expressions {
        expression.forEachClosure { $0.body = $0.body.mapping(change) }
      }
      return statement.mappingBodies { $0.mapping(change) }
    }
    return change(inner)
  }

  func forEach(expression visit: (Expression) -> Void) {
    for statement in self {
      statement.expressions.forEach(visit)
      for body in statement.bodies { body.forEach(expression: visit) }
    }
  }
}

extension Condition {
  var expression: Expression {
    switch self {
    case .boolean(let value), .some(_, let value), .isSome(let value): value
    }
  }

  func mapping(_ change: (Expression) -> Expression) -> Condition {
    switch self {
    case .boolean(let value): .boolean(change(value))
    case .some(let variable, let value): .some(variable, change(value))
    case .isSome(let value): .isSome(change(value))
    }
  }
}

extension Compound.Piece {
  var expression: Expression? {
    switch self {
    case .text: nil
    case .expression(let value, _), .typed(let value, _), .place(let value): value
    }
  }

  func mapping(_ change: (Expression) -> Expression) -> Self {
    switch self {
    case .text: self
    case .expression(let value, let precedence): .expression(change(value), precedence)
    case .typed(let value, let precedence): .typed(change(value), precedence)
    case .place(let value): .place(change(value))
    }
  }
}

extension Expression {
  /// The closures in it, not those inside of them.
  func forEachClosure(_ visit: (Closure) -> Void) {
    switch self {
    case .closure(let closure): visit(closure)
    case .compound(let compound):
      for piece in compound.pieces { piece.expression?.forEachClosure(visit) }
    default: break
    }
  }

  /// Every variable that occurs, also in closures; places are those that are written.
  func forEachVariable(_ visit: (Variable, _ isWritten: Bool) -> Void) {
    forEachVariable(isPlace: false, visit)
  }

  func forEachVariable(isPlace: Bool, _ visit: (Variable, Bool) -> Void) {
    switch self {
    case .variable(let variable): visit(variable, isPlace)
    case .compound(let compound):
      for (index, piece) in compound.pieces.enumerated() {
        switch piece {
        case .text: break
        case .place(let value):
          value.root.map { visit($0, false) }
          value.forEachVariable(isPlace: true, visit)
        case .expression(let value, _), .typed(let value, _):
          // What is written through `x.y` is `x`; an index is only read.
          value.forEachVariable(isPlace: isPlace && index == 0, visit)
        }
      }
    case .closure(let closure): closure.body.forEachVariable(visit)
    case .literal, .defaultArgument: break
    }
  }

  /// An element of a tuple that is written out: `b` of `(a, b)`.
  func element(_ index: Int) -> Expression? {
    guard case .compound(let compound) = self, case .text("(") = compound.pieces.first,
      case .text(")") = compound.pieces.last
    else { return nil }
    let elements = compound.pieces.compactMap(\.expression)
    return index < elements.count && elements.count * 2 + 1 == compound.pieces.count
      ? elements[index] : nil
  }

  /// The variable that a place is in, or is.
  var root: Variable? {
    switch self {
    case .variable(let variable): variable
    case .compound(let compound): compound.pieces.first?.expression?.root
    default: nil
    }
  }

  var asVariable: Variable? {
    if case .variable(let variable) = self { return variable }
    return nil
  }

  var isNever: Bool {
    if case .compound(let compound) = self { return compound.type == .named("Never", []) }
    return false
  }

  var type: SILType? {
    switch self {
    case .variable(let variable): variable.type
    case .literal(_, let type): type
    case .compound(let compound): compound.type
    case .closure, .defaultArgument: nil
    }
  }

  func replacing(_ variable: Variable, with value: Expression) -> Expression {
    switch self {
    case .variable(variable): return value
    case .compound(var compound):
      compound.pieces = compound.pieces.map { $0.mapping { $0.replacing(variable, with: value) } }
      return .compound(compound)
    case .closure(let closure):
      closure.body = closure.body.replacing(variable, with: value)
      return self
    default: return self
    }
  }
}

extension [Statement] {
  func forEachVariable(_ visit: (Variable, _ isWritten: Bool) -> Void) {
    for statement in self {
      if case .assign(let place, let value) = statement {
        place.forEachVariable(isPlace: true, visit)
        value.forEachVariable(visit)
      } else {
        for expression in statement.expressions { expression.forEachVariable(visit) }
      }
      for body in statement.bodies { body.forEachVariable(visit) }
    }
  }

  func replacing(_ variable: Variable, with value: Expression) -> [Statement] {
    map { statement in
      statement.mappingExpressions { $0.replacing(variable, with: value) }
        .mappingBodies { $0.replacing(variable, with: value) }
    }
  }
}
