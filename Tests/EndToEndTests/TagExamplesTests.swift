import Foundation
import Testing

/// Contexts of Examples that tag values print what their comments say.
@Suite struct TagExamplesTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path()

  /// The command is the comment's: `///     $ rayc run -W 'Examples/A.swift:A 3' Examples/B.swift`.
  @Test(arguments: ["NaNOrigin", "DependsOn", "Intervals"], ["debug", "release"])
  func itPrintsWhatItSays(_ name: String, _ configuration: String) async throws {
    let prefix = "///     "
    let lines = try String(contentsOfFile: "\(Self.root)/Examples/\(name).swift", encoding: .utf8)
      .components(separatedBy: "\n")
    let command = try #require(lines.firstIndex { $0.hasPrefix(prefix + "$ rayc run -W ") })
    let words = lines[command].components(separatedBy: " -W ")[1]
    let isQuoted = words.hasPrefix("'")
    let parts = words.split(separator: isQuoted ? "'" : " ")
    let context = parts[0]
    let program = parts[1].trimmingCharacters(in: .whitespaces)
    let expected = lines[(command + 1)...].prefix { $0.hasPrefix(prefix) }
      .map { $0.dropFirst(prefix.count) + "\n" }.joined()
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", "\(Self.root)/\(context)", "\(Self.root)/\(program)")
    #expect(ran == Outcome(stdout: expected, stderr: "", termination: .exited(0)))
  }
}
