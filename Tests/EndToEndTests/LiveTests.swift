import Foundation
import Testing

/// `rayc run --live`: a context is exchanged inside the running program.
@Suite(.serialized) struct LiveTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  /// Runs until the file `stop` is there; then says how often it has called `step`.
  static let program = """
    import Foundation
    @inline(never) func step(_ i: Int) -> Int { i + 1 }
    let count = Int(CommandLine.arguments.dropFirst().first ?? "1")!
    let path = "stop"
    nonisolated(unsafe) var totals = [Int](repeating: 0, count: count)
    func work(_ number: Int) {
      var i = 0
      while access(path, F_OK) != 0 {
        for _ in 0..<1000 { i = step(i) }
        usleep(500)
      }
      totals[number] = i
    }
    let group = DispatchGroup()
    for number in 1..<max(count, 1) {
      group.enter()
      Thread { work(number); group.leave() }.start()
    }
    work(0)
    group.wait()
    print("steps", totals.reduce(0, +), open("/dev/null", O_RDONLY),
      ProcessInfo.processInfo.environment["RAYC_SESSION"] ?? "no session")

    """

  static func context(_ version: String, fields: String = "10", more: String = "") -> String {
    """
    import Glibc
    import Ray

    struct Part { var tenth = \(fields) }
    struct Live: RayContext {
      var steps = 0
      var parts = [Part()]
      var isNew = true
      mutating func willCall(_ site: Site, _ arguments: Arguments) {
        guard site.shortCallee == "main.step(_:)" else { return }
        if isNew { say("\(version) begins with \\(parts.count) parts") }
        isNew = false
        steps += 1
        if steps == 5000 { parts.append(Part()) }
        if steps % 100_000 == 0 { say("\(version) goes on") }
      }
      mutating func merge(_ other: Live) { steps += other.steps }
      func finish() { say("\(version) ends after \\(steps) steps") }
    \(more)}
    func say(_ line: String) { ("live: " + line + "\\n").withCString { _ = write(2, $0, strlen($0)) } }

    """
  }

  private func start(_ options: [String] = [], threads: Int = 1) throws -> Background {
    try workspace.write(Self.program, "main.swift")
    try workspace.write(Self.context("v1"), "Live.swift")
    return try Background(
      ["run", "--live", "-W", "Live.swift:Live"] + options + ["main.swift", "--", "\(threads)"],
      in: workspace.root)
  }

  private func stop(_ live: Background) throws -> Int {
    try workspace.write("", "stop")
    let end = live.waitUntilExit()
    #expect(end.reason == .exit && end.status == 0, "\(live.stderr)")
    let words = live.stdout.split(separator: " ")
    // The program's descriptors and environment are its own.
    #expect(words.dropFirst(2) == ["3", "no", "session\n"], "\(live.stdout)")
    return words.count > 1 ? Int(words[1]) ?? -1 : -1
  }

  @Test func goesOnWithItsState() async throws {
    let live = try start()
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    for version in ["v2", "v3", "v1"] {
      let said = live.stderr.count(of: "\(version) goes on")
      try workspace.write(Self.context(version), "Live.swift")
      try await live.wait(version) { live.stderr.count(of: "\(version) goes on") > said }
    }
    #expect(live.stderr.count(of: "changed: Live.swift") == 3)
    #expect(live.stderr.count(of: "'Live.swift:Live' is exchanged, and keeps its state") == 3)
    #expect(live.stderr.count(of: "begins with") == 1, "\(live.stderr)")
    let steps = try stop(live)
    #expect(live.stderr.contains("live: v1 ends after \(steps) steps\n"), "\(live.stderr)")
  }

  @Test func countsExactlyOnSeveralThreads() async throws {
    let live = try start(threads: 4)
    try await live.wait("the first version") { live.stderr.count(of: "v1 goes on") > 3 }
    for number in 2...6 {
      try workspace.write(Self.context("v\(number)"), "Live.swift")
      try await live.wait("v\(number)") { live.stderr.contains("v\(number) goes on") }
    }
    let steps = try stop(live)
    #expect(live.stderr.contains("live: v6 ends after \(steps) steps\n"), "\(live.stderr)")
    #expect(live.stderr.count(of: "begins with") == 4, "\(live.stderr)")
  }

  @Test func anErrorLeavesTheOldOne() async throws {
    let live = try start()
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    try workspace.write(Self.context("v2") + "let broken: Int = \"\"", "Live.swift")
    try await live.wait("the error") { live.stderr.contains("error: cannot convert") }
    let said = live.stderr.count(of: "v1 goes on")
    try await live.wait("the old one") { live.stderr.count(of: "v1 goes on") > said }
    // The type is gone: rayc's own words.
    try workspace.write(Self.context("v2").replacing("Live", with: "Other"), "Live.swift")
    try await live.wait("the type") {
      live.stderr.contains("error: no type 'Live' in 'Live.swift'")
    }
    try workspace.write(Self.context("v3"), "Live.swift")
    try await live.wait("the next one") { live.stderr.contains("v3 goes on") }
    #expect(!live.stderr.contains("v2 "))
    let steps = try stop(live)
    #expect(live.stderr.contains("live: v3 ends after \(steps) steps\n"), "\(live.stderr)")
  }

  /// Also where only a type that the state holds has changed.
  @Test(arguments: ["10, other = 1.5", "10.0"])
  func otherTypesBeginAnew(_ fields: String) async throws {
    let live = try start()
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    try workspace.write(Self.context("v2", fields: fields), "Live.swift")
    try await live.wait("v2") { live.stderr.contains("v2 goes on") }
    #expect(live.stderr.contains("its types have changed, so it begins with a new state"))
    #expect(live.stderr.contains("live: v2 begins with 1 parts"), "\(live.stderr)")
    let steps = try stop(live)
    #expect(!live.stderr.contains("live: v2 ends after \(steps) steps\n"))
  }

  /// A version with other types, which has to begin anew and refuses to.
  @Test func oneWhoseInitThrowsLeavesTheOldOne() async throws {
    let live = try start()
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    let refusing = """
      struct Refusal: Error {}
      extension Live: ConfigurableContext {
        init(arguments: [String]) throws { throw Refusal() }
      }

      """
    try workspace.write(Self.context("v2", fields: "10.0") + refusing, "Live.swift")
    try await live.wait("the error") {
      live.stderr.contains("goes on with the old context: its init throws: Refusal()")
    }
    let said = live.stderr.count(of: "v1 goes on")
    try await live.wait("the old one") { live.stderr.count(of: "v1 goes on") > said }
    try workspace.write(Self.context("v3", fields: "10.0"), "Live.swift")
    try await live.wait("the next one") { live.stderr.contains("v3 goes on") }
    _ = try stop(live)
    #expect(!live.stderr.contains("v2 "), "\(live.stderr)")
  }

  /// Where the program has contexts of its own, each gets its own arguments.
  @Test func argumentsReachEachVersion() async throws {
    func context(_ version: String, _ fields: String) -> String {
      let given = """
          init(arguments: [String]) throws { say("\(version) was given \\(arguments)") }

        """
      return Self.context(version, fields: fields, more: given)
        + "extension Live: ConfigurableContext {}\n"
    }
    try workspace.write("import Ray\n" + Self.program, "main.swift")
    try workspace.write(context("v1", "10"), "Live.swift")
    let live = try Background(
      ["run", "--live", "-W", "Live.swift:Live a b", "main.swift", "--", "1"], in: workspace.root)
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    try workspace.write(context("v2", "10.0"), "Live.swift")
    try await live.wait("the second version") { live.stderr.contains("v2 goes on") }
    _ = try stop(live)
    for version in ["v1", "v2"] {
      #expect(live.stderr.contains("\(version) was given [\"a\", \"b\"]"), "\(live.stderr)")
    }
  }

  @Test func saysWhichHooksNeedAnotherRun() async throws {
    let live = try start()
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    let hook = "mutating func store<T>(_ value: T, at site: Site) -> T { value }\n"
    try workspace.write(Self.context("v2", more: hook), "Live.swift")
    try await live.wait("v2") { live.stderr.contains("v2 goes on") }
    // rayc's own word may come behind the program's.
    try await live.wait("the message") { live.stderr.contains("has hooks now for stores, which") }
    _ = try stop(live)
  }

  @Test func worksInALoop() async throws {
    let live = try start(["--loop"])
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    try workspace.write(Self.context("v2"), "Live.swift")
    try await live.wait("v2") { live.stderr.contains("v2 goes on") }
    try workspace.write(Self.program.replacing("\"steps\"", with: "\"again\""), "main.swift")
    try await live.wait("the next run") { live.stderr.contains("v2 begins with 1 parts") }
    try workspace.write(Self.context("v3"), "Live.swift")
    try await live.wait("v3") { live.stderr.contains("v3 goes on") }
    try workspace.write("", "stop")
    try await live.wait("the end") { live.stderr.contains("waiting for a change") }
    #expect(live.stdout.hasPrefix("again "))
    #expect(live.stderr.contains("live: v3 ends after "))
    let end = await live.interrupt()
    #expect(end.reason == .uncaughtSignal && end.status == SIGINT)
  }

  @Test func signalsStillReachTheProgram() async throws {
    let live = try start()
    try await live.wait("the first version") { live.stderr.contains("v1 goes on") }
    try workspace.write(Self.context("v2"), "Live.swift")
    try await live.wait("v2") { live.stderr.contains("v2 goes on") }
    let end = await live.interrupt()
    #expect(end.reason == .uncaughtSignal && end.status == SIGINT)
    #expect(live.stdout == "")
  }

  @Test func refusesWhatCannotBeExchanged() async throws {
    try workspace.write("print(1)", "p.swift")
    expectRefusal(
      try await workspace.rayc("run", "--live", "p.swift"), status: 64, "'--live' needs one context"
    )
    expectRefusal(
      try await workspace.rayc("run", "--live", "-W", "count", "p.swift"), status: 64,
      "'-W path/to/file.swift:Type'")
    expectRefusal(
      try await workspace.rayc("run", "--live", "-W", "No.swift:No", "p.swift"), status: 1,
      "no such file: 'No.swift'")
    try workspace.write(
      "import Ray\nstruct M: RayContext { enum R: Overdubs {} }", "M.swift")
    expectRefusal(
      try await workspace.rayc("run", "--live", "-W", "M.swift:M", "p.swift"), status: 64,
      "replaces functions", "'--loop'")
  }
}
