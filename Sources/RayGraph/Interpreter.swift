// Data-flow graphs: run without being compiled.

extension Graph {
  /// What the graph computes of other inputs.
  ///
  /// - Parameter inputs: a value for each of `inputs`, in order.
  /// - Returns: a value for each of `outputs`, in order.
  /// - Throws: `GraphError.guardFailed` for inputs that take another path, `.cannotCall`.
  public func run(_ inputs: [Scalar]) throws(GraphError) -> [Scalar] {
    var values = [Scalar?](repeating: nil, count: nextID)
    var rest = inputs[...]
    func value(_ operand: Operand) throws(GraphError) -> Scalar {
      switch operand {
      case .constant(let scalar): return scalar
      case .node(let id):
        guard values.indices.contains(id), let value = values[id] else {
          throw .malformed("node \(id) is used before it has a value")
        }
        return value
      }
    }
    for node in nodes {
      var operands: [Scalar] = []
      for operand in node.operands { operands.append(try value(operand)) }
      switch node.kind {
      case .input(let name, _):
        guard let input = rest.popFirst() else { throw .missingInput(name) }
        values[node.id] = Scalar(node.type, bits: input.bits)
      case .operation(let opcode):
        guard let result = opcode.evaluate(operands, type: node.type) else {
          throw .malformed(
            "\(opcode.rawValue)(\(operands.map(\.description).joined(separator: ", "))) "
              + "has no value\(node.location.at)")
        }
        values[node.id] = result
      case .call(let callee):
        values[node.id] = try callee.call(operands, node)
      case .require(let expected):
        if operands[0].bits != expected {
          throw .guardFailed(failure(of: node, found: operands[0]))
        }
      }
    }
    var results: [Scalar] = []
    for output in outputs { results.append(try value(output.operand)) }
    return results
  }

  /// What a guard that does not hold says.
  func failure(of node: Node, found: Scalar) -> GraphError.Guard {
    GraphError.Guard(
      condition: node.operands.first.map { expression($0) } ?? "the condition",
      expected: Scalar(node.type, bits: node.value).description, found: found.description,
      location: node.location)
  }

  /// An operand as an expression of the inputs, no deeper than a reader can follow.
  func expression(_ operand: Operand, depth: Int = 3) -> String {
    switch operand {
    case .constant(let scalar): return scalar.description
    case .node(let id):
      guard let node = node(id) else { return "n\(id)" }
      if case .input(let name, _) = node.kind { return name }
      guard depth > 0 else { return "…" }
      let parts = node.operands.map { expression($0, depth: depth - 1) }
      switch node.kind {
      case .operation(let opcode):
        if parts.count == 2, let sign = opcode.swiftOperator {
          let text = "\(parts[0]) \(sign) \(parts[1])"
          return depth == 3 ? text : "(\(text))"
        }
        return "\(opcode.rawValue)(\(parts.joined(separator: ", ")))"
      case .call(let callee): return "\(callee.name)(\(parts.joined(separator: ", ")))"
      default: return "n\(id)"
      }
    }
  }

  /// The node with that id; nil: there is none. Cost: a binary search.
  public func node(_ id: Int) -> Node? {
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < nodes.count && nodes[low].id == id ? nodes[low] : nil
  }
}

extension Callee {
  func call(_ operands: [Scalar], _ node: Node) throws(GraphError) -> Scalar {
    guard let symbol, ForeignFunction.takes(operands.map(\.type)),
      let function = ForeignFunction(symbol: symbol)
    else { throw .cannotCall(name: name, location: node.location) }
    return function(operands, result: node.type)
  }
}
