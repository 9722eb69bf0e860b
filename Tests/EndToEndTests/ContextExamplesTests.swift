import Foundation
import Testing

/// Contexts of Examples print what their comments say, with the program that the comment names.
@Suite struct ContextExamplesTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples").path()

  /// `MoveIt` works on a function, optimised or not; the others on calls that the optimiser of a
  /// file this small leaves none of.
  @Test(arguments: [
    ("MoveIt", "debug"), ("MoveIt", "release"), ("NaNGuard", "debug"), ("Numbers", "debug"),
  ])
  func itPrintsWhatItSays(_ name: String, _ configuration: String) async throws {
    let prefix = "///     "
    let lines = try String(contentsOfFile: "\(Self.examples)/\(name).swift", encoding: .utf8)
      .components(separatedBy: "\n")
    let command = try #require(lines.firstIndex { $0.hasPrefix(prefix + "$ rayc run -W ") })
    let program = try #require(lines[command].split(separator: " ").last)
    let expected = lines[(command + 1)...].prefix { $0.hasPrefix(prefix) }
      .map { $0.dropFirst(prefix.count) + "\n" }.joined()
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", "'\(Self.examples)/\(name).swift:\(name)'",
      "\(Self.examples)/\(program.split(separator: "/").last!)")
    #expect(ran == Outcome(stdout: expected, stderr: "", termination: .exited(0)))
  }
}
