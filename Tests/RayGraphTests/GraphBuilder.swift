@testable import RayGraph

/// Writes graphs as a test would like to read them.
struct GraphBuilder {
  var graph: Graph

  /// A function of so many numbers in one array, `xs`, that gives a `Double`.
  init(_ function: String = "f(_:)", xs values: [Double]) {
    graph = Graph(
      function: function,
      parameters: [
        Graph.Parameter(
          name: "xs", type: "[Double]", size: 8, alignment: 8,
          arrays: [
            Graph.ArrayShape(name: "xs", path: [0], count: values.count, element: "Double")
          ])
      ],
      result: Graph.Parameter(name: "result", type: "Double", size: 8, alignment: 8))
    for (index, value) in values.enumerated() {
      let place = Graph.Place(parameter: 0, path: [0, 32 + 8 * index])
      graph.nodes.append(
        Node(
          id: index, .input(name: "xs[\(index)]", place), type: .double,
          value: value.bitPattern))
    }
  }

  func x(_ index: Int) -> Operand { .node(index) }

  private func scalar(_ operand: Operand) -> Scalar {
    switch operand {
    case .constant(let scalar): scalar
    case .node(let id): graph.node(id)!.scalar
    }
  }

  /// Adds an operation with the value that it has for the recorded inputs.
  mutating func add(
    _ opcode: Opcode, _ operands: Operand..., type: ScalarType = .double, line: Int = 1
  ) -> Operand {
    let value = opcode.evaluate(operands.map(scalar), type: type)
    return add(.operation(opcode), operands, type, value?.bits ?? 0, line)
  }

  mutating func call(_ name: String, _ operand: Operand, line: Int = 1) -> Operand {
    add(.call(.math(name)), [operand], .double, 0, line)
  }

  mutating func require(_ condition: Operand, line: Int = 1) {
    let value = scalar(condition)
    _ = add(.require(value.bits), [condition], value.type, value.bits, line)
  }

  private mutating func add(
    _ kind: Node.Kind, _ operands: [Operand], _ type: ScalarType, _ value: UInt64, _ line: Int
  ) -> Operand {
    let id = graph.nextID
    graph.nodes.append(
      Node(
        id: id, kind, operands, type: type, value: value,
        location: SourceLocation(file: "/tmp/main.swift", line: line, function: "f(_:)")))
    return .node(id)
  }

  mutating func returning(_ operand: Operand) -> Graph {
    var graph = graph
    graph.outputs = [
      Graph.Output(name: "result", type: "Double", path: [0], operand: operand)
    ]
    return graph
  }
}

func number(_ value: Double) -> Operand { .constant(Scalar(value)) }

/// The same bits, or both no number: the processor chooses a NaN's bits.
func areSame(_ a: [Scalar], _ b: [Scalar]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy {
      $0 == $1 || ($0.type == $1.type && $0.double.isNaN && $1.double.isNaN)
    }
}
