import Testing

/// Inside an extent every call by address asks what lies in front of the function: also where
/// nothing can be read, and where another function was before.
@Suite struct PointerTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/pointers.swift")
    try workspace.copy("Programs/Plugin.swift")
    try workspace.write(Self.calls, "calls.swift")
  }

  /// Looks at no site, so that a library may go.
  private static let calls = """
    import Ray
    struct Calls: RayContext {
      var calls = 0
      mutating func willCall(_ site: Site, _ arguments: Arguments) { calls += 1 }
      mutating func merge(_ other: Calls) { calls += other.calls }
    }
    """

  private static let options = ["-emit-library", "-module-name", "Plugin", "Plugin.swift"]

  private func makePlugin(_ compiler: [String]) async throws {
    let made = try await workspace.run(
      compiler[0], compiler.dropFirst() + Self.options + ["-o", "libPlugin.so"])
    try #require(made.termination == .exited(0), "\(made.stderr)")
  }

  private func expectSameOutput(_ options: [String]) async throws {
    let ran = try await workspace.run(Toolkit.rayc, ["run"] + options + ["pointers.swift"])
    #expect(ran.stdout == "42 42\n42 42\n42\n42\n42\n42\n42\n42\n", "\(ran.stderr)")
    #expect(ran.termination == .exited(0))
  }

  @Test(arguments: [
    ["--trigger", "main"], ["--trigger", "main", "-c", "release"], ["--scope", "program"],
  ])
  func codeOfNoTwinsIsCalled(_ options: [String]) async throws {
    try await makePlugin(["swiftc"])
    try await expectSameOutput(options + ["-W", "calls.swift:Calls"])
  }

  @Test(
    arguments: ["calls.swift:Calls", "count"], [["--trigger", "main"], ["--scope", "program"]])
  func aLibraryWithTwinsComesAndGoes(_ context: String, _ scope: [String]) async throws {
    try await makePlugin([Toolkit.rayc, "swiftc", "-W", context] + scope + ["--"])
    try await expectSameOutput(scope + ["-W", context])
  }

  /// What has been counted in a library is told at the end, when the program has closed it.
  @Test func theSitesOfAClosedLibraryAreKept() async throws {
    let context = "count --top 500"
    try await makePlugin([Toolkit.rayc, "swiftc", "-W", context, "--"])
    let ran = try await workspace.rayc("run", "-W", context, "pointers.swift")
    #expect(ran.stderr.contains("Plugin.add(_:_:) from Plugin.triple(_:)"), "\(ran.stderr)")
  }
}
