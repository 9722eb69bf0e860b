/// What evaluating something reads, writes and does besides.
struct Footprint {
  var reads: Set<Variable> = []
  var writes: Set<Variable> = []
  var effect: Effect = []
  /// Control may not go on behind it.
  var mayLeave = false

  init() {}

  init(_ expression: Expression) { add(expression) }

  init(_ statement: Statement) { add(statement) }

  var isPure: Bool { effect.isEmpty && writes.isEmpty }

  /// Whether two things may be done in the other order.
  func commutes(with other: Footprint) -> Bool {
    guard reads.isDisjoint(with: other.writes), writes.isDisjoint(with: other.writes),
      writes.isDisjoint(with: other.reads)
    else { return false }
    if effect.contains(.writes), !other.effect.isEmpty { return false }
    if other.effect.contains(.writes), !effect.isEmpty { return false }
    if other.mayLeave, effect.contains(.writes) || effect.contains(.traps) || !writes.isEmpty {
      return false
    }
    return true
  }

  mutating func add(_ expression: Expression) {
    switch expression {
    case .variable(let variable): read(variable)
    case .compound(let compound):
      effect.formUnion(compound.effect)
      if compound.doesThrow { mayLeave = true }
      for piece in compound.pieces {
        switch piece {
        case .text: break
        case .place(let place):
          add(place)
          if let root = place.root { write(root) } else { effect.formUnion([.reads, .writes]) }
        case .expression(let value, _), .typed(let value, _): add(value)
        }
      }
    case .closure, .literal, .defaultArgument: break
    }
  }

  mutating func add(_ statement: Statement) {
    switch statement {
    case .assign(let place, let value):
      add(value)
      addPlace(place)
    case .declare(let variable, let value):
      if let value { add(value) }
      writes.insert(variable)
    case .leave, .again, .result, .raise:
      mayLeave = true
      for expression in statement.expressions { add(expression) }
    case .loop:
      mayLeave = true
      effect.formUnion(.traps)
      fallthrough
    default:
      for expression in statement.expressions { add(expression) }
      for body in statement.bodies { for inner in body { add(inner) } }
    }
  }

  /// What writing to a place does: what it is reached through is read.
  mutating func addPlace(_ place: Expression) {
    if case .compound(let compound) = place {
      effect.formUnion(compound.effect)
      for piece in compound.pieces.dropFirst() { piece.expression.map { add($0) } }
    }
    if let root = place.root {
      write(root)
    } else {
      add(place)
      effect.formUnion(.writes)
    }
  }

  private mutating func read(_ variable: Variable) {
    reads.insert(variable)
    if variable.isCaptured { effect.formUnion(.reads) }
  }

  private mutating func write(_ variable: Variable) {
    writes.insert(variable)
    if variable.isCaptured || variable.isInout { effect.formUnion(.writes) }
  }
}

/// How often variables occur.
struct Uses {
  private(set) var reads: [Variable: Int] = [:]
  private(set) var writes: [Variable: Int] = [:]

  init(_ body: [Statement]) {
    body.forEachVariable { variable, isWritten in
      if isWritten { writes[variable, default: 0] += 1 } else { reads[variable, default: 0] += 1 }
    }
  }

  func reads(_ variable: Variable) -> Int { reads[variable] ?? 0 }
  func writes(_ variable: Variable) -> Int { writes[variable] ?? 0 }

  /// Whether nothing changes it after it has been declared.
  func isConstant(_ variable: Variable) -> Bool { writes(variable) == 0 && !variable.isInout }
}
