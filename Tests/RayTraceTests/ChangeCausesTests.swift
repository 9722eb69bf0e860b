import RayReport
import Testing

/// What of the differences between two runs is a change of its own, and what only follows.
@Suite struct ChangeCausesTests {
  private typealias Row = (function: String, callee: String, line: Int, before: UInt64, UInt64)

  /// Two runs made of calls; who is called begins as often, if it has a row of its own.
  private func diff(_ rows: [Row]) -> RunDiff {
    var runs = [Profile(), Profile()]
    for run in runs.indices {
      var numbers: [String: Int] = [:]
      runs[run].nodes = [Profile.Node(parent: -1, function: -1)]
      func node(_ name: String) -> Int {
        if let known = numbers[name] { return known }
        runs[run].functions.append(
          Profile.Function(symbol: name, name: name, shortName: name, isPrimitive: false))
        runs[run].nodes.append(
          Profile.Node(parent: 0, function: runs[run].functions.count - 1))
        numbers[name] = runs[run].nodes.count - 1
        return runs[run].nodes.count - 1
      }
      for row in rows {
        let (caller, callee) = (node(row.function), node(row.callee))
        let count = run == 0 ? row.before : row.4
        runs[run].nodes[callee].calls += count
        runs[run].links.append(
          Profile.Link(
            caller: caller, callee: callee, file: row.line > 0 ? "p.swift" : nil, line: row.line,
            calls: count, ticks: 0))
      }
    }
    return RunDiff(RunCounts(runs[0]), RunCounts(runs[1]))
  }

  private func changes(_ rows: [Row]) -> [String] {
    diff(rows).changes.map { "\($0.place.function):\($0.place.line) \($0.place.callee)" }
  }

  @Test func whatHasNoLineFollowsFromALineOfItsFunction() {
    #expect(
      changes([("main", "next", 0, 1001, 1011), ("main", "step", 5, 1000, 1010)])
        == ["main:5 step"])
    // Nothing else says where it was.
    #expect(changes([("main", "next", 0, 1001, 1011)]) == ["main:0 next"])
  }

  @Test func ofLinesThatGrewAlikeTheFirstIsTheChange() {
    let rows: [Row] = [("main", "a", 5, 1000, 1010), ("main", "b", 6, 2000, 2020)]
    #expect(changes(rows) == ["main:5 a"])
    #expect(diff(rows).consequences.map(\.place.callee) == ["b"])
    #expect(
      changes([("main", "a", 5, 1000, 1010), ("main", "b", 6, 2000, 2021)]).count == 2)
  }

  @Test func newLinesAreEachAChange() {
    #expect(changes([("main", "a", 5, 0, 3), ("main", "b", 6, 0, 3)]).count == 2)
  }

  @Test func whatAFunctionDoesFollowsFromItsCalls() {
    let rows: [Row] = [
      ("main", "step", 5, 1000, 1010), ("step", "half", 2, 3000, 3030),
      ("half", "bit", 1, 3000, 3030),
    ]
    #expect(changes(rows) == ["main:5 step"])
    // Another bound inside `step`, and nothing else.
    let inner: [Row] = [
      ("main", "step", 5, 1000, 1000), ("step", "half", 2, 3000, 4000),
      ("half", "bit", 1, 3000, 4000),
    ]
    #expect(changes(inner) == ["step:2 half"])
  }

  /// Two functions that call each other, and a call from outside that nobody saw.
  @Test func aChangeWithoutAKnownCauseIsNotHidden() {
    let rows: [Row] = [("even", "odd", 1, 100, 200), ("odd", "even", 2, 100, 200)]
    #expect(changes(rows).count == 2)
  }
}
