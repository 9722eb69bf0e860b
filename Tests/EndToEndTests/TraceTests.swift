import Foundation
import Testing

/// `rayc trace`: what is shown of a program while it runs.
@Suite struct TraceTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  /// The trace without the places and the program's own output.
  private func trace(_ source: String, _ arguments: String...) async throws -> String {
    try workspace.write(source, "program.swift")
    let ran = try await workspace.run(
      Toolkit.rayc, ["trace", "--no-locations"] + arguments + [workspace.path("program.swift")])
    #expect(ran.termination == .exited(0), "\(ran.stderr)")
    return ran.stderr
  }

  /// The README's first screen: what Cassette's README shows of this function, in Swift's words.
  @Test func theFirstScreenIsTheReadmes() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let begin = try #require(readme.range(of: "$ rayc trace Examples/Rosenbrock.swift\n"))
    let end = try #require(readme.range(of: "…\n", range: begin.upperBound..<readme.endIndex))
    let expected = String(readme[begin.upperBound..<end.lowerBound])
    let ran = try await workspace.rayc(
      "trace", root.appending(path: "Examples/Rosenbrock.swift").path())
    #expect(ran.stdout == "2705.0\n0.0\n")
    #expect(expected.split(separator: "\n").count > 10)
    #expect(ran.stderr.hasPrefix(expected), "\(ran.stderr)")
    let calls = [
      "rosenbrock([1.0, 2.0, 3.0, 4.0]) {", ".count = 4", "[0] = 1.0", "4.0 - 9.0 = -5.0",
    ]
    for call in calls { #expect(ran.stderr.contains(call)) }
  }

  @Test func valuesAreShownAsSwiftShowsThem() async throws {
    let shown = try await trace(
      """
      struct Point { var x: Double, y: Double }
      enum Shape { case circle(radius: Double), square(Double), empty }
      final class Dog { let name: String; init(name: String) { self.name = name } }
      func see<T>(_ value: T) -> T { value }
      _ = see("a \\"word\\"\\n")
      _ = see([1, 2, 3])
      _ = see(Optional(Point(x: 1, y: 2)))
      _ = see(Shape.circle(radius: 2))
      _ = see(Shape.empty)
      _ = see(["a": 1])
      _ = see(Dog(name: "Rex"))
      _ = see((1, "b"))
      _ = see(Array(repeating: 7, count: 1000))
      """, "--no-operators")
    for line in [
      #"see("a \"word\"\n") = "a \"word\"\n""#, "see([1, 2, 3]) = [1, 2, 3]",
      "see(Optional(Point(x: 1.0, y: 2.0))) = Optional(Point(x: 1.0, y: 2.0))",
      "see(.circle(radius: 2.0)) = .circle(radius: 2.0)", "see(.empty) = .empty",
      #"see(["a": 1]) = ["a": 1]"#, "see(Dog) = Dog", #"see((1, "b")) = (1, "b")"#,
    ] {
      #expect(shown.contains(line + "\n"), "\(line) in \(shown)")
    }
    let long = try #require(shown.split(separator: "\n").first { $0.hasPrefix("see([7, 7") })
    #expect(long.contains("…") && long.count < 160)
  }

  @Test func callsThatAreKnownAtRunTimeHaveTheirNames() async throws {
    let shown = try await trace(
      """
      class Animal { func speak(times: Int) -> Int { times } }
      final class Cat: Animal { override func speak(times: Int) -> Int { times * 2 } }
      struct Bad: Error { var code: Int }
      func fails(_ code: Int) throws { throw Bad(code: code) }
      let animal: Animal = Cat()
      _ = animal.speak(times: 2)
      do { try fails(3) } catch {}
      _ = [2, 1].sorted { $0 < $1 }
      """)
    #expect(shown.contains("Cat.speak(times: 2) {\n  2 * 2 = 4\n} = 4\n"), "\(shown)")
    #expect(shown.contains("} threw Bad(code: 3)\n"))
    #expect(
      shown.contains(
        "[2, 1].sorted(by: (function)) {\n  closure #1 in program {\n    1 < 2 = true\n"))
  }

  @Test func equalLinesInARowAreOne() async throws {
    let shown = try await trace(
      """
      func tick() -> Int { 7 }
      var index = 0
      while index < 1204 {
        _ = tick()
        index += 1
      }
      """, "--no-operators")
    #expect(shown == "tick() = 7 × 1,204\n")
  }

  @Test func linesOfThreadsBeginWithTheirNumber() async throws {
    let shown = try await trace(
      """
      import Foundation
      func work(_ n: Int) -> Int { n }
      let thread = Thread { _ = work(5) }
      thread.start()
      while !thread.isFinished { usleep(1000) }
      """)
    #expect(shown.contains("[1]   work(5) = 5\n"), "\(shown)")
  }

  @Test func asyncCallsEndWhereTheirFunctionEnds() async throws {
    let shown = try await trace(
      """
      func step(_ n: Int) async -> Int { await Task.yield(); return n }
      print(await step(3))
      """)
    #expect(shown.contains("step(3) (tail call)\n"), "\(shown)")
    #expect(shown.contains(" task 1] "))
  }

  @Test func everyLineOfJSONIsAnEvent() async throws {
    let shown = try await trace(
      "func half(of n: Double) -> Double { n / 2 }\n_ = half(of: 3)\n", "--format", "json")
    struct Event: Decodable, Equatable {
      struct Argument: Decodable, Equatable { var label: String?, type: String, value: String }
      var event: String
      var depth: Int
      var callee: String?
      var arguments: [Argument]?
      var value, text: String?
    }
    let events = try shown.split(separator: "\n").map {
      try JSONDecoder().decode(Event.self, from: Data($0.utf8))
    }
    #expect(
      events == [
        Event(
          event: "call", depth: 0, callee: "program.half(of:)",
          arguments: [.init(label: "of", type: "Double", value: "3.0")]),
        Event(event: "operation", depth: 1, text: "3.0 / 2.0 = 1.5"),
        Event(event: "returned", depth: 0, callee: "program.half(of:)", value: "1.5"),
      ])
  }

  @Test func coloursOnlyWhereTheyAreWanted() async throws {
    let source = "func one() -> Int { 1 }\n_ = one()\n"
    #expect(try await trace(source) == "one() = 1\n")
    #expect(try await trace(source, "--color", "always").contains("\u{1b}[1mone()\u{1b}[0m"))
  }

  /// What has happened is there, whatever becomes of the program.
  @Test func aProgramThatNeverEndsIsSeen() async throws {
    try workspace.write(
      """
      func tick(_ n: Int) -> Int { n }
      var n = 0
      while true { n = tick(n) + 1 }
      """, "forever.swift")
    let arguments = ["--no-locations", "-o", "trace.txt", workspace.path("forever.swift")]
    // Built first, so that the time is the program's.
    _ = try await workspace.run(
      "timeout",
      ["-s", "KILL", "60", Toolkit.rayc, "trace", "-d", "9"] + [
        "--print-jobs", workspace.path("forever.swift"),
      ])
    let ran = try await workspace.run(
      "sh",
      [
        "-c",
        """
        "$0" trace "$@" & child=$!
        for _ in $(seq 600); do [ -s trace.txt ] && break; sleep 0.1; done
        kill -KILL $child; wait $child 2>/dev/null; head -n 3 trace.txt
        """, Toolkit.rayc,
      ] + arguments)
    #expect(ran.stdout.hasPrefix("tick(0) = 0\n0 + 1 = 1\ntick(1) = 1"), "\(ran.stdout)")
  }

  @Test func rulesAndDepthLimitIt() async throws {
    let source = """
      func inner() -> Int { 1 }
      func outer() -> Int { inner() }
      _ = outer()
      """
    #expect(try await trace(source) == "outer() {\n  inner() = 1\n} = 1\n")
    #expect(try await trace(source, "-d", "0") == "outer() = 1\n")
    #expect(try await trace(source, "-x", "outer") == "outer() {\n  inner()\n} = 1\n")
    #expect(
      try await trace(source, "-x", "/./", "-i", "outer") == "outer() {\n  inner() = 1\n}\n")
    #expect(try await trace(source, "--no-args") == "outer(…) {\n  inner(…)\n}\n")
  }

  @Test func whatIsWrongIsSaid() async throws {
    let ran = try await workspace.rayc("trace", "--color", "red", "main.swift")
    expectRefusal(ran, status: 64, "--color")
    try workspace.write("print(1)\n", "one.swift")
    let spec = try await workspace.rayc(
      "run", "-W", "trace --bogus", workspace.path("one.swift"))
    expectRefusal(spec, status: 1, "unknown argument '--bogus'", "--loads")
  }
}
