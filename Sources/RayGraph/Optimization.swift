// Data-flow graphs: the same results with fewer nodes.

extension Graph {
  /// The graph without what it computes twice, could compute now, or computes for nothing.
  ///
  /// The results stay the same to the bit. Guards stay, with what they need, unless they hold for
  /// all inputs; calls with effects stay, in their order.
  public func optimized() -> Graph {
    var graph = self
    graph.foldAndMerge()
    graph.removeDead()
    return graph
  }

  /// The graph without nodes that no output, guard or effect needs. All inputs stay, since they are
  /// the function's parameters.
  public func essential() -> Graph {
    var graph = self
    graph.removeDead()
    return graph
  }

  private struct Key: Hashable {
    var kind: Node.Kind
    var operands: [Operand]
    var type: ScalarType
  }

  private mutating func foldAndMerge() {
    // What stands for a node that has gone.
    var substitutes: [Int: Operand] = [:]
    var known: [Key: Int] = [:]
    func resolved(_ operand: Operand) -> Operand {
      if case .node(let id) = operand, let substitute = substitutes[id] {
        substitute
      } else {
        operand
      }
    }
    var kept: [Node] = []
    for var node in nodes {
      node.operands = node.operands.map(resolved)
      if let substitute = node.folded {
        if !node.isGuard { substitutes[node.id] = substitute }
        continue
      }
      if !node.isInput, !node.hasEffect {
        var key = Key(kind: node.kind, operands: node.operands, type: node.type)
        if case .operation(let opcode) = node.kind, opcode.isCommutative {
          key.operands.sort(by: Operand.precedes)
        }
        if let first = known[key] {
          substitutes[node.id] = .node(first)
          continue
        }
        known[key] = node.id
      }
      kept.append(node)
    }
    nodes = kept
    for index in outputs.indices { outputs[index].operand = resolved(outputs[index].operand) }
  }

  private mutating func removeDead() {
    var live: Set<Int> = []
    func use(_ operand: Operand) { if case .node(let id) = operand { live.insert(id) } }
    for output in outputs { use(output.operand) }
    for node in nodes.reversed()
    where live.contains(node.id) || node.isInput || node.isGuard || node.hasEffect {
      live.insert(node.id)
      node.operands.forEach(use)
    }
    nodes.removeAll { !live.contains($0.id) }
  }
}

extension Node {
  /// What is the same without computing anything; for a guard: that it holds.
  fileprivate var folded: Operand? {
    switch kind {
    case .input: return nil
    case .require(let expected):
      guard case .constant(let scalar) = operands[0], scalar.bits == expected else { return nil }
      return operands[0]
    case .operation(let opcode):
      if let constants, let result = opcode.evaluate(constants, type: type), !result.isNaN {
        // The bits of a NaN are the processor's to choose.
        return .constant(result)
      }
      return opcode.identity(operands)
    case .call(let callee):
      guard callee.isPure, let constants, let result = try? callee.call(constants, self),
        !result.isNaN
      else { return nil }
      return .constant(result)
    }
  }

  private var constants: [Scalar]? {
    var scalars: [Scalar] = []
    for operand in operands {
      guard case .constant(let scalar) = operand else { return nil }
      scalars.append(scalar)
    }
    return scalars
  }
}

extension Opcode {
  /// The operand that an operation gives back as it is, to the bit: `x * 1`, `x + -0.0`.
  fileprivate func identity(_ operands: [Operand]) -> Operand? {
    func isConstant(_ index: Int, _ bits: (ScalarType) -> UInt64) -> Bool {
      guard case .constant(let scalar) = operands[index] else { return false }
      return scalar.bits == bits(scalar.type)
    }
    let zero: (ScalarType) -> UInt64 = { _ in 0 }
    let one: (ScalarType) -> UInt64 = {
      $0 == .double ? 0x3ff0 << 48 : $0 == .float ? 0x3f80 << 16 : 1
    }
    let minusZero: (ScalarType) -> UInt64 = { $0 == .double ? 1 << 63 : 1 << 31 }
    switch self {
    case .add, .or, .xor:
      if isConstant(1, zero) { return operands[0] }
      return isConstant(0, zero) ? operands[1] : nil
    case .sub, .shl, .lshr, .ashr: return isConstant(1, zero) ? operands[0] : nil
    case .mul:
      if isConstant(1, one) { return operands[0] }
      return isConstant(0, one) ? operands[1] : nil
    case .sdiv, .udiv: return isConstant(1, one) ? operands[0] : nil
    case .fadd:
      if isConstant(1, minusZero) { return operands[0] }
      return isConstant(0, minusZero) ? operands[1] : nil
    case .fsub: return isConstant(1, zero) ? operands[0] : nil
    case .fmul:
      if isConstant(1, one) { return operands[0] }
      return isConstant(0, one) ? operands[1] : nil
    case .fdiv: return isConstant(1, one) ? operands[0] : nil
    case .select:
      if operands[1] == operands[2] { return operands[1] }
      guard case .constant(let condition) = operands[0] else { return nil }
      return condition.bool ? operands[1] : operands[2]
    default: return nil
    }
  }
}

extension Operand {
  fileprivate static func precedes(_ a: Operand, _ b: Operand) -> Bool {
    switch (a, b) {
    case (.node(let a), .node(let b)): a < b
    case (.node, .constant): true
    case (.constant, .node): false
    case (.constant(let a), .constant(let b)): a.bits < b.bits
    }
  }
}
