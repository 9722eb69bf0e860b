import Testing

@testable import rayc_frontend

/// What the modules of a program say of a context's replacements, taken together.
@Suite struct ReplacementCheckTests {
  private func problems(_ lines: String...) -> [String] {
    ReplacementCheck.problems(in: lines.joined(separator: "\n")).map(\.text)
  }

  private let half = "replacement\t0\thalf(Swift.Int) -> Swift.Int"

  @Test func oneModuleThatHasItIsEnough() {
    #expect(
      problems(
        half, "misfit\t0\tB.half(Swift.Double) -> Swift.Double\twhy", "near\t0\t1\thelf(_:)",
        "bound\t0\tA.half(Swift.Int) -> Swift.Int") == [])
  }

  @Test func privateTypesReplaceNothing() {
    #expect(problems("").first?.hasPrefix("warning: the context replaces nothing: a type") == true)
  }

  @Test func theNearestNameOfAllModules() {
    #expect(
      problems("near\t0\t2\tHalves(_:)", half, "near\t0\t1\thelf(_:)", "near\t0\t1\tother(_:)") == [
        "warning: the replacement 'half(Swift.Int) -> Swift.Int' stands for nothing in the "
          + "program; did you mean 'helf(_:)'?"
      ])
  }

  @Test func everySignatureThatDoesNotFit() {
    #expect(
      problems(half, "misfit\t0\tA.half() -> ()\twhy", "misfit\t0\tB.half() -> ()\talso") == [
        "error: the replacement 'half(Swift.Int) -> Swift.Int' does not fit 'A.half() -> ()': why,"
          + "\n  nor 'B.half() -> ()': also"
      ])
  }

  /// One name is recognised in mangled ones; of several, the module's.
  @Test(arguments: [
    (["MyLib.Parser.parse"], "5parse"), (["parseAll"], "5MyLib"), (["pars*"], "5MyLib"),
    (["Parser.init"], "fC"), (["Parser.count.getter", "Swift.Int.*"], "5count"),
    (["Parser.subscript.setter", "parse"], "5MyLib"), (["Swift.Int.*"], nil),
  ])
  func whatTheOptimiserLeavesAlone(_ patterns: [String], _ expected: String?) {
    let records = patterns.map { "replacement\t0\t\($0)(Swift.Int) -> ()\n" }.joined()
    let options = ReplacedNames.options(records: records, module: "MyLib")
    #expect(options.dropFirst().first == expected.map { "-sil-inline-never-functions=\($0)" })
  }
}
