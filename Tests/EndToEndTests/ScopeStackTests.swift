import Testing

/// Several contexts: each sees the value that the one before returned.
@Suite struct ScopeStackTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write(
      """
      @inline(never) func answer(_ value: Int) -> Int { value }
      print(answer(5))
      """, "p.swift")
    try workspace.write(
      """
      import Ray

      struct Times: ConfigurableContext {
        var factor = 1
        init() {}
        init(arguments: [String]) throws {
          guard let factor = arguments.first.flatMap({ Int($0) }) else { throw NoNumber() }
          self.factor = factor
        }
        mutating func result<T>(_ value: T, of site: Site) -> T {
          site.isAnswer ? change(value) { $0 * factor } : value
        }
        func finish() { print("times \\(factor)") }
      }

      struct PlusOne: RayContext {
        mutating func result<T>(_ value: T, of site: Site) -> T {
          site.isAnswer ? change(value) { $0 + 1 } : value
        }
        func finish() { print("plus one") }
      }

      extension Site { var isAnswer: Bool { shortCallee.hasSuffix("answer(_:)") } }

      // An integer comes as the machine has it.
      func change<T>(_ value: T, _ by: (Int) -> Int) -> T {
        if let value = value as? Int { return by(value) as! T }
        if let value = value as? Int { return by(value) as! T }
        return value
      }

      struct NoNumber: Error, CustomStringConvertible { var description: String { "give me a number" } }
      """, "contexts.swift")
  }

  private func run(_ specs: String..., options: [String] = [], file: String = "p.swift")
    async throws -> Outcome
  {
    try await workspace.run(
      Toolkit.rayc, ["run"] + specs.flatMap { ["-W", $0] } + options + [file])
  }

  @Test(arguments: ["debug", "release"])
  func valuesGoFromOneToTheNext(_ configuration: String) async throws {
    let options = ["-c", configuration]
    let first = try await run(
      "contexts.swift:Times 2", "contexts.swift:PlusOne", options: options)
    #expect(
      first == Outcome(stdout: "11\ntimes 2\nplus one\n", stderr: "", termination: .exited(0)))
    let second = try await run(
      "contexts.swift:PlusOne", "contexts.swift:Times 2", options: options)
    #expect(second.stdout == "12\nplus one\ntimes 2\n", "\(second.stderr)")
  }

  @Test func aContextMayBeThereTwice() async throws {
    let ran = try await run("contexts.swift:Times 2", "contexts.swift:Times 3")
    #expect(ran.stdout == "30\ntimes 2\ntimes 3\n", "\(ran.stderr)")
  }

  @Test func theOneThatCannotBeMadeIsNamed() async throws {
    let ran = try await run("contexts.swift:PlusOne", "contexts.swift:Times x")
    #expect(ran.termination == .exited(1))
    #expect(ran.stdout == "")
    #expect(ran.stderr == "rayc: context 'contexts.swift:Times': give me a number\n")
  }

  @Test func theOneThatTakesNoArgumentsIsNamed() async throws {
    let ran = try await run("contexts.swift:Times 2", "contexts.swift:PlusOne x")
    #expect(ran.termination == .exited(1))
    #expect(ran.stderr.contains("context 'contexts.swift:PlusOne': it takes no arguments"))
  }

  @Test func theOneThatDoesNotCompileIsShown() async throws {
    try workspace.write(
      "import Ray\nstruct Wrong: RayContext { func finish() { missing() } }", "wrong.swift")
    let ran = try await run("contexts.swift:PlusOne", "wrong.swift:Wrong")
    #expect(ran.termination == .exited(1))
    #expect(ran.stderr.contains("wrong.swift:2:"))
    #expect(ran.stderr.contains("cannot find 'missing' in scope"))
    let missing = try await run("contexts.swift:PlusOne", "contexts.swift:Tims 2")
    #expect(missing.stderr.contains("no type 'Tims' in 'contexts.swift'; did you mean 'Times'?"))
  }

  /// A context of the program's own comes behind those of `-W`, in both scopes.
  @Test(arguments: ["program", "dynamic"])
  func theProgramsOwnComesLast(_ scope: String) async throws {
    try workspace.write(
      """
      import Ray
      struct Seen: RayContext {
        var values: [Int] = []
        mutating func result<T>(_ value: T, of site: Site) -> T {
          if site.shortCallee.hasSuffix("answer(_:)") {
            if let value = value as? Int { values.append(value) }
          }
          return value
        }
      }
      @inline(never) func answer(_ value: Int) -> Int { value }
      var seen = Seen()
      overdub(&seen) { print(answer(5)) }
      print(answer(7), seen.values)
      """, "own.swift")
    let ran = try await run(
      "contexts.swift:Times 2", options: ["--scope", scope], file: "own.swift")
    let outside = scope == "program" ? 14 : 7
    #expect(ran.stdout == "10\n\(outside) [10]\ntimes 2\n", "\(ran.stderr)")
  }
}
