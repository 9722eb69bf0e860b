import Foundation
import Testing

/// `rayc profile`: its counts, and what other tools read in its files.
@Suite struct ProfileTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  struct Profile: Decodable {
    struct Memory: Decodable, Equatable {
      var retains, releases, allocations, allocatedBytes: Int
    }
    struct Function: Decodable {
      var symbol, name, shortName: String
      var line: Int
      var isPrimitive: Bool
    }
    struct Node: Decodable {
      var parent, function, calls: Int
      var selfTicks, totalTicks: UInt64
      var memory: Memory
    }
    struct Link: Decodable { var caller, callee, line, calls: Int }
    struct Line: Decodable {
      var function, line, calls, loads: Int
      var memory: Memory
    }
    struct Thread: Decodable { var number: Int }
    struct Unseen: Decodable { var primitiveCalls, runtimeCalls, tailCalls, unfinishedCalls: Int }
    var schemaVersion: Int
    var functions: [Function]
    var nodes: [Node]
    var links: [Link]
    var lines: [Line]
    var threads: [Thread]
    var unseen: Unseen

    /// `caller → callee` with the calls, between functions that have a body.
    var edges: [String: Int] {
      var edges: [String: Int] = [:]
      for link in links {
        let (caller, callee) = (nodes[link.caller].function, nodes[link.callee].function)
        guard caller >= 0, !functions[caller].isPrimitive, !functions[callee].isPrimitive else {
          continue
        }
        edges["\(functions[caller].symbol) → \(functions[callee].symbol)", default: 0] += link.calls
      }
      return edges
    }

