import Foundation
import Testing

/// `swift package rayc …` in a package that depends on rayc.
@Suite(.serialized) struct PluginTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path()
    try workspace.makeFolder("tool/Sources/tool")
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "tool",
        dependencies: [.package(name: "rayc", path: "\(checkout)")],
        targets: [.executableTarget(name: "tool")])
      """, "tool/Package.swift")
    try workspace.write(
      """
      import Glibc
      print(readLine() ?? "no input", CommandLine.arguments.dropFirst())
      if CommandLine.arguments.count > 1 { exit(3) }
      """, "tool/Sources/tool/main.swift")
  }

  private func swiftPackage(
    _ arguments: String, home: String = Toolkit.home
  ) async throws -> Outcome {
    // Two writers to one file: SwiftPM's streams are shared, not opened again.
    let outcome = try await workspace.run(
      "sh",
      [
        "-c",
        "cd tool && (echo in | swift package rayc \(arguments); echo status $?) >../out 2>../err",
      ], environment: ["RAYC_HOME": home])
    #expect(outcome.termination == .exited(0))
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: workspace.path(name), encoding: .utf8)
    }
    return Outcome(
      stdout: try text("out"), stderr: try text("err"), termination: outcome.termination)
  }

  @Test func runsTheInstalledRayc() async throws {
    let contexts = try await swiftPackage("list contexts")
    #expect(contexts.stdout.hasPrefix("count\n"), "\(contexts)")
    #expect(contexts.stdout.hasSuffix("status 0\n"))

    let run = try await swiftPackage("run --product tool -W 'count --top 1'")
    #expect(run.stdout == "in []\nstatus 0\n", "\(run)")
    #expect(run.stderr.contains("rayc count: "), "\(run)")

    let failing = try await swiftPackage("run --product tool -W 'count --top 1' -- a")
    #expect(failing.stdout == "in [\"a\"]\nstatus 1\n", "\(failing)")
    #expect(failing.stderr.contains("error: rayc ended with status 3"))
  }

  @Test func saysWhereRaycComesFrom() async throws {
    let missing = try await swiftPackage("list contexts", home: "/nowhere")
    #expect(missing.stdout == "status 1\n", "\(missing)")
    #expect(missing.stderr.contains("'scripts/install --prefix DIR'"), "\(missing)")
    #expect(missing.stderr.contains("RAYC_HOME"))
  }
}
