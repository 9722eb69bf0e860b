import Testing

@testable import rayc

/// Demangled names as lists show them.
@Suite struct ShortNameTests {
  @Test(arguments: [
    ("main.area(width: Swift.Double, Swift.Double) -> Swift.Double", "main.area(width:_:)"),
    (
      "generic specialization <Swift.Int> of Swift.Array.append(__owned A) -> ()",
      "Array.append(_:)"
    ),
    ("Swift.Array.subscript.getter : (Swift.Int) -> A", "Array.subscript.getter"),
    ("closure #1 (Swift.Int) -> Swift.Int in main.f() -> ()", "closure #1 in main.f()"),
    ("(2) await resume partial function for main.load() async -> ()", "main.load()"),
    ("main.(hidden in _0123ABCD)(of: [Swift.Int]) throws -> ()", "main.hidden(of:)"),
    (
      "(extension in Swift):Swift.Collection< where A.Element: Swift.Equatable>.split(A.Element) -> ()",
      "Collection.split(_:)"
    ),
    (
      "default argument 0 of (extension in Swift):Swift.Collection.dropFirst(Swift.Int) -> A",
      "default argument 0 of Collection.dropFirst(_:)"
    ),
    (
      "static Swift.String.== infix(Swift.String, Swift.String) -> Swift.Bool",
      "static String.== infix(_:_:)"
    ),
    ("static Swift.Int.< infix(Swift.Int, Swift.Int) -> Swift.Bool", "static Int.< infix(_:_:)"),
    ("main.apply((Swift.Int, Swift.Int) -> Swift.Int, to: Swift.Int) -> ()", "main.apply(_:to:)"),
    ("swift_retain", "swift_retain"), ("main", "main"), ("", ""),
  ])
  func shortens(_ name: String, _ short: String) {
    #expect(ShortName.shortened(name) == short)
  }
}
