/// Brings a declaration to where its variable gets its first value.
enum Declaring {
  static func joined(_ list: [Statement]) -> [Statement] {
    var list = list
    var index = 0
    while index < list.count {
      if case .declare(let variable, nil) = list[index],
        let first = list[(index + 1)...].firstIndex(where: { $0.uses(variable) })
      {
        if case .assign(let place, let value) = list[first], place.asVariable == variable,
          !Statement.expression(value).uses(variable)
        {
          list[first] = .declare(variable, value)
          list.remove(at: index)
          continue
        }
        if let sunk = sunk(variable, into: list[first]),
          !list[(first + 1)...].contains(where: {
            $0.uses(variable)
          })
        {
          list[first] = sunk
          list.remove(at: index)
          continue
        }
        if first > index + 1, list[(index + 1)..<first].contains(where: { !$0.isDeclaration }) {
          list.insert(.declare(variable, nil), at: first)
          list.remove(at: index)
          continue
        }
      }
      index += 1
    }
    return list
  }

  /// A statement with the declaration in the only body that needs it; no loop's.
  private static func sunk(_ variable: Variable, into statement: Statement) -> Statement? {
    switch statement {
    case .branch, .select, .block: break
    default: return nil
    }
    guard !statement.expressions.contains(where: { Statement.expression($0).uses(variable) }),
      statement.bodies.count(where: { $0.uses(variable) }) == 1
    else { return nil }
    return statement.mappingBodies { body in
      body.uses(variable) ? [.declare(variable, nil)] + body : body
    }
  }
}

extension Statement {
  var isDeclaration: Bool {
    if case .declare(_, nil) = self { return true }
    return false
  }
}

/// Puts one name in the place of another that means the same.
enum Copies {
  static func propagated(_ body: [Statement]) -> [Statement] {
    let uses = Uses(body)
    var body = body
    var changes: [(Variable, Expression)] = []
    var touched: Set<Variable> = []
    func look(_ list: [Statement]) {
      for (index, statement) in list.enumerated() {
        if case .declare(let variable, let value?) = statement, uses.isConstant(variable),
          !touched.contains(variable)
        {
          if let value = replacement(
            for: variable, value, behind: list[(index + 1)...], uses, &touched)
          {
            changes.append((variable, value))
            touched.insert(variable)
            value.forEachVariable { touchedVariable, _ in touched.insert(touchedVariable) }
          }
        }
        for expression in statement.expressions { expression.forEachClosure { look($0.body) } }
        statement.bodies.forEach(look)
      }
    }
    look(body)
    for (variable, value) in changes { body = body.replacing(variable, with: value) }
    return body
  }

  private static func replacement(
    for variable: Variable, _ value: Expression, behind rest: ArraySlice<Statement>, _ uses: Uses,
    _ touched: inout Set<Variable>
  ) -> Expression? {
    switch value {
    case .literal where !variable.isNamed: return value
    case .variable(let source) where !touched.contains(source):
      if uses.isConstant(source) {
        if variable.isNamed {
          guard !source.isNamed, !source.isParameter else { return nil }
          source.name = variable.name
          source.shown = variable.shown
        }
        return value
      }
      guard !variable.isNamed, !source.isCaptured else { return nil }
      return isRead(variable, before: source, in: rest) ? value : nil
    default: return nil
    }
  }

  /// Whether all uses of a copy come before its source changes, in one list.
  private static func isRead(
    _ variable: Variable, before source: Variable, in rest: ArraySlice<Statement>
  ) -> Bool {
    var isChanged = false
    for statement in rest {
      if statement.uses(variable) {
        if isChanged { return false }
        let footprint = Footprint(statement)
        if footprint.writes.contains(source) {
          // `x = copy + 1` reads before it writes.
          guard case .assign(let place, let right) = statement, place.asVariable == source,
            !Footprint(right).writes.contains(source)
          else { return false }
        }
        if source.isInout, footprint.effect.contains(.writes) { return false }
      }
      if Footprint(statement).writes.contains(source) { isChanged = true }
    }
    return true
  }
}

/// Puts what is used once where it is used.
enum Inliner {
  static func inlined(_ body: [Statement]) -> [Statement] {
    let uses = Uses(body)
    return body.mapping { inlined($0, uses) }
  }

