import Testing

@testable import RayGraph

/// (x0 - 1)^2 + sin(x1)
private let recorded: Graph = {
  var f = GraphBuilder("f(_:)", xs: [3, 0.5])
  let difference = f.add(.fsub, f.x(0), number(1), line: 2)
  let square = f.add(.fmul, difference, difference, line: 2)
  return f.returning(f.add(.fadd, square, f.call("sin", f.x(1), line: 3), line: 3))
}()

@Suite("A graph's forms")
struct GraphFormTests {
  @Test("as Mermaid")
  func mermaid() {
    #expect(
      recorded.mermaid == """
        flowchart TB
          n0(["xs[0]<br>3.0"])
          n1(["xs[1]<br>0.5"])
          subgraph f2["f(_:)"]
            n2["_ - 1.0<br>2.0"]
            n3["_ * _<br>4.0"]
            n4["sin(_)<br>0.0"]
            n5["_ + _<br>4.0"]
          end
          out0(("result"))
          n0 --> n2
          n2 --> n3
          n2 --> n3
          n1 --> n4
          n3 --> n5
          n4 --> n5
          n5 --> out0

        """)
  }

  @Test("as DOT: every node, every edge, places as tooltips")
  func dot() {
    let dot = recorded.dot
    #expect(dot.hasPrefix("digraph \"f(_:)\" {\n"))
    #expect(dot.contains("n2 [label=\"_ - 1.0\\n2.0\", tooltip=\"main.swift:2\"];"))
    #expect(dot.contains("n4 -> n5 [taillabel=\"\", headlabel=\"1\"];"))
    #expect(dot.contains("n5 -> out0;"))
  }

  @Test("as a page: the graph, the lines of the source, nothing else")
  func page() {
    let page = recorded.html(template: "<__GRAPH__><__SOURCES__>") { "let </script> = \($0.line)" }
    #expect(page.contains("\"schemaVersion\": 1"))
    #expect(page.contains("\"/tmp/main.swift:3\": \"let <\\/script> = 3\""))
    #expect(!page.contains("</script>"))
  }

  @Test("as Swift")
  func source() throws {
    #expect(
      try recorded.swiftSource() == """
        import Glibc

        /// What `f(_:)` computed, for inputs that take the same path.
        func f(_ xs: [Double]) -> Double {
          precondition(xs.count == 2, "recorded with 2 elements")
          let n2: Double = xs[0] - 1.0  // main.swift:2
          let n3: Double = n2 * n2  // main.swift:2
          let n4: Double = sin(xs[1])  // main.swift:3
          let n5: Double = n3 + n4  // main.swift:3
          return n5
        }

        """)
  }

  @Test("inputs by name, and what is wrong with them")
  func inputs() throws {
    #expect(try recorded.inputs(json: "{\"xs\": [1, 2.5]}") == [Scalar(1.0), Scalar(2.5)])
    #expect(try recorded.inputs(json: "[[1, 2.5]]") == [Scalar(1.0), Scalar(2.5)])
    #expect(throws: GraphError.missingInput("xs")) { try recorded.inputs(json: "{\"ys\": []}") }
    #expect(throws: GraphError.wrongInput(name: "xs[1]", type: "Double", found: "true")) {
      try recorded.inputs(json: "{\"xs\": [1, true]}")
    }
    #expect(recorded.resultJSON(try recorded.run([Scalar(1.0), Scalar(0.0)])) == "0.0\n")
  }
}

@Suite("A graph's gradient")
struct GradientTests {
  @Test(
    "is that of finite differences, whatever the operation",
    arguments: [
      "sin", "cos", "tan", "exp", "log", "tanh", "sqrt", "atan",
    ])
  func functions(_ name: String) throws {
    var f = GraphBuilder(xs: [0.7, 1.3])
    let product = f.add(.fmul, f.x(0), f.x(1))
    let quotient = f.add(.fdiv, f.call(name, product), f.add(.sqrt, f.x(1)))
    let graph = f.returning(f.add(.fsub, quotient, f.add(.fabs, f.add(.fneg, f.x(0)))))
    let gradient = try graph.gradient().optimized()
    let at = [0.7, 1.3]
    let found = try gradient.run(at.map { Scalar($0) }).map(\.double)
    for index in at.indices {
      let h = 1e-6
      var (low, high) = (at, at)
      low[index] -= h
      high[index] += h
      let values = try [low, high].map { try graph.run($0.map { Scalar($0) })[0].double }
      #expect(abs((values[1] - values[0]) / (2 * h) - found[index]) < 1e-6)
    }
  }

  @Test("names the operation that has none")
  func none() {
    var f = GraphBuilder(xs: [0.7])
    let graph = f.returning(f.call("tgamma", f.x(0), line: 4))
    let error = #expect(throws: GraphError.self) { try graph.gradient() }
    #expect(
      error.map { "\($0)" } == "'tgamma' at main.swift:4 in f(_:) has no derivative that is known")
  }
}
