import Testing

@testable import RayGraph

/// max(a, b) of two numbers, recorded where the second was larger.
private func larger(_ xs: [Double]) -> Double { xs[0] < xs[1] ? xs[1] : xs[0] }

private let recordedLarger: Graph = {
  var f = GraphBuilder("larger(_:)", xs: [1, 2])
  f.require(f.add(.olt, f.x(0), f.x(1), type: .bool, line: 6), line: 6)
  return f.returning(f.x(1))
}()

@Suite("Inputs that take another path")
struct GuardTests {
  @Test("are an error that names the guard and its line")
  func names() throws {
    let expected = GraphError.guardFailed(
      GraphError.Guard(
        condition: "xs[0] < xs[1]", expected: "true", found: "false",
        location: SourceLocation(file: "/tmp/main.swift", line: 6, function: "f(_:)")))
    #expect(throws: expected) { try recordedLarger.run([Scalar(3.0), Scalar(2.0)]) }
    #expect(throws: expected) { try recordedLarger.runNative([Scalar(3.0), Scalar(2.0)]) }
    #expect("\(expected)".contains("another path than the recorded one at main.swift:6 in f(_:)"))
  }

  @Test("go to the original, where that is asked for")
  func fallback() throws {
    let graph = try recordedLarger.typed(as: (([Double]) -> Double).self)
    let f = try graph.compiled(otherwise: larger)
    #expect(f([1, 2]) == 2)
    #expect(f([3, 2]) == 3)
    #expect(f([3, 2, 1]) == 3)
  }

  @Test("are no reason not to compare a graph with a function on others")
  func agreement() throws {
    let graph = try recordedLarger.typed(as: (([Double]) -> Double).self)
    #expect(try graph.agrees(with: larger, on: [-1, 5]))
    #expect(try !graph.agrees(with: { $0[0] }, on: [-1, 5]))
  }

  @Test("may be arrays of another length")
  func lengths() throws {
    let graph = try recordedLarger.typed(as: (([Double]) -> Double).self)
    let expected = GraphError.guardFailed(
      GraphError.Guard(condition: "xs.count", expected: "2", found: "3", location: nil))
    #expect(throws: expected) { try graph([1, 2, 3]) }
    #expect(throws: expected) { try graph.compiled()([1, 2, 3]) }
  }

  @Test("cannot go to the original when something was done before the guard")
  func effects() throws {
    var graph = recordedLarger
    let note = Callee(name: "note", symbol: "abs", isPure: false)
    graph.nodes.insert(Node(id: 2, .call(note), [.node(0)], type: .int64), at: 2)
    for index in 3..<graph.nodes.count {
      graph.nodes[index].id += 1
      graph.nodes[index].operands = graph.nodes[index].operands.map {
        $0 == .node(2) ? .node(3) : $0
      }
    }
    try graph.check()
    let typed = try graph.typed(as: (([Double]) -> Double).self)
    #expect(throws: GraphError.cannotFallBack(name: "note", location: nil)) {
      try typed.compiled(otherwise: larger)
    }
  }

  @Test("of another type than the function's are refused before anything runs")
  func types() {
    #expect(
      throws: GraphError.wrongType(parameter: "xs", recorded: "[Double]", given: "[Float]")
    ) { try recordedLarger.typed(as: (([Float]) -> Double).self) }
    #expect(throws: GraphError.wrongParameters(recorded: 1, given: 2)) {
      try recordedLarger.typed(as: (([Double], Double) -> Double).self)
    }
  }
}

@Suite("A file that is no graph")
struct BadFileTests {
  @Test(
    "is refused, and says why",
    arguments: [
      ("", "line 1: the text ends too early; is this a graph of rayc's?"),
      (
        "{\n\"schemaVersion\": 1,\n oops}",
        "line 3: a string is missing; is this a graph of rayc's?"
      ),
      ("[]", "this is no graph: it is no object"),
      ("{}", "this is no graph: it has no schemaVersion"),
      (
        "{\"schemaVersion\": 7}",
        "the graph's schemaVersion is '7', and this rayc reads 1; record the graph again"
      ),
    ])
  func refusals(_ text: String, _ message: String) {
    let error = #expect(throws: GraphError.self) { try Graph(json: text) }
    #expect(error.map { "\($0)" } == message)
  }

  @Test("among them graphs that do not hold together")
  func inconsistent() throws {
    let text = recordedLarger.json
    for (good, bad, reason) in [
      ("\"operands\": [0, 1]", "\"operands\": [0, 9]", "uses node 9, which has no value there"),
      ("\"op\": \"fcmp.olt\"", "\"op\": \"icmp.slt\"", "do not fit 'icmp.slt'"),
      ("\"op\": \"fcmp.olt\"", "\"op\": \"magic\"", "the operation 'magic' is not known"),
      ("\"id\": 1,", "\"id\": 0,", "node 0 stands behind node 0"),
    ] {
      #expect(text.contains(good))
      let error = #expect(throws: GraphError.self) {
        try Graph(json: text.replacing(good, with: bad))
      }
      #expect(error.map { "\($0)".contains(reason) } == true)
    }
    let missing = #expect(throws: GraphError.self) { try Graph(contentsOf: "/nowhere/g.json") }
    #expect(missing.map { "\($0)" } == "cannot read '/nowhere/g.json': No such file or directory")
  }
}
