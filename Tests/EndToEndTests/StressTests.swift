import Testing

/// Extents on many threads at once.
@Suite struct StressTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/stress.swift")
  }

  /// 64 threads and 10,000 tasks share the machine's few threads; half of the work nests.
  @Test(arguments: ["debug", "release"])
  func everyContextIsExact(_ configuration: String) async throws {
    let built = try await workspace.rayc(
      "build", "-c", configuration, "-o", "stress", "stress.swift")
    try #require(built.termination == .exited(0), "\(built.stderr)")
    for _ in 0..<2 {
      let ran = try await workspace.run("./stress", [])
      #expect(
        ran
          == Outcome(
            stdout: """
              alone: true true
              threads: 64, wrong: 0
              tasks: 10000, wrong: 0

              """, stderr: "", termination: .exited(0)))
    }
  }
}
