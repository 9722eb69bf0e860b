import Foundation
import Testing

/// `willCall` gets the arguments that the program has written, as values of its own types.
@Suite struct ArgumentTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write(Self.program, "p.swift")
    try workspace.write(Self.teller, "teller.swift")
  }

  private static let program = """
    struct Point { var x = 1.5, y = 2.5 }
    struct Five { var a = 1, b = 2, c = 3, d = 4, e = 5 }
    struct Mixed { var a: Int32 = 1, b = true, c = false, d: Float = 2.5, e: Int8 = 3 }
    enum Shape { case none, circle(Int), text(String) }
    final class Node<T> {
      var value: T
      init(_ value: T) { self.value = value }
      @inline(never) func link(to other: Node<T>, weight: Float) { sink(other) }
    }
    struct Grid {
      var cells = [1, 2, 3]
      subscript(i: Int, of name: String) -> Int {
        @inline(never) get { cells[i] }
        @inline(never) set { cells[i] = newValue }
      }
      @inline(never) mutating func grow(by n: Int) { cells.append(n) }
    }
    extension Point { @inline(never) func moved(by n: Double) -> Point { sink(n); return self } }
    extension Five { @inline(never) func sum(_ n: Int) -> Int { sink(self); return n } }

    @inline(never) func sink(_ value: Any) { if value is Never { print("never") } }
    @inline(never) func plain(_ n: Int, label text: String, list: [Double]) { sink((n, text, list)) }
    @inline(never) func small(_ n: Int8, _ b: Bool, _ f: Float, u: UInt16) { sink((n, b, f, u)) }
    @inline(never) func shapes(_ a: Shape, _ p: Point, five: Five, _ m: Mixed) { sink((a, p, five, m)) }
    @inline(never) func maybe(_ a: Int?, _ b: String?, _ c: [Int]?, _ d: Bool?) { sink((a, b, c, d) as Any) }
    @inline(never) func pair(_ p: (Int8, Double), then: (String, Int)) { sink((p, then)) }
    @inline(never) func apply(_ n: Int, _ body: (Int) -> Int) { sink(body(n)) }
    @inline(never) func change(_ n: inout Int, _ s: inout String) { n += 1; s += "!" }
    @inline(never) func generic<T, U>(_ t: T, list: [U], _ o: T?) { inner(t, list); sink(o as Any) }
    @inline(never) func inner<A, B>(_ a: A, _ b: [B]) { sink((a, b)) }
    @inline(never) func many(_ n: Int...) { sink(n) }
    @inline(never) func any(_ a: Any, _ e: any Error, metatype: Node<Int>.Type) { sink((a, e)) }
    @inline(never) func typed(_ s: String) throws(Failure) -> Int { if s == "" { throw Failure() }; return 1 }
    struct Failure: Error {}

    func run() {
      plain(3, label: "a", list: [1.5])
      small(-1, true, 2.5, u: 9)
      shapes(.circle(7), Point(), five: Five(), Mixed())
      maybe(1, "b", nil, true)
      pair((1, 2.5), then: ("c", 3))
      apply(4) { $0 + 1 }
      var n = 1, s = "text"
      change(&n, &s)
      generic("g", list: [1, 2], nil)
      many(1, 2, 3)
      any(5, Failure(), metatype: Node<Int>.self)
      _ = try? typed("t")
      Node("x").link(to: Node("y"), weight: 0.5)
      var grid = Grid()
      grid[1, of: "q"] = 5
      sink(grid[1, of: "r"])
      grid.grow(by: 7)
      sink(grid)
      sink(Point().moved(by: 3))
      sink(Five().sum(2))
    }
    run()
    """

  /// Writes each call of a function of the program's own as the program has it.
  private static let teller = """
    import Ray
    struct Teller: RayContext {
      mutating func willCall(_ site: Site, _ arguments: Arguments) {
        let name = site.shortCallee.prefix { $0 != "(" }
        guard site.kind == .call, name.hasPrefix("p."), !name.hasSuffix("init"),
          !name.hasSuffix("sink"), !name.hasSuffix("run")
        else { return }
        let receiver = arguments.receiver.map { "\\($0)." } ?? ""
        print("\\(receiver)\\(name.split(separator: ".").last!)\\(arguments)")
      }
    }
    """

  private func told(_ configuration: String, _ rest: String...) async throws -> String {
    try await workspace.run(
      Toolkit.rayc,
      ["run", "-c", configuration, "-W", "teller.swift:Teller"] + rest + ["p.swift"]
    ).stdout
  }

  @Test func asTheProgramHasThem() async throws {
    let told = try await told("debug")
    #expect(
      told == """
        plain(3, label: "a", list: [1.5])
        small(-1, true, 2.5, u: 9)
        shapes(p.Shape.circle(7), p.Point(x: 1.5, y: 2.5), five: p.Five(a: 1, b: 2, c: 3, d: 4, e: 5), \
        p.Mixed(a: 1, b: true, c: false, d: 2.5, e: 3))
        maybe(Optional(1), Optional("b"), nil, Optional(true))
        pair((1, 2.5), then: ("c", 3))
        apply(4, (function))
        change(1, "text")
        generic("g", list: [1, 2], nil)
        inner("g", [1, 2])
        many([1, 2, 3])
        any(5, p.Failure(), metatype: p.Node<Swift.Int>)
        typed("t")
        p.Node<Swift.String>.link(to: p.Node<Swift.String>, weight: 0.5)
        Grid(cells: [1, 2, 3]).setter(5, 1, of: "q")
        Grid(cells: [1, 5, 3]).getter(1, of: "r")
        Grid(cells: [1, 5, 3]).grow(by: 7)
        Point(x: 1.5, y: 2.5).moved(by: 3.0)
        Five(a: 1, b: 2, c: 3, d: 4, e: 5).sum(2)

        """)
  }

  /// What the optimiser needs not is not passed, and what it has specialised is not there to be
  /// seen; the rest is the same.
  @Test func optimizedToo() async throws {
    let told = try await told("release").split(separator: "\n")
    for line in [
      "plain(3, label: \"a\", list: [1.5])", "small(-1, true, 2.5, u: 9)",
      "maybe(Optional(1), Optional(\"b\"), nil, Optional(true))",
      "pair((1, 2.5), then: (\"c\", 3))",
      "change(1, \"text\")", "inner(\"g\", [1, 2])", "many([1, 2, 3])", "typed(\"t\")",
      "Grid(cells: [1, 5, 3]).grow(by: 7)", "Point(x: 1.5, y: 2.5).moved(by: 3.0)",
      "Five(a: 1, b: 2, c: 3, d: 4, e: 5).sum(2)",
    ] {
      #expect(told.contains { $0 == line }, "\(line)\n\(told.joined(separator: "\n"))")
    }
  }

  /// A twin's arguments are those of the function.
  @Test func inAnExtent() async throws {
    #expect(
      try await told("debug", "--scope", "dynamic", "--trigger", "p.run")
        == told("debug"))
  }
}
