import Foundation
import Testing

/// Sanitizers find what they find in the plain program, and nothing else.
@Suite struct SanitizerTests {
  let workspace: Workspace
  let modes: Modes

  init() throws {
    workspace = try Workspace()
    modes = Modes(workspace: workspace)
  }

  /// Debug builds crashed in the continuation of an async function.
  @Test(arguments: ["address", "thread"], ["-Onone", "-O"])
  func aCleanProgramIsClean(_ sanitizer: String, _ level: String) async throws {
    try workspace.copy("Programs/Modes/everything.swift")
    try await modes.expectSame([
      "-sanitize=\(sanitizer)", level, "-g", "-parse-as-library", "everything.swift",
    ])
  }

  @Test func memoryThatWasGivenBackIsFound() async throws {
    try workspace.copy("Programs/Modes/freed.swift")
    for run in try await modes.runs(["-sanitize=address", "-g", "freed.swift"]) {
      #expect(run.instrumented.termination == run.plain.termination, "\(run.scope)")
      #expect(run.instrumented.stdout == run.plain.stdout)
      #expect(run.plain.stderr.contains("heap-use-after-free"))
      #expect(summary(run.instrumented) == summary(run.plain))
      #expect(frames(run.instrumented) == frames(run.plain))
    }
  }

  /// The runtime's locks kept threads in step that the program does not keep in step.
  @Test func aRaceIsFound() async throws {
    try workspace.copy("Programs/Modes/race.swift")
    for run in try await modes.runs(["-sanitize=thread", "-g", "race.swift"]) {
      #expect(run.instrumented.termination == run.plain.termination, "\(run.scope)")
      #expect(run.instrumented.stdout == run.plain.stdout)
      #expect(run.plain.stderr.contains("Swift access race"))
      #expect(run.instrumented.stderr.contains("Swift access race"))
      #expect(frames(run.instrumented).contains { $0.contains("bump") })
      #expect(!run.instrumented.stderr.contains("rayc_"), "\(run.instrumented.stderr)")
    }
  }

  private func summary(_ outcome: Outcome) -> String? {
    let found = outcome.stderr.split(separator: "\n").first { $0.hasPrefix("SUMMARY: ") }
    return found.map(withoutTwins)
  }

  /// A twin's symbol is the function's with an ending.
  private func withoutTwins(_ line: Substring) -> String {
    line.replacingOccurrences(of: ".rayc", with: "")
  }

  /// The frames in the program's sources: function and place, without addresses.
  private func frames(_ outcome: Outcome) -> [String] {
    outcome.stderr.split(separator: "\n").compactMap { line in
      guard line.contains("    #"), line.contains(".swift:"), let start = line.firstIndex(of: "$")
      else { return nil }
      return withoutTwins(line[start...]).split(separator: " ").prefix(2).joined(separator: " ")
    }
  }
}
