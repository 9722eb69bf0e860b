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
