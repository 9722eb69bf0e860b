import Testing

/// What happens in the program once it runs.
@Suite struct RuntimeTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private func telling(_ type: String) -> String {
    "'\(Workspace.fixture("Contexts/Telling.swift")):\(type)'"
  }

  @Test(arguments: ["debug", "release"])
  func manyThreadsAreCountedExactly(_ configuration: String) async throws {
    try workspace.copy("Programs/threads.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-Xswiftc", "-Xllvm", "-Xswiftc",
      "-sil-disable-pass=inline", "-W", telling("Totals"), "threads.swift")
    // work(15) makes 2·F(16)−1 = 1973 calls, F(16) = 987.
    #expect(ran.stdout == "work: \(16 * 1973)\n", "\(ran.stderr)")
  }

  @Test(arguments: ["debug", "release"])
  func argumentsResultsAndErrorsAreDelivered(_ configuration: String) async throws {
    try workspace.copy("Programs/shapes.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", telling("Values"), "shapes.swift")
    #expect(
      ran.stdout == """
        area of [2.0, 3.0]
        is 6.0
        6.0
        area of [101.0, 1.0]
        threw TooLong()
        caught TooLong()

        """, "\(ran.stderr)")
  }

  @Test(arguments: ["debug", "release"])
  func resultsAreReplaced(_ configuration: String) async throws {
    try workspace.copy("Programs/shapes.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", telling("Doubling"), "shapes.swift")
    #expect(ran.stdout == "12.0\ncaught TooLong()\n")
  }

  @Test(arguments: ["debug", "release"], ["Trapping", "Overflowing"])
  func aHookThatTrapsIsNamed(_ configuration: String, _ type: String) async throws {
    try workspace.copy("Programs/threads.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", telling(type), "threads.swift")
    #expect(ran.stderr.contains("Telling.swift:\(type)' trapped in willCall at "), "\(ran.stderr)")
    // The 28th event, which overflows the other, may have no line.
    #expect(type == "Overflowing" || ran.stderr.contains("threads.swift:12:13"), "\(ran.stderr)")
    guard case .signaled = ran.termination else {
      Issue.record("the program was not ended by a signal: \(ran)")
      return
    }
  }

  /// Otherwise a test that reads what a program of its package prints would fail.
  @Test func aProgramStartedByAnInstrumentedOneIsQuiet() async throws {
    try workspace.copy("Programs/spawn.swift")
    try workspace.copy("Programs/shapes.swift")
    _ = try await workspace.rayc("build", "-o", "shapes", "shapes.swift")
    let alone = try await workspace.run("./shapes", [])
    #expect(alone.stderr.contains("rayc count: "))
    let started = try await workspace.rayc(
      "run", "-W", context("Silent"), "spawn.swift", "--", "./shapes; true")
    #expect(started.stdout == alone.stdout)
    #expect(started.stderr == "")
  }

  /// AddressSanitizer's own code in the program is no event, and it names the program's line.
  @Test func addressSanitizerFindsWhatItFindsInThePlainProgram() async throws {
    try workspace.write(
      """
      let p = UnsafeMutablePointer<Int>.allocate(capacity: 2)
      p[CommandLine.argc > 5 ? 1 : 2] = 3
      print(p[1])
      """, "overrun.swift")
    let ran = try await workspace.rayc("run", "-Xswiftc", "-sanitize=address", "overrun.swift")
    #expect(ran.stderr.contains("ERROR: AddressSanitizer: heap-buffer-overflow"), "\(ran.stderr)")
    #expect(ran.stderr.contains("overrun.swift:2"))
    #expect(ran.stdout == "")
  }
}
