import Foundation
import Testing

/// `rayc why`: where a value was made, and its way from there.
@Suite struct WhyTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  /// Born in a function of the module Statistics, kept in an array of Survey's and a property of
  /// Model's, printed by app.
  @Test(arguments: ["debug", "release"])
  func aNaNThatIsSeenThreeModulesLater(_ configuration: String) async throws {
    try workspace.copy("Origin", as: "pkg")
    let ran = try await workspace.rayc(
      "why", "--package-path", "pkg", "-c", configuration, "--value", "NaN")
    #expect(ran.termination == .exited(0))
    #expect(ran.stdout == "the score is -nan\n")
    #expect(ran.stderr.contains("rayc why: NaN, first made at Mean.swift:4:"), "\(ran.stderr)")
    let lines = ran.stderr.split(separator: "\n").filter { $0.hasPrefix("  ") }
    let places = lines.map { $0.split(separator: " ").first ?? "" }
    #expect(places.first == "Mean.swift:4", "\(ran.stderr)")
    #expect(lines.first?.contains("return sum / Double(values.count)") == true, "\(ran.stderr)")
    #expect(lines.first?.contains("0.0 / 0.0 = -nan") == true, "\(ran.stderr)")
    let weighted = places.firstIndex(of: "Score.swift:11")
    let total = places.firstIndex(of: "Score.swift:12")
    #expect(weighted != nil && total != nil && weighted! < total!, "\(ran.stderr)")
  }

  private func why(_ source: String, _ arguments: String...) async throws -> Outcome {
    try workspace.write(source, "program.swift")
    return try await workspace.run(
      Toolkit.rayc, ["why", workspace.path("program.swift")] + arguments)
  }

  @Test func aNumberIsFollowedToo() async throws {
    let ran = try await why(
      """
      func price(_ n: Int) -> Int { n * 7 }
      struct Cart { var items: [Int] = [] }
      var cart = Cart()
      for n in [3, 6] {
        cart.items.append(price(n))
      }
      let last = cart.items[1]
      print(last)
      """, "--value", "42")
    #expect(ran.stdout == "42\n")
    let expected = "rayc why: 42, first made at program.swift:1:33 in program.price(_:)\n"
    #expect(ran.stderr.hasPrefix(expected), "\(ran.stderr)")
    #expect(ran.stderr.contains("6 * 7 = 42"))
    #expect(ran.stderr.contains("program.swift:8  print(last)"))
  }

  @Test func theWayToAPlaceIsThatOfWhatWasSeenThere() async throws {
    let source = """
      func ratio(_ a: Double, _ b: Double) -> Double {
        a / b
      }
      func spread(_ x: Double) -> Double {
        x - x
      }
      let first = ratio(0, 0)
      let second = spread(.infinity)
      print(first)
      print(second)
      """
    let first = try await why(source, "--value", "nan")
    #expect(first.stderr.contains("first made at program.swift:2:5"), "\(first.stderr)")
    #expect(first.stderr.contains("also made at:\n  program.swift:5"), "\(first.stderr)")
    let second = try await why(source, "--value", "nan", "--at", "program.swift:10")
    #expect(second.stderr.contains("nan, made at program.swift:5"), "\(second.stderr)")
  }

  @Test func aValueThatNothingWas() async throws {
    let ran = try await why("print(1 + 2)", "--value", "NaN", "-o", workspace.path("why.txt"))
    #expect(ran.stdout == "3\n")
    #expect(ran.stderr == "")
    let report = try String(contentsOfFile: workspace.path("why.txt"), encoding: .utf8)
    #expect(report == "rayc why: no value was NaN in what rayc sees of the program\n")
  }

  @Test func whatIsNoValueIsRefused() async throws {
    let ran = try await why("print(1)", "--value", "seven")
    #expect(ran.termination != .exited(0))
    #expect(ran.stdout == "")
    #expect(ran.stderr.contains("'seven' is no value that can be followed"), "\(ran.stderr)")
  }
}
