import Testing

/// What a program that imports Ray says to its context: `isEnabled`, `disabled`, and what its
/// user says with `RAYC_DISABLE`.
@Suite struct SwitchTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/switches.swift")
  }

  private func run(
    _ part: String, _ configuration: String, _ type: String = "Totals",
    environment: [String: String] = [:]
  ) async throws -> Outcome {
    // The Swift compiler would inline `work` into itself.
    try await workspace.rayc(
      "run", "-c", configuration, "-Xswiftc", "-Xllvm", "-Xswiftc", "-sil-disable-pass=inline",
      "-W", "'\(Workspace.fixture("Contexts/Telling.swift")):\(type)'", "switches.swift", "--",
      part,
      environment: environment)
  }

  @Test(arguments: ["debug", "release"])
  func whatDisabledRunsIsNotSeen(_ configuration: String) async throws {
    let ran = try await run("disabled", configuration)
    #expect(ran.stdout == "3\n60\n3\nwork: 8\n", "\(ran.stderr)")
  }

  @Test(arguments: ["debug", "release"])
  func whatDisabledThrowsIsThrownAndEndsIt(_ configuration: String) async throws {
    let ran = try await run("throwing", configuration)
    #expect(ran.stdout == "10\nThrown()\n3\nwork: 4\n", "\(ran.stderr)")
  }

  /// The function that turns the switch sees the effect at once.
  @Test(arguments: ["debug", "release"])
  func theProcessIsSwitchedOffAndOn(_ configuration: String) async throws {
    let ran = try await run("process", configuration)
    #expect(ran.stdout == "3 true\n10 false\n3 true\nwork: 8\n", "\(ran.stderr)")
  }

  /// `disabled` holds for its thread and what that starts, `isEnabled` for all threads, also
  /// for those that come.
  @Test(arguments: ["debug", "release"])
  func threadsAreSwitchedApartAndTogether(_ configuration: String) async throws {
    let ran = try await run("threads", configuration)
    #expect(ran.stdout == "10\n3\n20\n30\n3\nwork: 4\n", "\(ran.stderr)")
  }

  /// A hook that changes values has no effect while its thread is off: 60 comes out of the
  /// closure, and is changed as the result of `disabled` itself.
  @Test(arguments: ["debug", "release"])
  func valuesAreTheProgramsOwn(_ configuration: String) async throws {
    let ran = try await run("disabled", configuration, "Adding")
    #expect(ran.stdout == "made\n403\n160\n403\nadded\n", "\(ran.stderr)")
  }

  /// A site that a hook disables has no events any more.
  @Test(arguments: ["debug", "release"])
  func eachSiteIsSeenOnce(_ configuration: String) async throws {
    let ran = try await run("throwing", configuration, "Once")
    let calls = ran.stdout.split(separator: "\n").filter { $0.contains(":") }
    #expect(Set(calls).count == calls.count && calls.count == 2, "\(ran.stdout)\(ran.stderr)")
  }

  /// No context is made, none finishes, and the switch stays off.
  @Test(arguments: ["Totals", "Adding"])
  func theEnvironmentSwitchesEverythingOff(_ type: String) async throws {
    let ran = try await run("process", "debug", type, environment: ["RAYC_DISABLE": "1"])
    #expect(ran.stdout == "3 false\n10 false\n3 false\n")
    #expect(ran.stderr == "")
    let off = try await run("process", "debug", "Totals", environment: ["RAYC_DISABLE": "0"])
    #expect(off.stdout == "3 true\n10 false\n3 true\nwork: 8\n")
  }

  /// A plain build of a program that imports Ray links and runs, and nothing is switched.
  @Test func aProgramThatRaycDidNotBuildRuns() async throws {
    let library = Toolkit.home + "/lib/rayc"
    let compiled = try await workspace.run(
      "swiftc",
      [
        "-I\(library)", "-I\(library)/include", "switches.swift", library + "/libRay.a", "-o",
        "plain",
      ])
    try #require(compiled.termination.isSuccess, "\(compiled.stderr)")
    let ran = try await workspace.run("./plain", ["process"])
    #expect(ran.stdout == "3 false\n10 false\n3 false\n")
    #expect(ran.stderr == "")
  }
}
