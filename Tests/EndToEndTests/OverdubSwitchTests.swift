import Testing

/// What switches extents off: `disabled`, `isEnabled`, `RAYC_DISABLE`.
@Suite struct OverdubSwitchTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/extentswitches.swift")
  }

  /// `step(9)` is ten calls, `step(4)` five; the tens are what should not be seen.
  private static let expected = """
    enabled: true
    inside: 10
    disabled: 10
    disabled twice: 0
    disabled, called back: 0
    caught disabled, thrown through: 5
    disabled, thread: 0
    disabled, async: 5
    disabled, tasks: 5
    inner: 0, overdub in disabled: 0
    isEnabled = false: 10
    isEnabled = false inside: 10

    """

  @Test(arguments: ["debug", "release"])
  func theyHoldInsideAnExtent(_ configuration: String) async throws {
    let built = try await workspace.rayc(
      "build", "-c", configuration, "-o", "p", "extentswitches.swift")
    try #require(built.termination == .exited(0), "\(built.stderr)")
    let ran = try await workspace.run("./p", [])
    #expect(ran == Outcome(stdout: Self.expected, stderr: "", termination: .exited(0)))
    let off = try await workspace.run("./p", [], environment: ["RAYC_DISABLE": "1"])
    #expect(
      off
        == Outcome(
          stdout: Self.expected.replacing(/\d+(?=[,\n])/, with: "0")
            .replacing("enabled: true", with: "enabled: false"), stderr: "",
          termination: .exited(0)))
  }
}
