import Testing

/// Extents in odd places, and tasks inside and outside that meet.
@Suite struct OverdubTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/extents.swift")
  }

  @Test(arguments: ["debug", "release"])
  func theCountsAreExact(_ configuration: String) async throws {
    let ran = try await workspace.rayc("run", "-c", configuration, "extents.swift")
    #expect(ran.stdout == Self.expected)
    #expect(ran.stderr == "")
    #expect(ran.termination == .exited(0))
  }

  private static let expected = """
    nested: 29
    in a property: 5
    in an array: [0, 5]
    threw through both: 5 5
    in a deinit: 5
    from generic code: 4 5
    a class as a context: true
    resumed together: 102 105, 3
    consumer inside, producer outside: 5050, 200
    200 extents on one actor: 800, 600
    tasks of tasks: failure(extents.Thrown()), 2
    outliving task: 5, 0

    """
}
