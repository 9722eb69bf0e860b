import Testing

/// Rules say which functions are instrumented.
@Suite struct RulesTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write(
      """
      @inline(never) func parse() { print("parse") }
      @inline(never) func render() { print("render") }
      @inline(never) func both() { parse(); render() }
      both()
      """, "p.swift")
  }

  /// The functions without callbacks, as `list skipped` has them.
  private func excluded(
    _ options: [String] = [], environment: [String: String] = [:]
  ) async throws -> [String: String] {
    let listed = try await workspace.run(
      Toolkit.rayc, ["list", "skipped"] + options + ["p.swift"], environment: environment)
    #expect(listed.termination == .exited(0), "\(listed.stderr)")
    var reasons: [String: String] = [:]
    for line in listed.stdout.split(separator: "\n") {
      guard let reason = line.firstRange(of: "excluded by the rule "),
        let name = line.split(separator: " ").last, line.contains("p.swift:")
      else { continue }
      let rule = line[reason.upperBound...].prefix { $0 != " " }
      reasons[String(name.split(separator: ".").last ?? name)] = String(rule)
    }
    return reasons
  }

  @Test func withoutRulesAllIsInstrumented() async throws {
    #expect(try await excluded() == [:])
  }

  @Test(arguments: [
    (["--exclude", "parse"], ["parse()": "'-parse'"]),
    (
      ["--exclude", "/^p.parse|render/"],
      ["parse()": "'-/^p.parse|render/'", "render()": "'-/^p.parse|render/'"]
    ),
    (
      ["--exclude", "module:*", "--include", "parse", "--include", "render"],
      ["both()": "'-module:*'"]
    ),
    (
      ["--include", "parse", "--exclude", "file:*.swift", "--include", "both"],
      ["parse()": "'-file:*.swift'", "render()": "'-file:*.swift'"]
    ),
    (["--local"], [:]),
  ])
  func theLastRuleThatMatchesCounts(
    _ options: [String], _ expected: [String: String]
  ) async throws {
    let reasons = try await excluded(options)
    #expect(reasons.filter { $0.key != "main" } == expected)
  }

  @Test func rulesComeFromAFileTheEnvironmentAndTheCommandLine() async throws {
    try workspace.write(
      #"{"rules": ["-parse", "-render", "-both"], "minInstructions": 1}"#, ".rayc.json")
    let environment = ["RAYC_RULES": "+parse; +render"]
    #expect(try await excluded().keys.sorted() == ["both()", "parse()", "render()"])
    #expect(try await excluded(environment: environment).keys.sorted() == ["both()"])
    #expect(
      try await excluded(["--exclude", "render"], environment: environment).keys.sorted()
        == ["both()", "render()"])
  }

  @Test func anExcludedFunctionIsCalledAndNotEntered() async throws {
    let arguments = ["run", "-W", "count --top 100", "--exclude", "both", "p.swift"]
    let ran = try await workspace.run(Toolkit.rayc, arguments)
    #expect(ran.stdout == "parse\nrender\n")
    #expect(ran.stderr.contains("p.both() from main"))
    #expect(!ran.stderr.contains("from p.both()"))
  }

  @Test func changedRulesBuildAgain() async throws {
    for (pattern, seen) in [("parse", false), ("nothing", true), ("parse", false)] {
      let ran = try await workspace.rayc(
        "run", "-W", "count --top 100", "--exclude", pattern, "p.swift")
      #expect(ran.stderr.contains("from p.parse()") == seen)
    }
  }

  @Test func aFileThatIsWrongIsNamed() async throws {
    try workspace.write(#"{"rule": ["-parse"]}"#, ".rayc.json")
    let ran = try await workspace.rayc("run", "p.swift")
    #expect(ran.termination == .exited(64))
    #expect(ran.stderr.contains(".rayc.json': there is no 'rule'; did you mean 'rules'?"))
  }
}

/// Rules and scopes in packages, which SwiftPM builds.
@Suite(.serialized) struct RulesPackageTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.makeFolder("dependency/Sources/Dependency")
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "dependency", products: [.library(name: "Dependency", targets: ["Dependency"])],
        targets: [.target(name: "Dependency")])
      """, "dependency/Package.swift")
    try workspace.write(
      "@inline(never) public func helped() -> Int { helper() }\n"
        + "@inline(never) func helper() -> Int { 3 }\n",
      "dependency/Sources/Dependency/Dependency.swift")
    try workspace.makeFolder("app/Sources/App")
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "app", dependencies: [.package(path: "../dependency")],
        targets: [
          .executableTarget(
            name: "App", dependencies: [.product(name: "Dependency", package: "dependency")])
        ])
      """, "app/Package.swift")
    try workspace.write("import Dependency\nprint(helped())\n", "app/Sources/App/main.swift")
  }

  private func run(_ options: String...) async throws -> Outcome {
    try await workspace.run(
      Toolkit.rayc, ["run", "--package-path", "app", "-W", "count --top 100"] + options)
  }

  @Test func localLeavesDependenciesOut() async throws {
    let all = try await run()
    #expect(all.stdout == "3\n", "\(all.stderr)")
    #expect(all.stderr.contains("Dependency.helper() from Dependency.helped()"))
    let local = try await run("--local")
    #expect(local.stderr.contains("Dependency.helped() from App"))
    #expect(!local.stderr.contains("from Dependency.helped()"))
    // The same, for everyone who works on the package.
    try workspace.write(#"{"local": true}"#, "app/.rayc.json")
    let file = try await run()
    #expect(file.stderr == local.stderr)
    // The folder is the same; the include is nearer than the file.
    let included = try await run("--include", "helped")
    #expect(included.stderr.contains("from Dependency.helped()"))
  }

  /// An overdub in a dependency: the program's own contexts get their events.
  @Test func aDependencyMayImportRay() async throws {
    try workspace.write(
      """
      import Ray
      struct Counter: RayContext {
        var calls = 0
        mutating func willCall(_ site: Site, _ arguments: Arguments) { calls += 1 }
      }
      public func helped() -> Int {
        var counter = Counter()
        overdub(&counter) { _ = helper() }
        return counter.calls
      }
      @inline(never) func helper() -> Int { 3 }
      """, "dependency/Sources/Dependency/Dependency.swift")
    for scope in ["program", "dynamic"] {
      let ran = try await workspace.rayc("run", "--package-path", "app", "--scope", scope)
      #expect(ran == Outcome(stdout: "1\n", stderr: "", termination: .exited(0)))
    }
  }
}
