import Foundation
import Testing

/// The examples print what their head comments say.
@Suite struct OverdubExamplesTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private func example(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/\(name).swift").path()
  }

  /// What stands below the command in the head comment.
  private func expected(_ name: String) throws -> String {
    let lines = try String(contentsOfFile: example(name), encoding: .utf8)
      .components(separatedBy: "\n")
    let command = try #require(lines.firstIndex { $0.hasPrefix("//   $ rayc run ") })
    return lines[(command + 1)...].prefix { $0.hasPrefix("//   ") }
      .map { $0.dropFirst(5) + "\n" }.joined()
  }

  // At -O, the call of reduce in Overdub.swift is computed by the compiler.
  @Test(arguments: [
    ("Overdub", "debug"), ("NestedContexts", "debug"), ("NestedContexts", "release"),
    ("AsyncOverdub", "debug"), ("AsyncOverdub", "release"),
  ])
  func itPrintsWhatItSays(_ name: String, _ configuration: String) async throws {
    let ran = try await workspace.rayc(
      "run", "-c", configuration, example(name))
    #expect(
      try ran == Outcome(stdout: expected(name), stderr: "", termination: .exited(0)))
  }
}
