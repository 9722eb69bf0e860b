import Foundation
import Testing

/// Tags go along with values through code that the program does not hold.
@Suite struct TagTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private static let context = Workspace.fixture("Contexts/Tagging.swift") + ":Tagging"

  /// The library copied values of `any P` by tables that no symbol leads to, and their tags stayed.
  @Test(arguments: ["debug", "release"])
  func bugExistentialsThatTheLibraryCopies(_ configuration: String) async throws {
    try workspace.write(
      """
      protocol Shape { var area: Double { get } }
      protocol Named { var name: String { get } }
      struct Square: Shape, Named {
        var side: Double, name = "square"
        var area: Double { side * side }
      }
      struct Circle: Shape {
        var radius: Double
        var area: Double { 3 * radius }
      }
      @inline(never) func input(_ x: Double) -> Double { x }
      @inline(never) func output(_ x: Double) { print(x) }

      let shapes: [any Shape] = [Circle(radius: input(1)), Square(side: input(2))]
      for shape in shapes { output(shape.area) }
      let byName: [String: any Shape] = ["a": Circle(radius: input(3))]
      output(byName["a"]!.area)
      let named: [any Shape & Named] = [Square(side: input(4))]
      for each in named { output(each.area) }
      output(shapes.map { $0.area }.reduce(0, +))
      let anything: [Any] = [input(5)]
      for each in anything { output(each as! Double) }
      """, "shapes.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", Self.context, workspace.path("shapes.swift"))
    let tags = ran.stdout.split(separator: "\n").filter { $0.hasPrefix("output") }
    #expect(
      tags == [
        "output 1: 1", "output 2: 10", "output 3: 100", "output 4: 1000", "output 5: 11",
        "output 6: 10000",
      ], "\(ran.stderr)")
  }
}
