// Data-flow graphs: derivatives, in reverse.

extension Graph {
  /// The graph of the derivatives of a result by every floating-point input, in one array: those of
  /// the first input first.
  ///
  /// Guards stay: the derivatives are those of the recorded path. Cost: about as many operations
  /// again as the graph has, for each operation one to four.
  ///
  /// - Parameter output: the number of the output.
  /// - Throws: `GraphError.notDifferentiable`.
  public func gradient(of output: Int = 0) throws(GraphError) -> Graph {
    var builder = GradientBuilder(graph: self)
    return try builder.build(output)
  }
}

private struct GradientBuilder {
  var graph: Graph
  /// The derivative of the result by each node, as far as it is known.
  var adjoints: [Int: Operand] = [:]

  mutating func build(_ output: Int) throws(GraphError) -> Graph {
    guard graph.outputs.indices.contains(output) else {
      throw .malformed("the graph has no output \(output)")
    }
    let inputs = graph.inputs.filter(\.type.isFloatingPoint)
    let type = inputs.first?.type ?? .double
    guard inputs.allSatisfy({ $0.type == type }) else {
      throw .unsupportedType(name: "the inputs", type: "Double and Float")
    }
    if case .node(let id) = graph.outputs[output].operand {
      adjoints[id] = .constant(one(graph.node(id)!.type))
    }
    for node in graph.nodes.reversed() {
      guard let adjoint = adjoints[node.id] else { continue }
      try propagate(node, adjoint)
    }
    graph.result = Graph.Parameter(
      name: "gradient", type: "[\(type.swiftName)]", size: 8, alignment: 8,
      arrays: [
        Graph.ArrayShape(
          name: "gradient", path: [0], count: inputs.count, element: type.swiftName)
      ])
    graph.outputs = inputs.enumerated().map { index, input in
      var name = "d/d"
      if case .input(let text, _) = input.kind { name += text }
      return Graph.Output(
        name: name, type: type.swiftName, path: [0, 32 + index * type.size],
        operand: adjoints[input.id] ?? .constant(Scalar(type, bits: 0)))
    }
    graph.function = "gradient of \(graph.function)"
    return graph
  }

  private func one(_ type: ScalarType) -> Scalar { type == .float ? Scalar(Float(1)) : Scalar(1.0) }

  private func constant(_ value: Double, _ type: ScalarType) -> Operand {
    .constant(type == .float ? Scalar(Float(value)) : Scalar(value))
  }

  private func value(_ operand: Operand) -> Scalar {
    switch operand {
    case .constant(let scalar): scalar
    case .node(let id): graph.node(id)!.scalar
    }
  }

  /// Adds an operation; what it computes of the recorded values is its value.
  private mutating func add(
    _ kind: Node.Kind, _ operands: [Operand], _ type: ScalarType, like node: Node
  ) -> Operand {
    var new = Node(
      id: graph.nextID, kind, operands, type: type, location: node.location)
    let scalars = operands.map { value($0) }
    switch kind {
    case .operation(let opcode): new.value = opcode.evaluate(scalars, type: type)?.bits ?? 0
    case .call(let callee): new.value = (try? callee.call(scalars, new))?.bits ?? 0
    default: break
    }
    graph.nodes.append(new)
    return .node(new.id)
  }

  private mutating func add(_ opcode: Opcode, _ a: Operand, _ b: Operand, like node: Node)
    -> Operand
  {
    add(.operation(opcode), [a, b], node.type, like: node)
  }

  private mutating func give(_ operand: Operand, _ part: Operand, like node: Node) {
    guard case .node(let id) = operand else { return }
    guard let before = adjoints[id] else {
      adjoints[id] = part
      return
    }
    adjoints[id] = add(.operation(.fadd), [before, part], value(part).type, like: node)
  }

