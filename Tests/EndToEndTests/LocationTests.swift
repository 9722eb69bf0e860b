import Foundation
import Testing

/// The source at a site's location really is the call or the variable that the site is about.
@Suite struct LocationTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private struct Verdict: Decodable {
    var holds: Bool
    var rule: String
    var line: Int
    var what: String
    var text: String
  }

  private func verdicts(_ configuration: String) async throws -> [Verdict] {
    try workspace.copy("Programs/locations.swift")
    let listed = try await workspace.rayc(
      "list", "sites", "--locations", "--format", "json", "-c", configuration, "locations.swift")
    return try JSONDecoder().decode([Verdict].self, from: Data(listed.stdout.utf8))
  }

  @Test(arguments: ["debug", "release"])
  func everySiteLiesWhereItIsWritten(_ configuration: String) async throws {
    let verdicts = try await verdicts(configuration)
    let misses = verdicts.filter { !$0.holds }
    #expect(misses.isEmpty, "\(misses)")
    #expect(verdicts.count > 50)
  }

  @Test func eachFormOfTheSourceHasARule() async throws {
    let verdicts = try await verdicts("debug")
    for (what, text, rule) in [
      ("function move", "move", "its name"),
      ("operator *", "*", "its name"),
      ("initializer Vector", "[", "a literal"),
      ("getter path", "path", "its name"),
      ("subscriptGetter subscript", "[", "its brackets"),
      ("subscriptSetter subscript", "=", "an assignment"),
      ("function appendInterpolation", "(", "a string's interpolation"),
      ("function __derived_struct_equals", "!=", "an operator that the compiler derives"),
      ("load ", "reduce", "a part of a value of the expression"),
    ] {
      #expect(
        verdicts.contains { $0.what == what && $0.text == text && $0.rule == rule },
        "\(what) at '\(text)': \(verdicts.filter { $0.what == what })")
    }
  }

  /// The check fails where a location is wrong: here by one column, and by one line.
  @Test func aWrongLocationIsSeen() async throws {
    try workspace.write("func twice(_ n: Int) -> Int { n * 2 }\nprint(twice(1))\n", "p.swift")
    func record(_ line: Int, _ column: Int) -> String {
      """
      {"record": "site", "kind": "call", "callee": "$s1p5twiceyS2iF", "line": \(line), \
      "column": \(column), "file": "\(workspace.path("p.swift"))", "variable": ""}

      """
    }
    try workspace.write(record(2, 7) + record(2, 1) + record(1, 31), "report")
    let checked = try await workspace.run(
      Toolkit.home + "/libexec/rayc/rayc-source", ["check", "report"])
    let holds = try checked.stdout.split(separator: "\n").map {
      try JSONDecoder().decode(Verdict.self, from: Data($0.utf8)).holds
    }
    #expect(holds == [true, false, false])
  }

  /// Without files, the package around the folder is built, and each object leaves a report.
  @Test(arguments: ["native", "swiftbuild"])
  func aPackageIsListed(_ buildSystem: String) async throws {
    try workspace.copy("Package", as: "pkg")
    let listed = try await workspace.rayc(
      "list", "sites", "--package-path", "pkg", "--build-system", buildSystem, "--local")
    #expect(listed.stdout.contains("Lib.swift:"), "\(listed.stdout) \(listed.stderr)")
    #expect(listed.stdout.contains("main.swift:"))
    #expect(listed.termination == .exited(0))
  }
}

/// What a context learns about a site when it asks: its expression, the module, what was inlined.
@Suite struct SiteTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  static let program = """
    struct Robot { var path = [1.5, 2.5]; func at(_ i: Int) -> Double { path[i] * 2 } }
    func all(_ robot: Robot) throws -> [Double] {
      try (0..<2).map { i in
        try check(robot
          .at(i))
      }
    }
    @inline(never) func check(_ x: Double) throws -> Double { x }
    print(try all(Robot()))
    """

  static let teller = """
    import Ray
    struct Teller: RayContext {
      var lines: [String] = []
      mutating func willCall(_ site: Site, _ arguments: Arguments) {
        guard let text = site.expression, let range = site.range else { return }
        lines.append("\\(site.module) \\(range) \\(text)")
      }
      func finish() { for line in lines { print(line) } }
    }
    """

  @Test func sitesHaveTheirExpressions() async throws {
    try workspace.write(Self.program, "p.swift")
    try workspace.write(Self.teller, "teller.swift")
    let ran = try await workspace.rayc("run", "-W", "teller.swift:Teller", "p.swift")
    for line in [
      "p 9:1..<9:24 print(try all(Robot()))",
      "p 9:7..<9:23 try all(Robot())",
      "p 9:15..<9:22 Robot()",
      "p 4:5..<5:14 try check(robot\n      .at(i))",
      "p 4:15..<5:13 robot\n      .at(i)",
      "p 1:69..<1:76 path[i]",
    ] {
      #expect(ran.stdout.contains(line + "\n"), "\(line): \(ran.stdout) \(ran.stderr)")
    }
    #expect(ran.termination == .exited(0))
  }

  /// A package is compiled in several jobs, each with a table of its own.
  @Test func sitesOfAPackageHaveTheirExpressions() async throws {
    try workspace.copy("Package", as: "pkg")
    try workspace.write(Self.teller, "teller.swift")
    let ran = try await workspace.rayc(
      "run", "-W", "teller.swift:Teller", "--package-path", "pkg", "--product", "app")
    #expect(ran.stdout.contains("\nApp ") && ran.stdout.contains("\nLib "), "\(ran.stdout)")
  }

  @Test func inlinedFunctionsAreTold() async throws {
    try workspace.write(Self.program, "p.swift")
    try workspace.write(
      """
      import Ray
      struct Teller: RayContext {
        var lines: [String] = []
        mutating func willCall(_ site: Site, _ arguments: Arguments) {
          guard site.shortCallee == "p.check(_:)", !site.inlinedIn.isEmpty else { return }
          lines.append(site.inlinedIn.map { "\\($0)" }.joined(separator: " < "))
        }
        func finish() { for line in lines { print(line) } }
      }
      """, "teller.swift")
    let ran = try await workspace.rayc(
      "run", "-c", "release", "-W", "teller.swift:Teller", "p.swift")
    let chain = "closure #1 in p.all(_:) at p.swift:4:9 < "
    #expect(ran.stdout.contains(chain), "\(ran.stdout) \(ran.stderr)")
    #expect(
      ran.stdout.contains("Collection.map(_:) at - < p.all(_:) at p.swift:3:15"), "\(ran.stdout)")
  }
}
