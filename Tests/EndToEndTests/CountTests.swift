import Foundation
import Testing

/// The context `count` and its numbers.
@Suite struct CountTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private struct Report: Decodable {
    struct Totals: Decodable { var calls, runtimeCalls, loads: Int }
    struct Site: Decodable {
      var id, kind, function, functionMangled, callee, calleeMangled, file: String
      var line, column, count: Int
    }
    var schemaVersion: Int
    var totals: Totals
    var sites: [Site]
  }

  private func count(_ arguments: String...) async throws -> Report {
    let fib = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/Fib.swift").path()
    let ran = try await workspace.run(
      Toolkit.rayc, ["run", "-W", "count --json counts.json", fib, "--"] + arguments)
    #expect(ran.termination == .exited(0))
    #expect(ran.stderr == "")
    let data = try Data(contentsOf: URL(filePath: workspace.path("counts.json")))
    return try JSONDecoder().decode(Report.self, from: data)
  }

  /// fib(n) calls itself 2·F(n+1)−1 times, the first call included: 13 calls for n = 5 or so.
  @Test(arguments: [(["20"], 1), (["20", "threads"], 2)])
  func countsFibExactly(_ arguments: [String], _ threads: Int) async throws {
    let report =
      try await arguments.count == 1 ? count(arguments[0]) : count(arguments[0], arguments[1])
    #expect(report.schemaVersion == 1)
    let calls = report.sites.filter { $0.callee.contains("fib(Swift.Int) -> Swift.Int") }
    // F(21) = 10946.
    #expect(calls.map(\.count).reduce(0, +) == threads * (2 * 10946 - 1))
    let inside = calls.filter { $0.function == $0.callee }
    #expect(inside.map(\.count) == [threads * 10945, threads * 10945])
    #expect(
      inside.allSatisfy { $0.line == 9 && $0.kind == "call" && $0.file.hasSuffix("Fib.swift") })
    #expect(Set(inside.map(\.column)).count == 2)
    let kinds = [
      "call": report.totals.calls, "runtimeCall": report.totals.runtimeCalls,
      "load": report.totals.loads,
    ]
    for (kind, total) in kinds {
      #expect(report.sites.filter { $0.kind == kind }.map(\.count).reduce(0, +) == total)
    }
  }

  @Test func countsAreTheSameInEveryRunAndBuild() async throws {
    let first = try await count("12")
    let second = try await count("12")
    #expect(first.sites.map(\.id) == second.sites.map(\.id))
    #expect(first.sites.map(\.count) == second.sites.map(\.count))
  }

  @Test func printsATableOnStandardError() async throws {
    try workspace.copy("Programs/endings.swift")
    let ran = try await workspace.rayc("run", "endings.swift", "--", "return")
    #expect(ran.stdout == "55\ndone\n")
    #expect(ran.stderr.hasPrefix("rayc count: "))
    #expect(ran.stderr.contains("88  call     endings.swift:4:42"), "\(ran.stderr)")
  }

  @Test(arguments: ["exit", "fatalError", "throw", "nil", "bounds", "overflow", "abort"])
  func reportsWhateverTheEnd(_ ending: String) async throws {
    try workspace.copy("Programs/endings.swift")
    let plain = try await workspace.run("swiftc", ["endings.swift", "-o", "plain"])
    try #require(plain.termination.isSuccess)
    let expected = try await workspace.run("./plain", [ending])
    let ran = try await workspace.rayc("run", "endings.swift", "--", ending)
    #expect(ran.termination == expected.termination)
    #expect(ran.stdout == expected.stdout)
    #expect(ran.stderr.contains("rayc count: "), "\(ran.stderr)")
  }

  @Test(arguments: [
    ("--jsn x", "unknown argument '--jsn'"), ("--json", "'--json' needs a value"),
    ("--top many", "'--top' takes a number, not 'many'"),
  ])
  func refusesOtherArguments(_ arguments: String, _ problem: String) async throws {
    try workspace.write("print(1)", "p.swift")
    let ran = try await workspace.rayc("run", "-W", "count \(arguments)", "p.swift")
    #expect(ran.stdout == "")
    #expect(ran.stderr.contains("rayc: context 'count': \(problem)"), "\(ran.stderr)")
    #expect(ran.termination == .exited(1))
  }

  @Test func aFileThatCannotBeWrittenIsNamed() async throws {
    try workspace.write("print(1)", "p.swift")
    let ran = try await workspace.rayc("run", "-W", "count --json none/counts.json", "p.swift")
    #expect(ran.stdout == "1\n")
    #expect(ran.stderr.contains("none/counts.json': No such file or directory"), "\(ran.stderr)")
    #expect(ran.termination == .exited(0))
  }
}