  /// Hands the derivative by a node on to its operands, by the chain rule.
  private mutating func propagate(_ node: Node, _ g: Operand) throws(GraphError) {
    let type = node.type
    let operands = node.operands
    switch node.kind {
    case .input, .require: return
    case .call(let callee): try propagateCall(callee, node, g)
    case .operation(let opcode):
      let a = operands[0]
      let b = operands.count > 1 ? operands[1] : a
      switch opcode {
      case .fadd:
        give(a, g, like: node)
        give(b, g, like: node)
      case .fsub:
        give(a, g, like: node)
        give(b, add(.operation(.fneg), [g], type, like: node), like: node)
      case .fmul:
        let (da, db) = (add(.fmul, g, b, like: node), add(.fmul, g, a, like: node))
        give(a, da, like: node)
        give(b, db, like: node)
      case .fdiv:
        let da = add(.fdiv, g, b, like: node)
        give(a, da, like: node)
        let quotient = add(.fmul, da, .node(node.id), like: node)
        give(b, add(.operation(.fneg), [quotient], type, like: node), like: node)
      case .fneg: give(a, add(.operation(.fneg), [g], type, like: node), like: node)
      case .sqrt:
        let half = add(.fmul, g, constant(0.5, type), like: node)
        give(a, add(.fdiv, half, .node(node.id), like: node), like: node)
      case .fma:
        give(a, add(.fmul, g, b, like: node), like: node)
        give(b, add(.fmul, g, a, like: node), like: node)
        give(operands[2], g, like: node)
      case .fabs:
        let sign = add(.operation(.copysign), [constant(1, type), a], type, like: node)
        give(a, add(.fmul, g, sign, like: node), like: node)
      case .select:
        let zero = constant(0, type)
        give(b, add(.operation(.select), [a, g, zero], type, like: node), like: node)
        give(operands[2], add(.operation(.select), [a, zero, g], type, like: node), like: node)
      case .minnum, .minimum, .maxnum, .maximum:
        let comparison: Opcode = opcode == .minnum || opcode == .minimum ? .ole : .oge
        let isFirst = add(.operation(comparison), [a, b], .bool, like: node)
        let zero = constant(0, type)
        give(a, add(.operation(.select), [isFirst, g, zero], type, like: node), like: node)
        give(b, add(.operation(.select), [isFirst, zero, g], type, like: node), like: node)
      case .fpext: give(a, add(.operation(.fptrunc), [g], .float, like: node), like: node)
      case .fptrunc: give(a, add(.operation(.fpext), [g], .double, like: node), like: node)
      // Steps: flat but where they jump.
      case .floor, .ceil, .trunc, .round, .roundeven, .rint, .nearbyint, .sitofp, .uitofp: return
      default:
        guard type.isFloatingPoint else { return }
        throw .notDifferentiable(name: opcode.rawValue, location: node.location)
      }
    }
  }

  private mutating func propagateCall(
    _ callee: Callee, _ node: Node, _ g: Operand
  ) throws(GraphError) {
    let type = node.type
    let suffix = type == .float ? "f" : ""
    let name =
      type == .float && callee.name.hasSuffix("f") ? String(callee.name.dropLast()) : callee.name
    let a = node.operands[0]
    let y = Operand.node(node.id)
    func call(_ name: String, _ operands: [Operand], _ builder: inout Self) -> Operand {
      builder.add(.call(.math(name + suffix)), operands, type, like: node)
    }
    switch name {
    case "sin": give(a, add(.fmul, g, call("cos", [a], &self), like: node), like: node)
    case "cos":
      let product = add(.fmul, g, call("sin", [a], &self), like: node)
      give(a, add(.operation(.fneg), [product], type, like: node), like: node)
    case "tan", "tanh":
      let square = add(.fmul, y, y, like: node)
      let slope = add(name == "tan" ? .fadd : .fsub, constant(1, type), square, like: node)
      give(a, add(.fmul, g, slope, like: node), like: node)
    case "exp": give(a, add(.fmul, g, y, like: node), like: node)
    case "log": give(a, add(.fdiv, g, a, like: node), like: node)
    case "sinh": give(a, add(.fmul, g, call("cosh", [a], &self), like: node), like: node)
    case "cosh": give(a, add(.fmul, g, call("sinh", [a], &self), like: node), like: node)
    case "sqrt":
      let half = add(.fmul, g, constant(0.5, type), like: node)
      give(a, add(.fdiv, half, y, like: node), like: node)
    case "atan":
      let square = add(.fadd, constant(1, type), add(.fmul, a, a, like: node), like: node)
      give(a, add(.fdiv, g, square, like: node), like: node)
    case "pow":
      let b = node.operands[1]
      let lower = call("pow", [a, add(.fsub, b, constant(1, type), like: node)], &self)
      let slope = add(.fmul, b, lower, like: node)
      give(a, add(.fmul, g, slope, like: node), like: node)
      if case .node = b {
        let growth = add(.fmul, y, call("log", [a], &self), like: node)
        give(b, add(.fmul, g, growth, like: node), like: node)
      }
    case "floor", "ceil", "trunc", "round", "rint", "nearbyint", "roundeven": return
    default: throw .notDifferentiable(name: callee.name, location: node.location)
    }
  }
}
