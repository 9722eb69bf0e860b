import Foundation
import Testing

/// A recorded program does what the plain one does, and what it did can be read, however it ended.
@Suite struct RecordTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  /// Calls `step` 1,000 times, then ends as its argument says.
  private static let program = """
    import Glibc
    @inline(never) func step(_ n: Int) -> Int { n &* 3 &+ 1 }
    @inline(never) func last(_ n: Int) -> Int { n &- 1 }
    var sum = 0
    for n in 0..<1000 { sum = step(sum &+ n) }
    print(last(sum))
    fflush(stdout)
    switch CommandLine.arguments.dropFirst().first {
    case "kill": kill(getpid(), SIGKILL)
    case "term": kill(getpid(), SIGTERM)
    case "_exit": _exit(3)
    case "exit": exit(4)
    case "fatal": fatalError("over")
    case "execute":
      var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
      execv("/bin/true", &arguments)
    default: break
    }
    """

  private func calls(_ file: String = "rayc.data") async throws -> [String: Int] {
    let exported = try await workspace.rayc("export", "--format", "json", "-o", "-", file)
    try #require(exported.termination == .exited(0), "\(exported.stderr)")
    let json = try JSONSerialization.jsonObject(with: Data(exported.stdout.utf8))
    let profile = try #require(json as? [String: Any])
    let functions = try #require(profile["functions"] as? [[String: Any]])
    var calls: [String: Int] = [:]
    for node in try #require(profile["nodes"] as? [[String: Any]]) {
      let function = try #require(node["function"] as? Int)
      guard function >= 0 else { continue }
      calls[try #require(functions[function]["shortName"] as? String), default: 0] +=
        try #require(node["calls"] as? Int)
    }
    return calls
  }

  private func build(_ options: String, _ source: String = program) async throws {
    try workspace.write(source, "p.swift")
    let built = try await workspace.rayc(
      "build", "-c", "release", "-W", "record \(options)", "p.swift", "-o", "p")
    try #require(built.termination == .exited(0), "\(built.stderr)")
  }

  @Test func everyEndLeavesWhatHappenedBefore() async throws {
    try workspace.write(Self.program, "p.swift")
    let plain = try await workspace.run("swiftc", ["p.swift", "-o", "plain"])
    try #require(plain.termination == .exited(0))
    for ending in ["", "kill", "term", "_exit", "exit", "fatal", "execute"] {
      let expected = try await workspace.run("./plain", [ending])
      let found = try await workspace.rayc("record", "p.swift", "--", ending)
      #expect(found.termination == expected.termination, "\(ending)")
      #expect(found.stdout == expected.stdout, "\(ending)")
      let calls = try await calls()
      #expect(calls["p.step(_:)"] == 1000, "\(ending): \(found.stderr)")
      #expect(calls["p.last(_:)"] == 1, "\(ending)")
      #expect(
        found.stderr.contains("ended from outside")
          == ["kill", "term", "_exit", "execute"].contains(ending),
        "\(ending): \(found.stderr)")
    }
  }

  @Test func aForkedChildIsNotRecorded() async throws {
    let source = """
      import Glibc
      @inline(never) func step(_ n: Int) -> Int { n &* 3 &+ 1 }
      @_silgen_name("fork") func forkProcess() -> Int32
      var sum = 0
      for n in 0..<100 { sum = step(sum &+ n) }
      fflush(stdout)
      let child = forkProcess()
      for n in 0..<(child == 0 ? 100_000 : 200) { sum = step(sum &+ n) }
      print(sum)
      fflush(stdout)
      if child == 0 { _exit(0) }
      var status: Int32 = 0
      waitpid(child, &status, 0)
      print(status)
      """
    try await build("-o rayc.data", source)
    let run = try await workspace.run("./p", [])
    #expect(run.stdout.hasSuffix("\n0\n"), "\(run.stdout)")
    #expect(try await calls()["p.step(_:)"] == 300)
  }

  @Test func aFullDiskEndsTheRecordingAndNotTheProgram() async throws {
    // Enough for the sites and a thread's block, not for what 3,000,000 calls leave.
    let source = Self.program.replacingOccurrences(
      of: "0..<1000", with: "0..<3_000_000")
    try await build("-o rayc.data", source)
    let free = try await workspace.run("./p", [])
    let limited = try await workspace.run("/bin/bash", ["-c", "ulimit -f 128; ./p"])
    #expect(limited.termination == .exited(0))
    #expect(limited.stdout == free.stdout)
    #expect(
      limited.stderr.contains("holds only the beginning: File too large"), "\(limited.stderr)")
    let calls = try await calls()["p.step(_:)"] ?? 0
    #expect(calls > 1000 && calls < 3_000_000)
    let report = try await workspace.rayc("report", "rayc.data")
    #expect(report.stderr.contains("the recording holds only the beginning"), "\(report.stderr)")
  }

  @Test(.enabled(if: getuid() == 0)) func aFullFileSystemEndsTheRecordingAndNotTheProgram()
    async throws
  {
    let source = Self.program.replacingOccurrences(
      of: "0..<1000", with: "0..<3_000_000")
    try workspace.makeFolder("small")
    let mounted = try await workspace.run(
      "/bin/mount", ["-t", "tmpfs", "-o", "size=160k", "tmpfs", workspace.path("small")])
    guard mounted.termination == .exited(0) else { return }
    try await build("-o \(workspace.path("small"))/rayc.data", source)
    let run = try await workspace.run("./p", [])
    #expect(run.termination == .exited(0), "\(run.stderr)")
    #expect(run.stderr.contains("holds only the beginning: No space left"), "\(run.stderr)")
    let calls = try await calls("small/rayc.data")["p.step(_:)"] ?? 0
    #expect(calls > 1000 && calls < 3_000_000)
    _ = try await workspace.run("/bin/umount", [workspace.path("small")])
  }

  @Test func limitsEndTheRecording() async throws {
    let source = Self.program.replacingOccurrences(of: "0..<1000", with: "0..<3_000_000")
    try workspace.write(source, "p.swift")
    let sized = try await workspace.rayc(
      "record", "-c", "release", "--max-size", "100K", "p.swift")
    #expect(sized.stderr.contains("ended at '--max-size'"), "\(sized.stderr)")
    let size = try FileManager.default.attributesOfItem(atPath: workspace.path("rayc.data"))
    // The index of the reader comes to it.
    #expect(try #require(size[.size] as? Int) < 130_000)
    #expect((try await calls()["p.step(_:)"] ?? 0) > 1000)
  }

  @Test func theLastEventsAreKept() async throws {
    let source = """
      @inline(never) func early(_ n: Int) -> Int { n &* 3 &+ 1 }
      @inline(never) func late(_ n: Int) -> Int { n &* 5 &+ 1 }
      var sum = 0
      var state: UInt64 = 1
      @inline(never) func noise() -> Bool {
        state = state &* 6364136223846793005 &+ 1
        return state >> 63 == 1
      }
      for n in 0..<3_000_000 { if noise() { sum = early(sum &+ n) } }
      for n in 0..<1000 { sum = late(sum &+ n) }
      print(sum)
      """
    try workspace.write(source, "p.swift")
    let run = try await workspace.rayc("record", "-c", "release", "--last", "1M", "p.swift")
    #expect(run.termination == .exited(0), "\(run.stderr)")
    let calls = try await calls()
    #expect(calls["p.late(_:)"] == 1000, "\(run.stderr)")
    #expect((calls["p.noise()"] ?? 0) < 3_000_000)
    #expect((calls["p.noise()"] ?? 0) > 10_000)
  }

  @Test func threadsAreRecordedEach() async throws {
    let example = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Examples/Fib.swift").standardizedFileURL.path()
    try FileManager.default.copyItem(atPath: example, toPath: workspace.path("Fib.swift"))
    let run = try await workspace.rayc("record", "Fib.swift", "--", "15", "threads")
    #expect(run.termination == .exited(0), "\(run.stderr)")
    #expect(run.stderr.contains("3 threads"), "\(run.stderr)")
    #expect(try await calls()["Fib.fib(_:)"] == 2 * 1973)
  }

  @Test func twoRunsDoNotDiffer() async throws {
    try workspace.write(Self.program, "p.swift")
    for file in ["a.data", "b.data"] {
      let run = try await workspace.rayc("record", "-o", file, "p.swift")
      try #require(run.termination == .exited(0), "\(run.stderr)")
    }
    let same = try await workspace.rayc("diff", "--fail-on", "calls>0", "a.data", "b.data")
    #expect(same.stdout == "no difference\n")
    #expect(same.termination == .exited(0))
  }

  /// Neither the iterator's calls, which have no line, nor what the functions called in the loop do
  /// are changes of their own.
  @Test(
    arguments: [["record", "-o"], ["profile", "--format", "json", "-o"]], ["debug", "release"])
  func aChangedBoundIsReportedAsJustThat(command: [String], configuration: String) async throws {
    let source = """
      @inline(never) func half(_ n: Int) -> Int { n / 2 }
      @inline(never) func step(_ n: Int) -> Int {
        var sum = 0
        for k in 0..<3 { sum &+= half(n &+ k) }
        return sum
      }
      @inline(never) func work() -> Int {
        var sum = 0
        for n in 0..<1000 {
          sum = step(sum &+ n)
        }
        return sum
      }
      print(work())
      """
    for (file, bound) in [("before", "1000"), ("after", "1010")] {
      try workspace.write(source.replacingOccurrences(of: "1000", with: bound), "p.swift")
      let run = try await workspace.run(
        Toolkit.rayc, command + [file, "-c", configuration, "p.swift"])
      try #require(run.termination == .exited(0), "\(run.stderr)")
    }
    let diff = try await workspace.rayc(
      "diff", "--format", "json", "--fail-on", "calls>0.5%", "before", "after")
    #expect(diff.termination == .exited(2), "\(diff.stdout) \(diff.stderr)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(diff.stdout.utf8)) as? [String: Any])
    let changes = try #require(json["changes"] as? [[String: Any]])
    #expect(changes.count == 1, "\(diff.stdout)")
    #expect(changes[0]["kind"] as? String == "calls")
    #expect(changes[0]["line"] as? Int == 10)
    #expect(changes[0]["callee"] as? String == "p.step(_:)")
    #expect((changes[0]["before"] as? Int, changes[0]["after"] as? Int) == (1000, 1010))
    // 30 more calls of `half` follow from it, and can be asked for.
    let table = try await workspace.rayc("diff", "before", "after")
    #expect(table.stdout.contains(" that follow from these (--all)"), "\(table.stdout)")
    let all = try await workspace.rayc("diff", "--all", "before", "after")
    #expect(all.stdout.contains("p.half(_:) in p.step(_:)"), "\(all.stdout)")
  }

  @Test func valuesAreRecordedAndRedacted() async throws {
    let source = """
      func login(name: String, password: String) -> Int { name.count + password.count }
      func greet(_ name: String) -> String { "hello " + name }
      print(login(name: "ann", password: "hunter" + "22"))
      print(greet("bob"))
      """
    try workspace.write(source, "p.swift")
    let run = try await workspace.rayc("record", "--values", "--redact", "login", "p.swift")
    #expect(run.stdout == "11\nhello bob\n", "\(run.stderr)")
    let replay = try await workspace.rayc("replay", "rayc.data")
    #expect(replay.stdout.contains("greet(_:) (\"bob\")"), "\(replay.stdout)")
    #expect(replay.stdout.contains("= \"hello bob\""), "\(replay.stdout)")
    #expect(
      replay.stdout.contains("login(name:password:) (<redacted>, <redacted>)"), "\(replay.stdout)")
    #expect(replay.stdout.contains("= <redacted>"), "\(replay.stdout)")
  }

  @Test func emptyRecordingsSayWhy() async throws {
    try workspace.write(Self.program, "p.swift")
    let nothing = try await workspace.rayc("record", "--exclude", "file:*", "p.swift")
    #expect(nothing.stderr.contains("was instrumented"), "\(nothing.stderr)")
    let noExtent = try await workspace.rayc("record", "--scope", "dynamic", "p.swift")
    #expect(
      noExtent.stderr.contains("extent") && noExtent.stderr.contains("rayc:"),
      "\(noExtent.stderr)")
  }

  @Test func whatIsNoRecordingIsRefused() async throws {
    try workspace.write("text", "a.data")
    for command in [["report"], ["replay"], ["export", "--format", "json"]] {
      let outcome = try await workspace.run(Toolkit.rayc, command + ["a.data"])
      expectRefusal(outcome, status: 1, "'a.data' is no recording")
      let none = try await workspace.run(Toolkit.rayc, command + ["b.data"])
      expectRefusal(none, status: 1, "no such file: 'b.data'")
    }
    let limit = try await workspace.rayc("diff", "--fail-on", "calls", "a.data", "a.data")
    expectRefusal(limit, status: 64, "'--fail-on calls': write a limit")
    let size = try await workspace.rayc("record", "--max-size", "lots", "p.swift")
    expectRefusal(size, status: 64, "'--max-size lots': write a size")
  }
}