    func calls(by name: (Function) -> String) -> [String: Int] {
      var calls: [String: Int] = [:]
      for node in nodes where node.function >= 0 && node.calls > 0 {
        calls[name(functions[node.function]), default: 0] += node.calls
      }
      return calls
    }
  }

  private func profile(
    _ arguments: [String], program: [String] = [], status: Int32 = 0
  ) async throws -> Profile {
    let ran = try await workspace.run(
      Toolkit.rayc, ["profile", "--format", "json", "-o", "p.json"] + arguments + program)
    #expect(ran.termination == .exited(status), "\(ran.stderr)")
    let data = try Data(contentsOf: URL(filePath: workspace.path("p.json")))
    return try JSONDecoder().decode(Profile.self, from: data)
  }

  private var known: String { Workspace.fixture("Programs/KnownCalls.swift") }

  /// Direct, recursive, virtual, witness and closure calls, calls from the library, accessors,
  /// throws and a deinitialiser: valgrind counts the plain program's, edge by edge.
  @Test func edgesAreThoseOfCallgrind() async throws {
    let found = try await profile([known])
    #expect(found.schemaVersion == 1)
    let built = try await workspace.run(
      "swiftc", ["-Onone", "-g", "-module-name", "KnownCalls", "-o", "plain", known])
    #expect(built.termination == .exited(0), "\(built.stderr)")
    let ran = try await workspace.run(
      "valgrind",
      [
        "--tool=callgrind", "--callgrind-out-file=callgrind.out", "--compress-strings=no",
        "./plain",
      ])
    #expect(ran.termination == .exited(0), "\(ran.stderr)")
    let bodies = Set(found.functions.filter { !$0.isPrimitive }.map(\.symbol))
    var edges: [String: Int] = [:]
    var (caller, callee) = ("", "")
    // A function that calls itself has a number behind its name.
    func name(_ line: Substring) -> String {
      String(line.split(separator: "=", maxSplits: 1)[1].split(separator: "'")[0])
    }
    let lines = try String(contentsOfFile: workspace.path("callgrind.out"), encoding: .utf8)
    for line in lines.split(separator: "\n") {
      if line.hasPrefix("fn=") { caller = name(line) }
      if line.hasPrefix("cfn=") { callee = name(line) }
      guard line.hasPrefix("calls="), bodies.contains(caller), bodies.contains(callee) else {
        continue
      }
      let count = line.dropFirst(6).split(separator: " ")[0]
      edges["\(caller) → \(callee)", default: 0] += Int(count)!
    }
    #expect(edges.count > 50)
    #expect(found.edges == edges)
    let fib = "$s10KnownCalls3fibyS2iF"
    // fib(12) and fib(4): 465 and 9 calls.
    #expect(found.edges["\(fib) → \(fib)"] == 464 + 8)
  }

  @Test(arguments: ["debug", "release"])
  func countsAreTheSameInTwoRuns(_ configuration: String) async throws {
    let first = try await profile(["-c", configuration, known])
    let second = try await profile(["-c", configuration, known])
    #expect(first.edges == second.edges)
    #expect(first.calls(by: \.symbol) == second.calls(by: \.symbol))
    #expect(first.lines.map(\.loads) == second.lines.map(\.loads))
    #expect(first.lines.map(\.calls) == second.lines.map(\.calls))
    #expect(first.lines.map(\.memory) == second.lines.map(\.memory))
    #expect(first.unseen.primitiveCalls == second.unseen.primitiveCalls)
  }

  @Test func timesOfRecursionAreNotAddedUp() async throws {
    let found = try await profile([known])
    let whole = found.nodes[0].totalTicks
    #expect(found.nodes.allSatisfy { $0.totalTicks <= whole })
    #expect(found.nodes.allSatisfy { $0.selfTicks <= max($0.totalTicks, 1) })
    // A function is once on any way from the root.
    for index in found.nodes.indices.dropFirst() {
      var above = found.nodes[index].parent
      while above > 0 {
        #expect(found.nodes[above].function != found.nodes[index].function)
        above = found.nodes[above].parent
      }
    }
  }

  @Test func memoryIsCountedAtItsLine() async throws {
    try workspace.write(
      """
      final class Cell { var next: Cell?; init(_ next: Cell?) { self.next = next } }
      func chain(_ count: Int) -> Cell? {
        var last: Cell?
        for _ in 0..<count {
          last = Cell(last)
        }
        return last
      }
      let cells = chain(25)
      print(cells == nil)
      """, "memory.swift")
    let found = try await profile([workspace.path("memory.swift")])
    let allocating = found.lines.filter { $0.memory.allocations > 0 }
    // An object: a header of 16 bytes and a reference.
    #expect(allocating.map(\.memory.allocations) == [25])
    #expect(allocating.map(\.memory.allocatedBytes) == [25 * 24])
    #expect(found.nodes.map(\.memory.allocations).reduce(0, +) == 25)
    #expect(found.edges["$s6memory5chainyAA4CellCSgSiF → $s6memory4CellCyA2CSgcfC"] == 25)
    #expect(found.lines.map(\.memory.retains).reduce(0, +) > 0)
  }

  @Test func threadsAreAddedUp() async throws {
    try workspace.write(
      """
      import Foundation
      func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) + fib(n - 2) }
      let threads = (0..<3).map { _ in Thread { _ = fib(10) } }
      for thread in threads { thread.start() }
      while !threads.allSatisfy(\\.isFinished) { usleep(1000) }
      usleep(50000)
      """, "threads.swift")
    let found = try await profile([workspace.path("threads.swift")])
    #expect(found.calls(by: \.shortName)["threads.fib(_:)"] == 3 * 177)
    #expect(found.threads.count >= 4)
  }

  @Test func asyncCallsHaveTheirCaller() async throws {
    try workspace.write(
      """
      func leaf(_ n: Int) -> Int { n + 1 }
      func step(_ n: Int) async -> Int { await Task.yield(); return leaf(n) }
      var sum = 0
      for n in 0..<5 { sum += await step(n) }
      print(sum)
      """, "steps.swift")
    let found = try await profile([workspace.path("steps.swift")])
    let calls = found.calls(by: \.shortName)
    #expect(calls["steps.step(_:)"] == 5)
    #expect(calls["steps.leaf(_:)"] == 5)
    #expect(found.edges["$s5steps4stepyS2iYaF → $s5steps4leafyS2iF"] == 5)
    #expect(found.unseen.tailCalls > 0)
  }

  /// The number of calls of each function, by a reader of the format that is not ours.
  @Test(arguments: ["callgrind", "collapsed", "speedscope", "pprof", "perfetto"])
  func otherToolsReadTheSame(_ format: String) async throws {
    let found = try await profile([known])
    let ran = try await workspace.run(
      Toolkit.rayc, ["profile", "--format", format, "-s", "calls", "-o", "file", known])
    #expect(ran.termination == .exited(0), "\(ran.stderr)")
    #expect(ran.stderr == "")
    let readers = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: ".build-readers").path()
    let read = try await workspace.run(
      "python3", [Workspace.fixture("Readers/read.py"), format, "file"],
      environment: ["READERS": readers])
    try #require(
      read.termination == .exited(0), "scripts/test installs the readers: \(read.stderr)")
    let calls = try JSONDecoder().decode([String: Int].self, from: Data(read.stdout.utf8))
    let name: (Profile.Function) -> String = format == "callgrind" ? \.name : \.shortName
    #expect(calls == found.calls(by: name))
  }

  @Test func thePageNeedsNoNetwork() async throws {
    let ran = try await workspace.rayc("profile", "--format", "html", known)
    #expect(ran.termination == .exited(0))
    #expect(ran.stderr == "rayc: wrote 'KnownCalls.html'\n")
    let page = try String(contentsOfFile: workspace.path("KnownCalls.html"), encoding: .utf8)
    for word in ["http:", "https:", "src=", "@import", "url("] { #expect(!page.contains(word)) }
    let begin = try #require(page.range(of: #"<script id="data" type="application/json">"#))
    let end = try #require(page.range(of: "</script>", range: begin.upperBound..<page.endIndex))
    struct Content: Decodable { var profile: Profile, sources: [String: String] }
    let content = try JSONDecoder().decode(
      Content.self, from: Data(page[begin.upperBound..<end.lowerBound].utf8))
    #expect(content.profile.calls(by: \.shortName)["KnownCalls.fib(_:)"] == 474)
    #expect(content.sources.values.contains { $0.contains("func fib") })
  }

  @Test func aTableOfFunctionsAndOfLines() async throws {
    let functions = try await workspace.rayc("profile", "-s", "calls", "--top", "1", known)
    #expect(functions.stdout == "292\n")
    #expect(functions.stderr.contains("KnownCalls.fib(_:)"))
    #expect(functions.stderr.contains("not seen: the inside of "))
    #expect(functions.stderr.contains("more functions (--top N)"))
    let lines = try await workspace.rayc("profile", "-s", "calls", "--lines", "-o", "-", known)
    #expect(lines.stderr == "")
    let row = lines.stdout.split(separator: "\n").first { $0.contains("KnownCalls.swift:8 ") }
    #expect(row?.split(separator: " ")[1] == "472")
  }

  @Test func theProgramEndsAsItDoes() async throws {
    try workspace.write("import Glibc\nprint(1)\nexit(7)\n", "ends.swift")
    let ran = try await workspace.rayc("profile", workspace.path("ends.swift"))
    #expect(ran.stdout == "1\n")
    #expect(ran.termination == .exited(7))
    #expect(ran.stderr.hasPrefix("rayc profile: "))
    try workspace.write("import Glibc\nraise(SIGTERM)\n", "dies.swift")
    let died = try await workspace.rayc("profile", workspace.path("dies.swift"))
    #expect(died.termination == .signaled(SIGTERM))
    try workspace.write("import Glibc\n_exit(0)\n", "leaves.swift")
    let left = try await workspace.rayc("profile", workspace.path("leaves.swift"))
    expectRefusal(left, status: 1, "ended without a profile", "_exit")
  }

  @Test(arguments: ["dot", "mermaid", "json"])
  func graphsOfCalls(_ format: String) async throws {
    let ran = try await workspace.rayc(
      "graph", "calls", "--format", format, "--root", "KnownCalls.even", "-o", "graph", known)
    #expect(ran == Outcome(stdout: "292\n", stderr: "", termination: .exited(0)))
    let text = try String(contentsOfFile: workspace.path("graph"), encoding: .utf8)
    switch format {
    case "dot":
      let drawn = try await workspace.run("dot", ["-Tplain", "graph"])
      #expect(drawn.termination == .exited(0), "scripts/test installs graphviz: \(drawn.stderr)")
      let rows = drawn.stdout.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(rows.filter { $0[0] == "node" }.count == 2)
      #expect(rows.filter { $0[0] == "edge" }.count == 2)
    case "mermaid":
      #expect(text.contains("[\"KnownCalls.even(_:)\"]") && text.contains("-->|5|"))
    default:
      struct Graph: Decodable {
        struct Function: Decodable { var symbol: String, calls: Int }
        struct Call: Decodable { var caller, callee, calls: Int }
        var schemaVersion: Int
        var functions: [Function]
        var calls: [Call]
      }
      let graph = try JSONDecoder().decode(Graph.self, from: Data(text.utf8))
      #expect(graph.schemaVersion == 1)
      #expect(graph.functions.map(\.calls).sorted() == [5, 5])
      #expect(graph.calls.map(\.calls).sorted() == [4, 5])
    }
  }

  @Test func aRecordingHasTheSameGraphAsTheProgram() async throws {
    let ran = try await workspace.rayc("graph", "calls", "--format", "json", "-o", "-", known)
    let recorded = try await workspace.rayc("record", "-o", "known.data", known)
    try #require(recorded.termination == .exited(0), "\(recorded.stderr)")
    let read = try await workspace.rayc(
      "graph", "calls", "--format", "json", "-o", "graph", "known.data")
    #expect(read == Outcome(stdout: "", stderr: "", termination: .exited(0)))
    func calls(_ text: String) throws -> [String: Int] {
      struct Graph: Decodable {
        struct Function: Decodable { var symbol: String, calls: Int }
        var functions: [Function]
      }
      let graph = try JSONDecoder().decode(Graph.self, from: Data(text.utf8))
      return Dictionary(graph.functions.map { ($0.symbol, $0.calls) }, uniquingKeysWith: +)
    }
    let text = try String(contentsOfFile: workspace.path("graph"), encoding: .utf8)
    // The program's own output comes first.
    let drawn = ran.stdout[ran.stdout.firstIndex(of: "{")!...]
    #expect(try calls(text) == calls(String(drawn)))
    try workspace.write("no recording", "text")
    expectRefusal(
      try await workspace.rayc("graph", "calls", "text"), status: 1, "'text' is no recording")
  }

  @Test func aRootThatNobodyCallsIsNamed() async throws {
    let ran = try await workspace.rayc("graph", "calls", "--root", "nobody", "-o", "-", known)
    #expect(ran.termination == .exited(1))
    #expect(ran.stderr.contains("no function 'nobody' was called"))
  }
}
