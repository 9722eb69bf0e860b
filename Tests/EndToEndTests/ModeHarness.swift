import Foundation
import Subprocess
import Testing

/// Builds a program plainly and under the identity context, in place and as twins.
struct Modes {
  let workspace: Workspace

  static let scopes = [
    (name: "in-place", options: ["--scope", "program"]),
    (name: "twins", options: ["--trigger", "main"]),
  ]

  /// Gives every result and every loaded value back through memory.
  static let identity: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return "'\(root.appending(path: "Corpus/Contexts/Identity.swift").path()):Identity'"
  }()

  /// Tells by a file that an event was seen.
  static func witness(_ file: String) -> String {
    "'\(Workspace.fixture("Contexts/Witness.swift")):Witness' '\(file)'"
  }

  /// One scope's run beside the plain one.
  struct Run {
    var scope: String
    var plain: Outcome
    var instrumented: Outcome
  }

  /// Compiles with swiftc and with `rayc swiftc`, runs all, and checks that events were seen.
  func runs(_ arguments: [String], environment: [String: String] = [:]) async throws -> [Run] {
    let built = try await workspace.run("swiftc", arguments + ["-o", "plain"])
    try #require(built.termination == .exited(0), "\(built.stderr)")
    let plain = try await workspace.run("./plain", [], environment: environment)
    var runs: [Run] = []
    for scope in Self.scopes {
      let seen = workspace.path("seen-\(scope.name)")
      let contexts = ["-W", Self.identity, "-W", Self.witness(seen)]
      // One name: sanitizers' reports have the module's.
      let instrumented = try await workspace.run(
        Toolkit.rayc,
        ["swiftc"] + contexts + scope.options + ["--"] + arguments
          + ["-module-name", "plain", "-o", scope.name])
      try #require(instrumented.termination == .exited(0), "\(instrumented.stderr)")
      let run = try await workspace.run("./\(scope.name)", [], environment: environment)
      #expect(FileManager.default.fileExists(atPath: seen), "no event, \(scope.name)")
      runs.append(Run(scope: scope.name, plain: plain, instrumented: run))
    }
    return runs
  }

  /// Expects the same output, status and signal.
  func expectSame(_ arguments: [String]) async throws {
    for run in try await runs(arguments) {
      #expect(run.instrumented == run.plain, "\(run.scope)")
    }
  }
}
