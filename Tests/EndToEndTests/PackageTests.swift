import Foundation
import Subprocess
import Testing

/// Packages with a C target, a plugin, a library, an executable and tests.
@Suite(.serialized) struct PackageTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Package", as: "pkg")
  }

  @Test(arguments: ["native", "swiftbuild"])
  func runsAndBuildsNothingTwice(_ system: String) async throws {
    let arguments = [
      "run", "--package-path", "pkg", "--build-system", system, "--product", "app", "-W",
      context("Talking"),
    ]
    let first = try await workspace.run(Toolkit.rayc, arguments + ["--", "x"])
    #expect(
      first == Outcome(stdout: "app 42 3\ntalking: true []\n", stderr: "", termination: .exited(0)))
    // SwiftPM itself links a plugin's tool once more in the second build.
    _ = try await workspace.run(Toolkit.rayc, arguments)
    let before = objects()
    #expect(!before.isEmpty)
    let third = try await workspace.run(Toolkit.rayc, arguments)
    #expect(third.stdout == "app 42 1\ntalking: true []\n")
    #expect(objects() == before)
    // The tool that the plugin runs is not instrumented.
    #expect(!workspace.files(below: "pkg/.build").contains { $0.contains(".rayc-") })
  }

  @Test func changedArgumentsLinkAgainAndNoMore() async throws {
    func run(_ more: String) async throws -> Outcome {
      try await workspace.rayc(
        "run", "--package-path", "pkg", "--product", "app", "-W", context("Talking") + more)
    }
    #expect(try await run(" one").stdout == "app 42 1\ntalking: true [\"one\"]\n")
    _ = try await run(" one")
    let before = objects()
    #expect(try await run(" two").stdout == "app 42 1\ntalking: true [\"two\"]\n")
    #expect(objects() == before)
    #expect(try await run(" one").stdout == "app 42 1\ntalking: true [\"one\"]\n")
  }

  @Test(arguments: [("native", "debug"), ("swiftbuild", "debug"), ("native", "release")])
  func testsPass(_ system: String, _ configuration: String) async throws {
    let flags = configuration == "release" ? ["-Xswiftc", "-enable-testing"] : []
    let outcome = try await workspace.run(
      Toolkit.rayc,
      [
        "test", "--package-path", "pkg", "--build-system", system, "-c", configuration, "-W",
        context("Silent"),
      ] + flags)
    #expect(outcome.termination == .exited(0), "\(outcome.stderr)")
    #expect((outcome.stdout + outcome.stderr).contains("Executed 1 test, with 0 failures"))
    #expect((outcome.stdout + outcome.stderr).contains("Test run with 1 test"))
  }

  /// Both libraries run tests on threads of their own, and find them by tables.
  @Test func testsAreInsideTheWholeRunsExtent() async throws {
    func counts(_ scope: String...) async throws -> [Substring] {
      let arguments = ["test", "--package-path", "pkg", "-W", "count"] + scope
      let outcome = try await workspace.run(Toolkit.rayc, arguments)
      #expect(outcome.termination == .exited(0), "\(outcome.stderr)")
      return (outcome.stdout + outcome.stderr).split(separator: "\n")
        .filter { $0.hasPrefix("rayc count:") }
    }
    let inPlace = try await counts()
    #expect(inPlace.count == 2)
    #expect(try await counts("--scope", "dynamic", "--trigger", "main") == inPlace)
  }

  @Test func twoAtOnceAreSafe() async throws {
    async let first = workspace.rayc(
      "run", "--package-path", "pkg", "--product", "app", "-W", context("Talking") + " 1")
    async let second = workspace.rayc(
      "run", "--package-path", "pkg", "--product", "app", "-W", context("Talking") + " 2")
    let outcomes = try await [first, second]
    #expect(
      outcomes.map(\.stdout) == [
        "app 42 1\ntalking: true [\"1\"]\n", "app 42 1\ntalking: true [\"2\"]\n",
      ])
    #expect(outcomes.map(\.stderr).joined().contains("waiting for another rayc"))
  }

  @Test func buildsToAFileThatRunsAlone() async throws {
    let built = try await workspace.rayc(
      "build", "--package-path", "pkg", "--product", "app", "-o", "out", "-W", context("Talking"))
    #expect(built.termination == .exited(0), "\(built.stderr)")
    #expect(try await workspace.run("./out", []).stdout == "app 42 1\ntalking: true []\n")
  }

  @Test func aMissingProductIsNamed() async throws {
    let outcome = try await workspace.rayc("run", "--package-path", "pkg", "--product", "ap")
    #expect(outcome.termination == .exited(1))
    #expect(outcome.stderr.contains("no executable product 'ap'"))
    #expect(outcome.stderr.contains("did you mean 'app'?"))
  }

  @Test func aCompileErrorIsShown() async throws {
    try workspace.write("public func broken() -> Int { \"x\" }", "pkg/Sources/Lib/Broken.swift")
    let outcome = try await workspace.rayc("run", "--package-path", "pkg", "--product", "app")
    #expect(outcome.termination == .exited(1))
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.contains("cannot convert return expression of type 'String'"))
  }

  @Test func anySwiftBuildCanUseIt() async throws {
    let environment = try await workspace.rayc("env", "--format", "json", "-W", context("Talking"))
    let variables = try JSONDecoder().decode(
      [String: String].self, from: Data(environment.stdout.utf8))
    let scratch = try #require(variables["RAYC_SCRATCH_PATH"])
    let built = try await workspace.run(
      "swift", ["build", "--package-path", "pkg", "--scratch-path", scratch, "--product", "app"],
      environment: variables)
    #expect(built.termination == .exited(0), "\(built.stdout)")
    let ran = try await workspace.run("./\(scratch)/debug/app", [])
    #expect(ran.stdout == "app 42 1\ntalking: true []\n")
  }

  /// The package's objects, each with its time of change.
  private func objects() -> [String: Date] {
    var times: [String: Date] = [:]
    for file in workspace.files(below: "pkg/.build") where file.hasSuffix(".o") {
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: workspace.path("pkg/.build/" + file))
      times[file] = attributes?[.modificationDate] as? Date
    }
    return times
  }
}
