import Foundation
import Testing

/// Data-flow graphs: recorded by `rayc graph data` and `traceGraph`, run on other inputs.
@Suite struct DataGraphTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  struct Graph: Decodable {
    struct Node: Decodable {
      var id: Int
      var op: String
      var name, callee, function: String?
      var line: Int?
    }
    struct Lost: Decodable { var callee: String }
    var nodes: [Node]
    var lost: [Lost]

    /// What the graph computes, in order: `fadd`, `sin`.
    var steps: [String] { nodes.filter { $0.op != "input" }.map { $0.callee ?? $0.op } }
    var inputs: [String] { nodes.compactMap(\.name) }
  }

  private static let example = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples/Graphs")
    .path()

  private func rayc(_ arguments: String...) async throws -> Outcome {
    try await workspace.run(Toolkit.rayc, arguments)
  }

  private func graph(_ name: String) throws -> Graph {
    let data = try Data(contentsOf: URL(filePath: workspace.path(name)))
    return try JSONDecoder().decode(Graph.self, from: data)
  }

  /// Records a call of a function of `main.swift`, which takes its numbers from the command line.
  private func record(
    _ function: String, _ arguments: [String] = [], numbers: [String], to file: String = "g.json"
  ) async throws -> Graph {
    let ran = try await workspace.run(
      Toolkit.rayc,
      ["graph", "data", "--fn", function, "-o", file] + arguments + ["main.swift", "--"] + numbers)
    #expect(ran.termination == .exited(0), "\(ran.stderr)")
    return try graph(file)
  }

  /// What the program prints for other numbers when rayc has nothing to do with it.
  private func plain(_ numbers: [String]) async throws -> String {
    if !workspace.exists("plain") {
      let built = try await workspace.run("swiftc", ["-Onone", "main.swift", "-o", "plain"])
      #expect(built.termination == .exited(0), "\(built.stderr)")
    }
    return try await workspace.run(workspace.path("plain"), numbers).stdout
  }

  private static let manyResults = """
    import Glibc

    func all(_ xs: [Double]) -> [Double] {
      let total = xs.reduce(0, +)
      let product = xs.reduce(1, *)
      return [
        total, product, sin(total), cos(total), tan(product), round(product), floor(total),
        ceil(product),
      ]
    }

    func some(_ xs: [Double]) -> [Double] {
      let results = all(xs)
      return [results[0], results[2], results[5], results[7]]
    }

    let numbers = CommandLine.arguments.dropFirst().map { Double($0)! }
    print(all(numbers))
    print(some(numbers))

    """

  /// The graph tracer's own example: what four unused results need is not in the graph.
  @Test(arguments: ["debug", "release"])
  func essentialNodes(_ configuration: String) async throws {
    try workspace.write(
      Self.manyResults.replacing("func ", with: "@inline(never) func "), "main.swift")
    let options = ["--optimize", "-c", configuration]
    let all = try await record("all(_:)", options, numbers: ["0.5", "1.25", "3"], to: "all.json")
    #expect(all.inputs == ["xs[0]", "xs[1]", "xs[2]"])
    #expect(
      all.steps == [
        "fadd", "fadd", "fadd", "fmul", "fmul", "sin", "cos", "tan", "round", "floor", "ceil",
      ])
    let some = try await record(
      "some(_:)", options, numbers: ["0.5", "1.25", "3"], to: "some.json")
    #expect(some.steps == ["fadd", "fadd", "fadd", "fmul", "fmul", "sin", "round", "ceil"])
    #expect(all.lost.isEmpty && some.lost.isEmpty)
    // Saved, loaded and run on other inputs: equal to the last digit that Swift prints, which
    // leaves no bit open.
    try workspace.write("{\"xs\": [0.1, -7.3, 1e-3]}", "inputs.json")
    let expected = try await plain(["0.1", "-7.3", "1e-3"]).split(separator: "\n").map(String.init)
    for (file, line) in zip(["all.json", "some.json"], expected) {
      for options in [[], ["--native"]] {
        let ran = try await workspace.run(
          Toolkit.rayc, ["graph", "run", file, "--input", "inputs.json"] + options)
        #expect(ran.stdout == line + "\n", "\(ran.stderr)")
      }
    }
  }

  /// A comparison that steered the program is a guard with its line.
  @Test func guardsNameTheirLine() async throws {
    try workspace.write(
      """
      struct Point { var x, y: Double }
      func farther(_ p: Point, _ limit: Double) -> Double {
        let square = p.x * p.x + p.y * p.y
        if square > limit {
          return square - limit
        }
        return 0
      }
      let numbers = CommandLine.arguments.dropFirst().map { Double($0)! }
      print(farther(Point(x: numbers[0], y: numbers[1]), numbers[2]))

      """, "main.swift")
    let graph = try await record("farther(_:_:)", numbers: ["3", "4", "1"])
    #expect(graph.inputs == ["p.x", "p.y", "limit"])
    #expect(graph.nodes.filter { $0.op == "guard" }.map(\.line) == [4])
    try workspace.write("{\"p\": {\"x\": 6, \"y\": 0.1}, \"limit\": 2}", "inputs.json")
    let ran = try await rayc("graph", "run", "g.json", "--input", "inputs.json")
    #expect(ran.stdout == (try await plain(["6", "0.1", "2"])))
    try workspace.write("[{\"x\": 0, \"y\": 1}, 2]", "near.json")
    let refused = try await rayc("graph", "run", "g.json", "--input", "near.json")
    #expect(refused.termination == .exited(1))
    #expect(refused.stderr.contains("another path than the recorded one at main.swift:4:"))
    #expect(refused.stderr.contains("is false, and was true"))
  }

  /// Existentials, closures, a dictionary of operations, an expression tree: arithmetic is left.
  @Test func wrappersDissolve() async throws {
    let ran = try await rayc(
      "graph", "data", "-c", "release", "--fn", "energy(_:)", "--optimize", "-o", "g.json",
      Self.example + "/Tensors.swift", Self.example + "/main.swift")
    #expect(ran.stdout == "8.458401331846831\n", "\(ran.stderr)")
    let graph = try graph("g.json")
    #expect(graph.inputs == ["xs[0]", "xs[1]", "xs[2]", "xs[3]"])
    #expect(Set(graph.steps) == ["fadd", "fsub", "fmul", "fdiv", "fabs", "sqrt"])
    try workspace.write("print(energy([1.5, 2.25, -3, 0.125]))\n", "main.swift")
    let built = try await workspace.run(
      "swiftc", ["-O", Self.example + "/Tensors.swift", "main.swift", "-o", "plain"])
    #expect(built.termination == .exited(0), "\(built.stderr)")
    try workspace.write("[[1.5, 2.25, -3, 0.125]]", "inputs.json")
    let run = try await rayc("graph", "run", "g.json", "--input", "inputs.json")
    #expect(run.stdout == (try await workspace.run(workspace.path("plain"), []).stdout))
  }

  /// `traceGraph` in a program: the graph as a function, and its gradient.
  @Test(arguments: ["debug", "release"])
  func tracedByTheProgram(_ configuration: String) async throws {
    let ran = try await rayc("run", "-c", configuration, Self.example + "/Rosenbrock.swift")
    let lines = ran.stdout.split(separator: "\n")
    #expect(lines.first == "201.0 201.0", "\(ran.stderr)")
    #expect(lines.dropFirst().count { $0.hasSuffix(" as finite differences") } == 3)
  }

  @Test func aPlainProgramRecordsNothing() async throws {
    try workspace.write(
      """
      import RayGraph
      do { _ = try traceGraph({ (x: Double) in x + 1 }, 2) } catch { print(error) }

      """, "main.swift")
    let libraries = Toolkit.home + "/lib/rayc"
    let built = try await workspace.run(
      "swiftc",
      [
        "main.swift", "-I", libraries, "-L", libraries, "-lRayGraph", "-Xlinker",
        "-rpath=\(libraries)", "-o", "plain",
      ])
    #expect(built.termination == .exited(0), "\(built.stderr)")
    let ran = try await workspace.run(workspace.path("plain"), [])
    #expect(ran.stdout == "this program records no graphs; run it with 'rayc run'\n")
  }

  @Test func badInputs() async throws {
    try workspace.write("func f(_ x: Double) -> Double { x * 2 }\nprint(f(2))\n", "main.swift")
    let missing = try await rayc("graph", "data", "main.swift", "--fn", "g(_:)", "-o", "g.json")
    #expect(missing.termination == .exited(1))
    #expect(missing.stderr.contains("there is no graph of 'g(_:)': the run did not call it"))
    let third = try await rayc(
      "graph", "data", "main.swift", "--fn", "f(_:)", "--call", "3", "-o", "g.json")
    #expect(third.stderr.contains("the run called it 1 time"))
    #expect(!workspace.exists("g.json"))
    try workspace.write("{}", "bad.json")
    let bad = try await rayc("graph", "run", "bad.json")
    #expect(bad.stderr == "rayc: error: 'bad.json': this is no graph: it has no schemaVersion\n")
    let none = try await rayc("graph", "run", "none.json")
    #expect(none.stderr == "rayc: error: no such file: 'none.json'\n")
  }
}
