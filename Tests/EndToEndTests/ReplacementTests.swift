import Foundation
import Testing

/// A context's replacements stand in the places of functions of the program.
@Suite struct ReplacementTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
  }

  private func example(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/\(name)").path()
  }

  private let replacing =
    "'\(Workspace.fixture("Contexts/Replacing.swift")):Replacing'"

  private static let replaced = """
    <a1> [2, 1, 0, 99] Five(a: 3, b: 2, c: 3, d: 4, e: -1) 3
    Optional(4) Optional(0) Optional("xx") -50
    hey!! (6, 5.0, "falsec(6, \\"f\\")")
    risk 1: Problem(code: 0)
    caught Problem(code: 0)
    101
    Optional(1003)
    caught Problem(code: -1)
    230
    -46
    6 8
    ["...", "wuffwuff"] [-9]
    4 4 a name that is too long for the registers.? z0
    1002
    [1, -7, 3]
    Pair(x: 6.0, y: 3.0) ABC?

    """

  @Test(arguments: ["debug", "release"], [["program"], ["dynamic", "--trigger", "main"]])
  func everyKindOfFunction(_ configuration: String, _ scope: [String]) async throws {
    try workspace.copy("Programs/replaced.swift")
    let ran = try await workspace.run(
      Toolkit.rayc,
      ["run", "-c", configuration, "-W", replacing, "--scope"] + scope + ["replaced.swift"])
    #expect(ran == Outcome(stdout: Self.replaced, stderr: "", termination: .exited(0)))
  }

  /// What is passed and returned is owned by whom it is without the replacement.
  @Test func nothingLeaksAndNothingIsReleasedTwice() async throws {
    try workspace.copy("Programs/replaced.swift")
    let built = try await workspace.rayc(
      "build", "-W", replacing, "replaced.swift", "-o", "replaced")
    #expect(built.termination == .exited(0), "\(built.stderr)")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/valgrind") else { return }
    let ran = try await workspace.run(
      "valgrind",
      [
        "-q", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=definite",
        "--errors-for-leak-kinds=definite", "./replaced",
      ])
    #expect(ran == Outcome(stdout: Self.replaced, stderr: "", termination: .exited(0)))
  }

  @Test func outsideAnExtentNothingIsReplaced() async throws {
    try workspace.copy("Programs/replaced.swift")
    let plain = try await workspace.rayc("run", "-W", context("Silent"), "replaced.swift")
    let ran = try await workspace.rayc(
      "run", "-W", replacing, "--scope", "dynamic", "--trigger", "hidden", "replaced.swift")
    #expect(ran.stdout == plain.stdout.replacing("e: 5) 5", with: "e: 5) 3"))
  }

  /// IRTools' first example: the product of 5 and 10 is 15.
  @Test(arguments: ["debug", "release"])
  func anOperatorThatIsAnInstruction(_ configuration: String) async throws {
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", "'\(example("MulToAdd.swift")):MulToAdd'",
      example("Product.swift"))
    #expect(ran == Outcome(stdout: "15\n", stderr: "", termination: .exited(0)))
  }

  /// At -Onone `reduce` gets the operator's address.
  @Test func anOperatorThatIsPassedOn() async throws {
    try workspace.write("print([5, 10].reduce(1, *), 3 &* 4, 3.0 * 4)\n", "p.swift")
    let ran = try await workspace.rayc(
      "run", "-W", "'\(example("MulToAdd.swift")):MulToAdd'", "p.swift")
    #expect(ran.stdout == "16 12 12.0\n")
  }

  @Test(arguments: ["debug", "release"])
  func theThirdReadThrows(_ configuration: String) async throws {
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", "'\(example("FaultInjector.swift")):FaultInjector'",
      example("Reader.swift"))
    #expect(ran.stdout == "a one\nb two\nc failed: Fault()\n")
  }

  /// C functions have no Swift signature; the machine's has to fit.
  @Test func aFunctionOfC() async throws {
    try workspace.write("import Glibc\nprint(abs(-3), getpid() > 0, atoi(\"12\"))\n", "p.swift")
    try workspace.write(
      """
      import Ray
      struct C: RayContext {
        enum Replacements: Overdubs {
          static func getpid() -> Int32 { -1 }
          static func atoi(
            original: (UnsafePointer<CChar>) -> Int32, _ s: UnsafePointer<CChar>
          ) -> Int32 { original(s) + 1 }
        }
      }
      """, "c.swift")
    let ran = try await workspace.rayc("run", "-W", "c.swift:C", "p.swift")
    #expect(ran == Outcome(stdout: "3 false 13\n", stderr: "", termination: .exited(0)))
  }

  @Test func aSignatureThatDoesNotFitIsAnError() async throws {
    try workspace.write("func half(_ n: Int) -> Int { n / 2 }\nprint(half(4))\n", "p.swift")
    try workspace.write(
      """
      import Ray
      struct Wrong: RayContext {
        enum Replacements: Overdubs {
          static func half(_ n: Double) -> Double { n }
          static func `Swift.Int./`(_ a: Int, _ b: Int) -> Bool { true }
        }
      }
      """, "c.swift")
    let ran = try await workspace.rayc("build", "-W", "c.swift:Wrong", "p.swift", "-o", "p")
    #expect(ran.termination == .exited(1))
    #expect(
      ran.stderr == """
        rayc: error: the replacement 'half(Swift.Double) -> Swift.Double' does not fit \
        'p.half(Swift.Int) -> Swift.Int': 'Swift.Double' is not 'Swift.Int'
        rayc: error: the replacement 'Swift.Int./(Swift.Int, Swift.Int) -> Swift.Bool' does not \
        fit 'Swift.Int./(Swift.Int, Swift.Int) -> Swift.Int': the result is a 'Swift.Int', not \
        a 'Swift.Bool'

        """)
    #expect(!workspace.exists("p"))
  }

  @Test func aPatternThatMatchesNothingIsAWarning() async throws {
    try workspace.write("func half(_ n: Int) -> Int { n / 2 }\nprint(half(4))\n", "p.swift")
    try workspace.write(
      """
      import Ray
      struct Wrong: RayContext {
        enum Replacements: Overdubs {
          static func hafl(_ n: Int) -> Int { n }
          static func `Nothing.like(it:)`(_ n: Int) -> Int { n }
        }
      }
      """, "c.swift")
    let ran = try await workspace.rayc("run", "-W", "c.swift:Wrong", "p.swift")
    #expect(ran.stdout == "2\n")
    #expect(
      ran.stderr == """
        rayc: warning: the replacement 'hafl(Swift.Int) -> Swift.Int' stands for nothing in the \
        program; did you mean 'half(_:)'?
        rayc: warning: the replacement 'Nothing.like(Swift.Int) -> Swift.Int' stands for nothing \
        in the program

        """)
  }

  /// The first context's original is the second one's replacement; each has its own value.
  @Test func severalContextsReplaceOneFunction() async throws {
    try workspace.write(
      "func half(_ n: Int) -> Int { n / 2 }\nprint(half(4), half(8))\n", "p.swift")
    let replacement = { (type: String, result: String) in
      """
      struct \(type): RayContext {
        var calls = 0
        func finish() { print("\(type)", calls) }
        enum Replacements: Overdubs {
          static func half(
            context: inout \(type), original: (Int) -> Int, _ n: Int
          ) -> Int {
            context.calls += 1
            return \(result)
          }
        }
      }

      """
    }
    try workspace.write(
      "import Ray\n" + replacement("More", "original(n) + 1")
        + replacement("Tenfold", "original(n) * 10"), "c.swift")
    let ran = try await workspace.rayc(
      "run", "-W", "c.swift:More", "-W", "c.swift:Tenfold", "p.swift")
    #expect(ran.stdout == "21 41\nMore 2\nTenfold 2\n", "\(ran.stderr)")
  }

  /// A stand-in with other stored properties would be read wrongly.
  @Test func aTypeOfAnotherLayoutIsAnError() async throws {
    try workspace.write(
      """
      struct Point { var x, y, z: Double }
      func norm(_ p: Point) -> Double { p.x + p.y + p.z }
      print(norm(Point(x: 1, y: 2, z: 3)))
      """, "p.swift")
    try workspace.write(
      """
      import Ray
      struct Wrong: RayContext {
        struct Point { var x, y: Double }
        enum Replacements: Overdubs {
          static func norm(_ p: Point) -> Double { p.x }
        }
      }
      """, "c.swift")
    let ran = try await workspace.rayc("run", "-W", "c.swift:Wrong", "p.swift")
    #expect(ran.termination == .exited(1))
    #expect(ran.stderr.contains("needs the same stored properties"), "\(ran.stderr)")
  }
}

