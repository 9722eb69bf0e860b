import Testing

/// Several `-W`: one behind the other, each with its own arguments and its own value.
@Suite struct StackTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write(
      """
      @inline(never) func answer(_ n: Int) -> Int { n + 1 }
      print(answer(20))
      """, "answer.swift")
  }

  private func stacked(_ spec: String) -> String {
    let (type, arguments) = (spec.prefix { $0 != " " }, spec.drop { $0 != " " })
    return "\(Workspace.fixture("Contexts/Stacked.swift")):\(type)\(arguments)"
  }

  /// Life and events in the order of the command line; the same type may be there twice.
  @Test(arguments: ["debug", "release"])
  func eachSeesWhatTheOneBeforeReturned(_ configuration: String) async throws {
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", stacked("Noting a b"), "-W", stacked("Doubling"), "-W",
      stacked("Noting c"), "answer.swift")
    #expect(
      ran.stdout == """
        noting ["a", "b"]
        doubling
        noting ["c"]
        ["a", "b"] saw 21
        ["c"] saw 42
        42
        noted ["a", "b"]
        doubled 1
        noted ["c"]

        """, "\(ran.stderr)")
  }

  @Test func theContextThatCannotBeMadeIsNamed() async throws {
    let refused = try await workspace.rayc(
      "run", "-W", stacked("Doubling"), "-W", stacked("Noting bad"), "answer.swift")
    #expect(refused.stderr.contains("Stacked.swift:Noting': not these words"), "\(refused.stderr)")
    #expect(refused.termination == .exited(1))
    let surplus = try await workspace.rayc(
      "run", "-W", stacked("Noting"), "-W", stacked("Doubling x"), "answer.swift")
    #expect(
      surplus.stderr.contains("Stacked.swift:Doubling': it takes no arguments"),
      "\(surplus.stderr)")
  }
}
