import Testing

/// The dynamic scope: only what an extent is opened for is observed.
@Suite struct ScopeTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/extent.swift")
    try workspace.write(Self.calls, "calls.swift")
  }

  /// Counts the calls of `work`.
  private static let calls = """
    import Ray
    struct Calls: RayContext {
      var calls = 0
      mutating func willCall(_ site: Site, _ arguments: Arguments) {
        if site.shortCallee.hasSuffix(".work(_:)") { calls += 1 }
      }
      mutating func merge(_ other: Calls) { calls += other.calls }
      func finish() { print("\\(calls) calls of work") }
    }
    """

  /// Without `import Ray` the program has no extents of its own.
  private func makePlain() throws {
    try workspace.write(
      """
      @inline(never) func work(_ depth: Int) -> Int {
        depth == 0 ? 1 : work(depth - 1) + work(depth - 1)
      }
      @inline(never) func parse(_ depth: Int) -> Int { work(depth) }
      @inline(never) func render(_ depth: Int) -> Int { work(depth) }
      print(parse(4), render(1))
      """, "plain.swift")
  }

  @Test(arguments: ["program", "dynamic"], ["debug", "release"])
  func aProgramHasContextsOfItsOwn(_ scope: String, _ configuration: String) async throws {
    let ran = try await workspace.rayc(
      "run", "--scope", scope, "-c", configuration, "extent.swift")
    #expect(
      ran == Outcome(stdout: "8 4 15\n16 2\n", stderr: "", termination: .exited(0)))
  }

  @Test func itRunsWithoutRayc() async throws {
    let compiled = try await workspace.run("swiftc", ["extent.swift", "-o", "plain"])
    #expect(compiled.termination == .exited(0), "\(compiled.stderr)")
    #expect(try await workspace.run("./plain", []).stdout == "8 4\n16 2\n")
  }

  @Test(arguments: [
    (["--scope", "program"], "34 calls of work"),
    (["--scope", "dynamic"], "0 calls of work"),
    (["--trigger", "parse"], "31 calls of work"),
    (["--trigger", "render(_:)", "--trigger", "nothing"], "3 calls of work"),
    (["--trigger", "parse", "--trigger", "render"], "34 calls of work"),
    (["--trigger", "main"], "34 calls of work"),
  ])
  func aTriggerOpensTheExtent(_ options: [String], _ expected: String) async throws {
    try makePlain()
    let ran = try await workspace.run(
      Toolkit.rayc, ["run", "-W", "calls.swift:Calls"] + options + ["plain.swift"])
    #expect(ran == Outcome(stdout: "16 2\n\(expected)\n", stderr: "", termination: .exited(0)))
  }
}