  private static func inlined(_ list: [Statement], _ uses: Uses) -> [Statement] {
    var list = list
    var index = list.count - 1
    while index >= 0 {
      defer { index -= 1 }
      guard index < list.count, case .declare(let variable, let value?) = list[index],
        !variable.isNamed, uses.isConstant(variable), uses.reads(variable) == 1,
        let use = list[(index + 1)...].firstIndex(where: { $0.uses(variable) })
      else { continue }
      let moved = Footprint(value)
      guard list[(index + 1)..<use].allSatisfy({ moved.commutes(with: Footprint($0)) }),
        let changed = place(value, moved, for: variable, in: list[use])
      else { continue }
      list[use] = changed
      list.remove(at: index)
    }
    return list
  }

  /// A statement with the value put in, if nothing that is evaluated before it minds.
  private static func place(
    _ value: Expression, _ moved: Footprint, for variable: Variable, in statement: Statement
  ) -> Statement? {
    var passed = Footprint()
    switch statement {
    case .loop(_, .over, _): break
    case .loop:
      return nil
    case .assign(let place, let right):
      if Statement.expression(place).uses(variable) {
        var isPlaced = false
        let changed = substitute(value, moved, variable, in: place, &passed, &isPlaced)
        return isPlaced ? .assign(changed, right) : nil
      }
      if case .compound(let compound) = place {
        for piece in compound.pieces.dropFirst() { piece.expression.map { passed.add($0) } }
      }
    default: break
    }
    guard statement.expressions.contains(where: { Statement.expression($0).uses(variable) }) else {
      return nil
    }
    var isPlaced = false
    let changed = statement.mappingExpressions { expression in
      guard Statement.expression(expression).uses(variable) else { return expression }
      return substitute(value, moved, variable, in: expression, &passed, &isPlaced)
    }
    return isPlaced ? changed : nil
  }

  private static func substitute(
    _ value: Expression, _ moved: Footprint, _ variable: Variable, in expression: Expression,
    _ passed: inout Footprint, _ isPlaced: inout Bool
  ) -> Expression {
    switch expression {
    case .variable(variable):
      guard moved.commutes(with: passed) else { return expression }
      isPlaced = true
      return value
    case .compound(var compound):
      compound.pieces = compound.pieces.map { piece in
        guard let inner = piece.expression else { return piece }
        guard !isPlaced, Statement.expression(inner).uses(variable) else {
          if !isPlaced {
            if case .place(let place) = piece {
              // It is read and written when all else has been evaluated.
              if case .compound(let parts) = place {
                for part in parts.pieces.dropFirst() { part.expression.map { passed.add($0) } }
              }
            } else {
              passed.add(inner)
            }
          }
          return piece
        }
        if case .place(.variable) = piece { return piece }
        return piece.mapping { substitute(value, moved, variable, in: $0, &passed, &isPlaced) }
      }
      return .compound(compound)
    case .closure(let closure) where closure.isImplicit || moved.isPure && moved.reads.isEmpty:
      guard moved.isPure, moved.reads.isEmpty else { return expression }
      closure.body = closure.body.replacing(variable, with: value)
      isPlaced = true
      return expression
    default: return expression
    }
  }
}

/// Leaves out what nobody needs.
enum Dead {
  static func removed(_ body: [Statement]) -> [Statement] {
    let uses = Uses(body)
    return body.mapping { list in
      list.flatMap { statement -> [Statement] in
        switch statement {
        case .declare(let variable, let value) where uses.reads(variable) == 0:
          if uses.writes(variable) > 0 {
            return value.map { kept($0) } ?? []
          }
          return value.map { kept($0) } ?? []
        case .assign(.variable(let place), .variable(let value)) where place == value: return []
        case .assign(let place, let value):
          guard let variable = place.asVariable, uses.reads(variable) == 0, !variable.isInout,
            !variable.isParameter, !variable.isCaptured || true
          else { return [statement] }
          return kept(value)
        case .expression(let value): return isNothing(value) ? [] : [statement]
        case .block(_, let body) where body.isEmpty: return []
        case .branch(.boolean(let condition), let then, let other)
        where then.isEmpty && other.isEmpty:
          return kept(condition)
        default: return [statement]
        }
      }
    }
  }

  private static func kept(_ value: Expression) -> [Statement] {
    isNothing(value) ? [] : [.expression(value)]
  }

  /// Whether evaluating it cannot be seen.
  private static func isNothing(_ value: Expression) -> Bool {
    if case .closure = value { return true }
    let footprint = Footprint(value)
    return footprint.isPure || footprint.writes.isEmpty && footprint.effect == .reads
  }
}
