import Foundation
import Testing

/// The points beside calls and loads: stores, and what the runtime does.
@Suite struct PointTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private func points(_ type: String) -> String {
    "'\(Workspace.fixture("Contexts/Points.swift")):\(type)'"
  }

  /// Every way to store: a variable, a property of a class, of a struct, of an enum, an element, a
  /// captured variable, through `inout`, through a pointer.
  private static let stores = """
    final class Account { var isOpen = true; var name = "an account with a name" }
    struct Point { var x = 1.5; var y = 2.5 }
    enum Shape { case none, circle(Int), text(String) }
    func change(_ shape: inout Shape, _ n: Int) { shape = n > 1 ? .circle(n) : .text("\\(n)") }
    let account = Account()
    account.isOpen = false
    account.name = "another name that is not short"
    var point = Point()
    point.y = 7
    var shape = Shape.none
    change(&shape, 4)
    change(&shape, 1)
    var numbers = [1, 2, 3]
    numbers[1] = 20
    var count = 0
    let add = { (n: Int) in count += n }
    add(5)
    let flags = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    flags.initialize(to: true)
    flags.pointee = true
    print(account.isOpen, account.name, point, shape, numbers, count, flags.pointee)
    flags.deallocate()
    """

  @Test func everyStoreIsSeenInItsType() async throws {
    try workspace.write(Self.stores, "p.swift")
    let ran = try await workspace.rayc("run", "-W", points("Storing"), "p.swift")
    for line in [
      "1: Bool true", "6: Bool false", "7: String another name that is not short",
      "9: Double 7.0", "4: Shape circle(4)", "4: Shape text(\"1\")", "14: Int 20", "16: Int 5",
    ] {
      #expect(ran.stdout.contains(line + "\n"), "\(ran.stdout)")
    }
    #expect(ran.termination == .exited(0))
  }

  @Test(arguments: ["debug", "release"], [["program"], ["dynamic", "--trigger", "main"]])
  func whatAHookReturnsIsStored(_ configuration: String, _ scope: [String]) async throws {
    try workspace.write(Self.stores, "p.swift")
    let ran = try await workspace.run(
      Toolkit.rayc,
      ["run", "-c", configuration, "-W", points("Flipping"), "--scope"] + scope + ["p.swift"])
    #expect(ran.stdout.hasPrefix("true another name that is not short and more of it Point("))
    #expect(ran.stdout.hasSuffix("[1, 20, 3] 5 false\n"), "\(ran.stdout)")
    #expect(ran.termination == .exited(0))
  }

  /// The memory owns a replacement, and gives it back.
  @Test(arguments: ["debug", "release"])
  func nothingLeaksAndNothingIsReleasedTwice(_ configuration: String) async throws {
    try workspace.write(Self.stores, "p.swift")
    let built = try await workspace.rayc(
      "build", "-c", configuration, "-W", points("Flipping"), "p.swift", "-o", "p")
    #expect(built.termination == .exited(0), "\(built.stderr)")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/valgrind") else { return }
    let ran = try await workspace.run(
      "valgrind",
      [
        "-q", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=definite",
        "--errors-for-leak-kinds=definite", "./p",
      ])
    #expect(ran.termination == .exited(0), "\(ran.stderr)")
  }

  @Test(
    arguments: ["debug", "release"], ["shapes", "replaced"])
  func hooksThatGiveBackWhatTheyGetChangeNothing(
    _ configuration: String, _ program: String
  ) async throws {
    try workspace.copy("Programs/\(program).swift")
    let flags = configuration == "debug" ? ["-Onone"] : ["-O"]
    let compiled = try await workspace.run("swiftc", flags + ["\(program).swift", "-o", "plain"])
    try #require(compiled.termination == .exited(0), "\(compiled.stderr)")
    let plain = try await workspace.run("./plain", [])
    let instrumented = try await workspace.rayc(
      "run", "-c", configuration, "-W", points("Copying"), "\(program).swift")
    #expect(instrumented == plain)
  }

  private static let operators = """
    enum Direction { case north, south }
    @inline(never) func work(_ a: Int, _ b: Int, _ u: UInt32, _ x: Double, _ f: Bool) -> Double {
      let quotient = a / b
      let rest = a % b
      let shifted = a << b
      let wrapped = a &+ b
      let negated = -a
      let product = x * 2.5
      let double = Double(a)
      let not = !f
      let less = a < b
      var sum = quotient + rest
      sum |= 8
      print(quotient, rest, shifted, wrapped, negated, product, double, not, less, sum)
      return product + double
    }
    print(work(7, 2, 9, 1.5, true))
    """

  /// Comparisons, `not` and what checks its operands: each operator once.
  @Test(arguments: ["debug", "release"])
  func everyOperatorIsSeenOnce(_ configuration: String) async throws {
    try workspace.write(Self.operators, "p.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", points("Operating"), "p.swift")
    for line in [
      "3: Swift.Int./(7, 2) = 3", "4: Swift.Int.%(7, 2) = 1", "6: Swift.Int.&+(7, 2) = 9",
      "7: Swift.Int.-(7) = -7", "8: Swift.Double.*(1.5, 2.5) = 3.75",
      "9: Swift.Double.init(7) = 7.0", "10: Swift.Bool.!(true) = false",
      "11: Swift.Int.<(7, 2) = false", "15: Swift.Double.+(3.75, 7.0) = 10.75",
    ] {
      #expect(ran.stdout.contains(line + "\n"), "\(ran.stdout)")
    }
    for line in 3...11 {
      let events = ran.stdout.split(separator: "\n").filter { $0.hasPrefix("\(line): ") }
      #expect(events.count == 1, "\(events)")
    }
    #expect(ran.stdout.contains("\n5: ") && ran.stdout.contains(") = 28\n"), "\(ran.stdout)")
    #expect(ran.stdout.contains("\n3 1 28 9 -7 3.75 7.0 false false 12\n"))
  }

  @Test(arguments: ["debug", "release"], [["program"], ["dynamic", "--trigger", "main"]])
  func everyMultiplicationAdds(_ configuration: String, _ scope: [String]) async throws {
    try workspace.write(
      """
      @inline(never) func volume(_ a: Double, _ b: Double, _ c: Double) -> Double { a * b * c }
      print(volume(2, 3, 4))
      """, "p.swift")
    let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/Operators.swift").path()
    let ran = try await workspace.run(
      Toolkit.rayc,
      ["run", "-c", configuration, "-W", "'\(example):Adding'", "--scope"] + scope + ["p.swift"])
    #expect(ran == Outcome(stdout: "9.0\n", stderr: "", termination: .exited(0)))
  }

  /// What overflows still traps.
  @Test func anOverflowTraps() async throws {
    try workspace.write(
      "@inline(never) func add(_ a: Int, _ b: Int) -> Int { a + b }\nprint(add(.max, 1))\n",
      "p.swift")
    let ran = try await workspace.rayc("run", "-W", points("Copying"), "p.swift")
    #expect(ran.termination != .exited(0) && ran.stdout.isEmpty)
  }

  /// With `--read-only` hooks see values and change none; toggling it builds again.
  @Test(arguments: ["debug", "release"])
  func nothingIsChangedReadOnly(_ configuration: String) async throws {
    try workspace.write(Self.stores + "\n", "p.swift")
    let flags = configuration == "debug" ? ["-Onone"] : ["-O"]
    _ = try await workspace.run("swiftc", flags + ["p.swift", "-o", "plain"])
    let plain = try await workspace.run("./plain", [])
    let run = ["run", "-c", configuration, "-W", points("Meddling")]
    let changed = try await workspace.run(Toolkit.rayc, run + ["p.swift"])
    #expect(changed.stdout != plain.stdout + "seen: true\n")
    let seen = try await workspace.run(Toolkit.rayc, run + ["--read-only", "p.swift"])
    #expect(seen.stdout == plain.stdout + "seen: true\n")
    #expect(seen.termination == .exited(0), "\(seen.stderr)")
    let stacked = try await workspace.run(
      Toolkit.rayc, run + ["-W", points("Copying"), "--read-only", "p.swift"])
    #expect(stacked.stdout == plain.stdout + "seen: true\n")
  }

  @Test func replacementsAndReadOnlyAreRefused() async throws {
    try workspace.write("print(1)\n", "p.swift")
    let spec = "\(Workspace.fixture("Contexts/Replacing.swift")):Replacing"
    let ran = try await workspace.rayc("run", "--read-only", "-W", "'\(spec)'", "p.swift")
    #expect(ran.termination == .exited(64))
    #expect(ran.stderr.contains("which replaces functions"), "\(ran.stderr)")
  }

  @Test func theRuntimesOperationsAreTold() async throws {
    try workspace.write(
      """
      class Animal {}
      final class Dog: Animal { var names = ["Rex"] }
      let animals: [Animal] = [Dog(), Animal()]
      func names(_ something: Any) -> [String] {
        let new = Dog()
        new.names += (something as? Dog)?.names ?? []
        return new.names
      }
      for animal in animals { print(names(animal)) }
      """, "p.swift")
    let ran = try await workspace.rayc("run", "-W", points("Operations"), "p.swift")
    #expect(ran.stdout.hasPrefix("[\"Rex\", \"Rex\"]\n[\"Rex\"]\n"))
    for kind in ["retain", "release", "allocation", "deallocation", "cast", "beginAccess", "true"] {
      #expect(ran.stdout.contains(kind), "\(ran.stdout)")
    }
  }

  /// A context of the program's own has them as well, and only those that it has hooks for.
  @Test func aContextOfTheProgramsOwn() async throws {
    try workspace.write(
      """
      import Ray
      struct Mine: RayContext {
        var stores = 0, releases = 0
        mutating func store<T>(_ value: T, at site: Site) -> T {
          stores += 1
          if let number = value as? Int { return number + 1 as! T }
          return value
        }
        mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
          if operation.kind == .release { releases += 1 }
        }
      }
      final class Box { var n = 1; init() {} }
      func work(_ box: Box) { box.n = 5; _ = Box() }
      let box = Box()
      var mine = Mine()
      overdub(&mine) { work(box) }
      print(box.n, mine.stores > 0, mine.releases > 0)
      """, "p.swift")
    let ran = try await workspace.rayc("run", "p.swift")
    #expect(ran == Outcome(stdout: "6 true true\n", stderr: "", termination: .exited(0)))
  }

  @Test func sitesAreListedOnRequest() async throws {
    try workspace.write(
      "final class C { var n = 1 }\nlet c = C()\nc.n = 2\nprint(c.n)\n", "p.swift")
    let plain = try await workspace.rayc("list", "sites", "p.swift")
    #expect(!plain.stdout.contains("store"))
    let all = try await workspace.rayc("list", "sites", "--points", "stores,runtime", "p.swift")
    #expect(all.stdout.contains("\nstore         p.swift:1:25  Int "), "\(all.stdout)")
    #expect(all.stdout.contains("\nbeginAccess   -             swift_beginAccess  "))
    let wrong = try await workspace.rayc("list", "sites", "--points", "shops", "p.swift")
    #expect(wrong.termination == .exited(64))
  }
}
