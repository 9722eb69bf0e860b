import Testing

/// What a hook comes upon is no event, for no hook of the context.
@Suite struct GuardTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write(
      """
      import Ray

      /// Counts loads, in a hook that calls nothing.
      struct Counting: RayContext {
        var loads = 0
        mutating func load<T>(_ value: T, at site: Site) -> T {
          loads += 1
          return value
        }
        mutating func merge(_ other: Counting) { loads += other.loads }
        func finish() { print(loads) }
      }

      /// The same, and shows what calls return.
      struct Showing: RayContext {
        var loads = 0
        var characters = 0
        mutating func load<T>(_ value: T, at site: Site) -> T {
          loads += 1
          return value
        }
        mutating func result<T>(_ value: T, of site: Site) -> T {
          characters += "\\(value)".utf8.count
          return value
        }
        mutating func merge(_ other: Showing) { loads += other.loads }
        func finish() { print(characters > 0 ? loads : 0) }
      }
      """, "contexts.swift")
    try workspace.write(
      """
      final class Numbers: CustomStringConvertible {
        var values = [1, 2, 3]
        var description: String {
          var sum = 0
          for value in values { sum += value }
          return "the sum is \\(sum)"
        }
      }
      @inline(never) func numbers() -> Numbers { Numbers() }
      for _ in 0..<10 { print(numbers().values.count) }
      """, "main.swift")
  }

  @Test(arguments: ["debug", "release"])
  func aDescriptionThatAHookAsksForIsNotCounted(_ configuration: String) async throws {
    var loads: [Int?] = []
    for context in ["Counting", "Showing"] {
      let ran = try await workspace.rayc(
        "run", "-c", configuration, "-W", "contexts.swift:\(context)", "main.swift")
      #expect(ran.stderr == "")
      loads.append(ran.stdout.split(separator: "\n").last.flatMap { Int($0) })
    }
    #expect(loads[0] == loads[1])
    #expect((loads[0] ?? 0) > 0)
  }
}
