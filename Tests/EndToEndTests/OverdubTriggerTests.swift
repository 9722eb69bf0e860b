import Testing

/// `--trigger`: every call of a function is an extent, and the source knows nothing of it.
@Suite(.serialized) struct OverdubTriggerTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.makeFolder("pkg/Sources/App")
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(name: "pkg", targets: [.executableTarget(name: "App")])
      """, "pkg/Package.swift")
    try workspace.write(
      """
      struct Failed: Error {}
      @inline(never) func step(_ n: Int) -> Int { n == 0 ? 0 : one + step(n - 1) }
      nonisolated(unsafe) var one = 1

      struct Parser {
        @inline(never) func parse(_ n: Int) throws -> Int {
          if n > 5 { throw Failed() }
          return step(9) + (n > 0 ? try parse(n - 1) : 0)
        }
        @inline(never) func load(_ n: Int) async throws -> String {
          await Task.yield()
          if n > 5 { throw Failed() }
          return "\\(step(99)) \\(await Task { step(99) }.value)"
        }
      }
      """, "pkg/Sources/App/Parsing.swift")
    try workspace.write(
      """
      let parser = Parser()
      print(step(0), try parser.parse(2), step(0))
      do { _ = try parser.parse(6) } catch { print(error) }
      print(try await parser.load(1), step(0))
      do { _ = try await parser.load(6) } catch { print(error, step(0)) }
      """, "pkg/Sources/App/main.swift")
    try workspace.write(
      """
      import Ray
      struct Steps: RayContext {
        var count = 0
        mutating func willCall(_ site: Site, _ arguments: Arguments) {
          if site.calleeMangled.contains("4step") { count += 1 }
        }
        mutating func merge(_ other: Steps) { count += other.count }
        func finish() { print("\\(count) steps") }
      }
      """, "Steps.swift")
  }

  private func run(
    _ what: [String], _ triggers: [String], _ configuration: String = "debug",
    environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await workspace.run(
      Toolkit.rayc,
      ["run", "-q", "-c", configuration, "-W", "Steps.swift:Steps"]
        + triggers.flatMap { ["--trigger", $0] } + what, environment: environment)
  }

  private let files = ["pkg/Sources/App/Parsing.swift", "pkg/Sources/App/main.swift"]
  private let package = ["--package-path", "pkg"]
  private static let output = "0 27 0\nFailed()\n99 99 0\nFailed() 0\n"

  @Test(arguments: [
    (["Parser.parse(_:)"], "debug", 30),
    (["Parser.load(_:)"], "debug", 200),
    (["/Parser.*(parse|load)/"], "release", 230),
    // The call that opens an extent comes from outside.
    (["step", "Parser.load(_:)"], "debug", 227),
    (["main"], "debug", 234),
    (["main"], "release", 234),
    (["Missing.parse(_:)"], "debug", 0),
  ])
  func eachCallIsAnExtent(
    _ triggers: [String], _ configuration: String, _ steps: Int
  ) async throws {
    let ran = try await run(files, triggers, configuration)
    #expect(
      ran
        == Outcome(stdout: Self.output + "\(steps) steps\n", stderr: "", termination: .exited(0)))
  }

  @Test func theEnvironmentSwitchesThemOff() async throws {
    let ran = try await run(files, ["main"], environment: ["RAYC_DISABLE": "1"])
    #expect(ran == Outcome(stdout: Self.output, stderr: "", termination: .exited(0)))
  }

  /// SwiftPM gives the function main another name.
  @Test(arguments: [(["Parser.parse(_:)", "Parser.load(_:)"], 230), (["main"], 234)])
  func inAPackageToo(_ triggers: [String], _ steps: Int) async throws {
    let ran = try await run(package, triggers)
    #expect(ran.stdout == Self.output + "\(steps) steps\n", "\(ran.stderr)")
  }
}
