import Testing

/// What a context receives are values of the program's own types, and what it returns is what
/// the program goes on with.
@Suite struct ValueTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  static let program = """
    struct Point: Equatable { var x = 1.5, y = 2.5 }
    private enum Shape { case none, circle(Int), text(String) }
    final class Person { var name = "somebody with a name for the heap" }
    final class Box<T> { let value: T; init(_ value: T) { self.value = value } }
    func numbers(_ n: Int) -> [Double] { (0..<n).map { Double($0) } }
    func maybe(_ n: Int) -> String? { n > 1 ? "some \\(n)" : nil }
    func pair(_ n: Int) -> (count: Int, name: String) { (n, "pair") }
    private func shape(_ n: Int) -> Shape { n > 1 ? .circle(n) : .none }
    func point() -> Point { Point() }
    func same<T>(_ value: T) -> T { value }
    func fails(_ n: Int) throws -> [Int] { if n > 1 { throw Failure() }; return [n] }
    struct Failure: Error {}
    let person = Person()
    print(numbers(2), maybe(1) as Any, maybe(2) as Any, pair(3), point(), same("text"))
    print(shape(1), shape(2), Box([1: "one"]).value, person.name)
    print((try? fails(1)) as Any, (try? fails(2)) as Any)
    """

  /// Writes what each function of the program's own returned, one a line.
  static let teller = """
    import Ray
    struct Teller: RayContext {
      var lines: [String] = []
      mutating func result<T>(_ value: T, of site: Site) -> T {
        let name = site.shortCallee
        if site.typing == .exact, name.hasPrefix("p."), !name.contains("init") {
          lines.append("\\(name.dropFirst(2)) \\(T.self) \\(value)")
        }
        return value
      }
      func finish() { for line in lines { print(line) } }
    }
    """

  @Test func resultsHaveTheirTypes() async throws {
    try workspace.write(Self.program, "p.swift")
    try workspace.write(Self.teller, "teller.swift")
    let ran = try await workspace.rayc("run", "-W", "teller.swift:Teller", "p.swift")
    for line in [
      "numbers(_:) Array<Double> [0.0, 1.0]",
      "maybe(_:) Optional<String> nil",
      "maybe(_:) Optional<String> Optional(\"some 2\")",
      "pair(_:) (count: Int, name: String) (count: 3, name: \"pair\")",
      "point() Point Point(x: 1.5, y: 2.5)",
      "same(_:) String text",
      "fails(_:) Array<Int> [1]",
    ] {
      #expect(ran.stdout.contains(line + "\n"), "\(ran.stdout)")
    }
    #expect(ran.stdout.contains("Shape circle(2)\n"), "a private type: \(ran.stdout)")
    #expect(ran.termination == .exited(0))
  }

  @Test(arguments: ["debug", "release"])
  func whatAContextReturnsIsWhatTheProgramSees(_ configuration: String) async throws {
    try workspace.write(
      """
      @inline(never) func series(_ n: Int) -> [Double] { (0..<n).map { Double($0) } }
      @inline(never) func name(_ n: Int) -> String { "the name of number \\(n)" }
      @inline(never) func maybe(_ n: Int) -> String? { n > 0 ? name(n) : nil }
      for i in 0..<3 { print(series(i), maybe(i) ?? "none") }
      """, "p.swift")
    try workspace.write(
      """
      import Ray
      struct Changer: RayContext {
        mutating func result<T>(_ value: T, of site: Site) -> T {
          guard site.shortCallee.hasPrefix("p.") else { return value }
          if let numbers = value as? [Double] { return numbers.map { $0 * 10 } as! T }
          if T.self == String.self { return (value as! String).uppercased() as! T }
          return value
        }
      }
      """, "changer.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", "changer.swift:Changer", "p.swift")
    #expect(
      ran.stdout == """
        [] none
        [0.0] THE NAME OF NUMBER 1
        [0.0, 10.0] THE NAME OF NUMBER 2

        """)
    #expect(ran.termination == .exited(0))
  }

  @Test(arguments: ["debug", "release"])
  func aContextThatReturnsWhatItGetsChangesNothing(_ configuration: String) async throws {
    try workspace.write(Self.program, "p.swift")
    try workspace.write(
      """
      import Ray
      struct Copier: RayContext {
        var seen = 0
        @inline(never) mutating func see(_ value: Any) { seen += 1 }
        mutating func result<T>(_ value: T, of site: Site) -> T { see(value); return value }
        mutating func load<T>(_ value: T, at site: Site) -> T { see(value); return value }
      }
      """, "copier.swift")
    let flags = configuration == "debug" ? ["-Onone"] : ["-O"]
    _ = try await workspace.run("swiftc", flags + ["p.swift", "-o", "plain"])
    let plain = try await workspace.run("./plain", [])
    let instrumented = try await workspace.rayc(
      "run", "-c", configuration, "-W", "copier.swift:Copier", "p.swift")
    #expect(instrumented == plain)
  }

  /// Fields of a type in another file, what closures return, and generic types' own properties.
  @Test(arguments: ["debug", "release"])
  func typesOfOtherFilesAndOfClosuresAreKnown(_ configuration: String) async throws {
    try workspace.write(
      """
      struct Entry { var name: String; var marks: [Int]; var check: (Int) -> [String] }
      final class Shelf<Element> {
        var entries: [Element]; var kind: (any Hashable.Type)
        init(_ entries: [Element]) { self.entries = entries; kind = Int.self }
      }
      """, "types.swift")
    try workspace.write(
      """
      @inline(never) func texts(_ entry: Entry) -> [String] { entry.check(entry.marks[0]) }
      @inline(never) func each<T>(_ all: [T], _ body: (T) -> Int?) -> [Int] { all.compactMap(body) }
      @inline(never) func first<T>(_ shelf: Shelf<T>) -> T { shelf.entries[0] }
      let entry = Entry(name: "a", marks: [3, 4], check: { ["\\($0)"] })
      let shelf = Shelf([entry, entry])
      print(texts(entry), each(entry.marks) { $0 > 3 ? $0 : nil }, first(shelf).name, shelf.kind)
      """, "main.swift")
    try workspace.write(
      """
      import Ray
      struct Keeper: RayContext {
        var kept = 0
        @inline(never) mutating func keep(_ value: Any) { kept += "\\(type(of: value))".isEmpty ? 0 : 1 }
        mutating func result<T>(_ value: T, of site: Site) -> T { keep(value); return value }
        mutating func load<T>(_ value: T, at site: Site) -> T { keep(value); return value }
      }
      """, "keeper.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", "keeper.swift:Keeper", "main.swift", "types.swift")
    #expect(ran.stdout == "[\"3\"] [4] a Int\n")
    #expect(ran.termination == .exited(0))
  }

  @Test func theShareOfExactTypesIsListed() async throws {
    try workspace.write("let a = [1, 2]\nprint(a.count, a.map { $0 + 1 })", "p.swift")
    let listed = try await workspace.rayc("list", "sites", "--types", "p.swift")
    #expect(listed.stdout.contains(" %  exact Swift type\n"), "\(listed.stdout)")
    #expect(listed.stdout.contains("-  it exists only for the compiler\n"), "\(listed.stdout)")
  }
}