/// Replacements in packages: one module's functions, called from another.
@Suite(.serialized) struct ReplacementPackageTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.makeFolder("app/Sources/Lib")
    try workspace.makeFolder("app/Sources/App")
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "app",
        targets: [.target(name: "Lib"), .executableTarget(name: "App", dependencies: ["Lib"])])
      """, "app/Package.swift")
    try workspace.write(
      """
      public struct Store {
        var items: [String] = []
        public init() {}
        public mutating func add(_ s: String) -> Int {
          items.append(s)
          return count()
        }
        func count() -> Int { items.count }
      }
      public func twice(_ n: Int) -> Int { n * 2 }
      """, "app/Sources/Lib/Lib.swift")
    try workspace.write(
      """
      import Lib
      var store = Store()
      print(store.add("a"), twice(4))
      """, "app/Sources/App/main.swift")
    try workspace.write(
      """
      import Ray
      struct Patch: RayContext {
        struct Store { var items: [String] }
        enum Replacements: Overdubs {
          static func `Lib.twice`(original: (Int) -> Int, _ n: Int) -> Int { original(n) + 1 }
          static func `Store.count`(original: (Store) -> Int, self: Store) -> Int {
            original(self) + 41
          }
        }
      }
      """, "patch.swift")
  }

  /// Once each, though both modules know of `twice`.
  @Test(arguments: ["debug", "release"], ["program", "dynamic"])
  func functionsOfAModule(_ configuration: String, _ scope: String) async throws {
    let trigger = scope == "dynamic" ? ["--trigger", "main"] : []
    let ran = try await workspace.run(
      Toolkit.rayc,
      ["run", "--package-path", "app", "-c", configuration, "-W", "patch.swift:Patch", "--scope"]
        + [scope] + trigger)
    #expect(ran.stdout == "42 9\n", "\(ran.stderr)")
  }
}
