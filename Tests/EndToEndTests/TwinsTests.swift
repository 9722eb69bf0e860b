import Foundation
import Testing

/// What twins cover: the same work runs outside an extent and inside, for every kind of code.
///
/// Each kind calls `mark` from the code in question, a closure's body or a witness say, so
/// that a call of it is seen only if that code ran as a twin.
@Suite struct TwinsTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/Twins")
    try workspace.write(Self.total, "Total.swift")
  }

  /// A context of the build: it sees what any extent sees, and what is outside if that is seen.
  private static let total = """
    import Foundation
    import Ray
    struct Total: RayContext {
      var marks = 0
      mutating func willCall(_ site: Site, _ arguments: Arguments) {
        if site.calleeMangled.contains("4markyy") { marks += 1 }
      }
      mutating func merge(_ other: Total) { marks += other.marks }
      func finish() { fputs("total: \\(marks)\\n", stderr) }
    }
    """

  /// What runs plain inside an extent, with the reason.
  private static let leaves = [
    "queue": "its block runs on a thread that was there before",
    "concurrent queue": "so do those blocks that other threads take",
    "detached task": "it inherits nothing, by definition",
    "stored before, called by a primitive": "the address of the plain function was taken outside",
    "executor of the program's own": "the task is between two threads when it is called",
    "isolated deinit": "it runs on its actor without a task",
  ]

  private var sources: [String] {
    workspace.files(below: "Twins").map { workspace.path("Twins/" + $0) }.sorted()
  }

  private func build(_ configuration: String) async throws -> String {
    guard configuration == "plain" else {
      let built = try await workspace.run(
        Toolkit.rayc,
        ["build", "--scope", "dynamic", "-W", "Total.swift:Total", "-c", configuration]
          + ["-o", configuration] + sources)
      try #require(built.termination == .exited(0), "\(built.stderr)")
      return "./" + configuration
    }
    let library = Toolkit.home + "/lib/rayc"
    let built = try await workspace.run(
      "swiftc",
      ["-I\(library)", "-I\(library)/include", "-o", "plain"] + sources + [library + "/libRay.a"])
    try #require(built.termination == .exited(0), "\(built.stderr)")
    return "./plain"
  }

  @Test func everyKindOfCodeIsInTwins() async throws {
    let plain = try await workspace.run(build("plain"), [])
    #expect(plain.termination == .exited(0))
    for configuration in ["debug", "release"] {
      let ran = try await workspace.run(build(configuration), [])
      #expect(ran.stdout == plain.stdout, "\(configuration)")
      #expect(ran.termination == .exited(0), "\(configuration): \(ran.stderr)")
      check(ran.stderr, configuration)
    }
  }

  /// Reads lines like `direct: 5 of 5`.
  private func check(_ counts: String, _ configuration: String) {
    var kinds: Set<String> = []
    var total = 0
    for line in counts.split(separator: "\n") {
      let parts = line.components(separatedBy: ": ")
      let numbers = parts[1].components(separatedBy: " of ").compactMap { Int($0) }
      guard numbers.count == 2 else {
        // No event outside of the extents.
        #expect(line == "total: \(total)", "\(configuration)")
        total = -1
        continue
      }
      kinds.insert(parts[0])
      total += numbers[0]
      #expect(numbers[1] > 0, "\(configuration): \(line)")
      if Self.leaves[parts[0]] != nil {
        #expect(numbers[0] <= numbers[1], "\(configuration): \(line)")
      } else {
        #expect(numbers[0] == numbers[1], "\(configuration): \(line)")
      }
    }
    #expect(total == -1, "\(configuration): the total is missing")
    #expect(kinds.count > 70)
    #expect(kinds.isSuperset(of: Self.leaves.keys))
  }
}
