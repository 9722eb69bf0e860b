import Testing

@testable import RayGraph

/// Stands for the context: what the program does comes from here.
private func recording(_ body: (GraphRecorder) throws -> Void) rethrows {
  let recorder = GraphRecorder.shared
  recorder.connect(
    GraphRecorder.Memory(
      set: { address, _, tag in Cells.shared.tags[UInt(bitPattern: address)] = tag },
      get: { address, _ in Cells.shared.tags[UInt(bitPattern: address)] ?? 0 }))
  try body(recorder)
}

private final class Cells: @unchecked Sendable {
  static let shared = Cells()
  var tags: [UInt: UInt64] = [:]
}

extension GraphRecorder.Value {
  fileprivate init(_ value: Double, _ tag: UInt64 = 0) { self.init(Scalar(value), tag: tag) }
}

private let here = SourceLocation(file: "/tmp/main.swift", line: 5, function: "f(_:)")

@Suite("The recorder", .serialized)
struct RecorderTests {
  private struct Point {
    var x, y: Double
    var weights: [Float]
    var isOpen: Bool
  }

  @Test("makes an input of each number in an argument")
  func inputs() throws {
    try recording { recorder in
      recorder.begin("f(_:)")
      let memory = UnsafeMutablePointer<(Point, [Int])>.allocate(capacity: 1)
      memory.initialize(to: (Point(x: 1, y: 2, weights: [3, 4], isOpen: true), [7]))
      defer {
        memory.deinitialize(count: 1)
        memory.deallocate()
      }
      try recorder.parameter((Point, [Int]).self, named: "p", at: memory)
      let graph = try recorder.finished()
      let names = graph.inputs.map { node in
        if case .input(let name, _) = node.kind {
          "\(name): \(node.swiftType) = \(node.scalar)"
        } else {
          ""
        }
      }
      #expect(
        names == [
          "p.0.x: Double = 1.0", "p.0.y: Double = 2.0", "p.0.weights[0]: Float = 3.0",
          "p.0.weights[1]: Float = 4.0", "p.0.isOpen: Bool = true", "p.1[0]: Int = 7",
        ])
      #expect(graph.parameters[0].arrays.map(\.name) == ["p.0.weights", "p.1"])
    }
  }

  @Test("refuses an argument that is more than numbers")
  func unsupported() {
    recording { recorder in
      recorder.begin("f(_:)")
      var text = "a"
      #expect(throws: GraphError.unsupportedType(name: "s", type: "String")) {
        try recorder.parameter(String.self, named: "s", at: &text)
      }
    }
  }

  @Test("has constants for what came from nowhere, and forgets the tags of earlier graphs")
  func generations() throws {
    try recording { recorder in
      var x = 2.0
      recorder.begin("f(_:)")
      try recorder.parameter(Double.self, named: "x", at: &x)
      let tag = Cells.shared.tags[withUnsafePointer(to: &x) { UInt(bitPattern: $0) }]!
      let sum = recorder.operation(
        .operation(.fadd), Scalar(5.0), [.init(2, tag), .init(3)], at: here)
      #expect(sum != 0)
      #expect(try recorder.finished().nodes.last?.operands == [.node(0), number(3)])
      recorder.begin("g(_:)")
      #expect(
        recorder.operation(.operation(.fneg), Scalar(-5.0), [.init(5, sum)], at: here) == 0)
      #expect(try recorder.finished().nodes.isEmpty)
    }
  }

  @Test("guards what a graph cannot have: an address, an unknown operation, a library's function")
  func specialisation() throws {
    try recording { recorder in
      var x = 2.0
      recorder.begin("f(_:)")
      try recorder.parameter(Double.self, named: "x", at: &x)
      let tag = Cells.shared.tags[withUnsafePointer(to: &x) { UInt(bitPattern: $0) }]!
      #expect(recorder.operation(nil, nil, [.init(2, tag)], at: here) == 0)
      recorder.branch(.init(2, tag), at: here)
      #expect(
        recorder.call("print(_:)", symbol: "$s5print", [.init(2, tag)], nil, at: here) == 0)
      let graph = try recorder.finished()
      #expect(graph.guards.map(\.operands) == [[.node(0)]])
      #expect(graph.lost == [Graph.Lost(callee: "print(_:)", count: 1)])
      #expect(recorder.call("ldexp", symbol: "ldexp", [.init(2, tag)], Scalar(4.0), at: here) != 0)
    }
  }
}
