import Foundation
import Testing

/// C and C++ targets of packages: callbacks, variadics, `longjmp`, exceptions, Swift functions
/// that C calls, by names of their own and as a header declares them (`@_cdecl`, `@c`).
@Suite(.serialized) struct CTargetTests {
  let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.copy("CPackage", as: "pkg")
  }

  private static let output = "(9, [1, 2, 3]) (-7, [1])\n18 7\n9\n"

  private func plain(_ configuration: String) async throws -> Outcome {
    let built = try await workspace.run(
      "swift", ["build", "--package-path", "pkg", "--scratch-path", "plain", "-c", configuration])
    try #require(built.termination == .exited(0), "\(built.stdout)")
    return try await workspace.run("./plain/\(configuration)/App", [])
  }

  /// How often a function of the C target had an event.
  private func events(_ function: String) throws -> Int {
    let text = try String(contentsOfFile: workspace.path("counts.json"), encoding: .utf8)
    return text.components(separatedBy: "\"function\": \"\(function)").count - 1
  }

  @Test(arguments: ["debug", "release"])
  func areTheSameWithAndWithoutTheirEvents(_ configuration: String) async throws {
    let plain = try await plain(configuration)
    #expect(plain.stdout == Self.output)
    for scope in Modes.scopes {
      let without = try await instrumented(["-c", configuration] + scope.options)
      #expect(without == plain, "\(scope.name)")
      #expect(try events("visit\"") == 0)
      #expect(try events("longest\"") == 0)
      let with = try await instrumented(["-c", configuration, "--c"] + scope.options)
      #expect(with == plain, "\(scope.name)")
      #expect(try events("visit\"") > 0)
      #expect(try events("longest\"") > 0)
    }
  }

  private func instrumented(_ options: [String]) async throws -> Outcome {
    try await workspace.run(
      Toolkit.rayc,
      [
        "run", "--package-path", "pkg", "-W", Modes.identity, "-W",
        "count --json '\(workspace.path("counts.json"))'",
      ] + options)
  }

  @Test func anySwiftBuildInstrumentsThem() async throws {
    let contexts = ["-W", Modes.identity, "-W", "count --json '\(workspace.path("counts.json"))'"]
    let said = try await workspace.run(
      Toolkit.rayc, ["env", "--c", "--format", "json"] + contexts)
    let variables = try JSONDecoder().decode([String: String].self, from: Data(said.stdout.utf8))
    let built = try await workspace.run(
      "swift", ["build", "--package-path", "pkg", "--scratch-path", "scratch"],
      environment: variables)
    try #require(built.termination == .exited(0), "\(built.stdout)")
    let ran = try await workspace.run("./scratch/debug/App", [])
    #expect(ran.stdout == Self.output)
    #expect(try events("visit\"") > 0)
    #expect(try events("longest\"") > 0)
  }

  @Test func sitesHavePlaces() async throws {
    let listed = try await workspace.rayc(
      "list", "sites", "--c", "--package-path", "pkg", "--build-system", "swiftbuild")
    #expect(listed.termination == .exited(0), "\(listed.stderr)")
    #expect(listed.stdout.contains("counting.c:16:"))
    #expect(listed.stdout.contains("longest.cpp:17:"))
  }

  @Test func filesHaveNoCTargets() async throws {
    try workspace.write("print(1)", "p.swift")
    let refused = try await workspace.rayc("run", "--c", "p.swift")
    #expect(refused.termination == .exited(64))
    #expect(refused.stderr.contains("'--c' is for packages"))
  }
}
