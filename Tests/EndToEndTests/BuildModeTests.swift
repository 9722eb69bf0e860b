import Testing

/// A program is the plain one in whatever way it is compiled.
@Suite struct BuildModeTests {
  let workspace: Workspace
  let modes: Modes

  init() throws {
    workspace = try Workspace()
    modes = Modes(workspace: workspace)
  }

  private func everything(_ flags: String...) async throws {
    try workspace.copy("Programs/Modes/everything.swift")
    try await modes.expectSame(flags + ["-parse-as-library", "everything.swift"])
  }

  @Test func unchecked() async throws { try await everything("-Ounchecked") }
  @Test func optimizedForSize() async throws { try await everything("-Osize") }
  @Test func wholeModule() async throws { try await everything("-O", "-wmo") }
  @Test func testingEnabled() async throws { try await everything("-O", "-enable-testing") }
  @Test func exclusivityUnchecked() async throws {
    try await everything("-O", "-enforce-exclusivity=unchecked")
  }
  @Test func exclusivityChecked() async throws {
    try await everything("-enforce-exclusivity=checked", "-g")
  }
  @Test func noDebugInformation() async throws { try await everything("-gnone") }
  @Test func lineTablesOnly() async throws { try await everything("-gline-tables-only") }
  @Test func swift5() async throws {
    try await everything("-swift-version", "5", "-strict-concurrency=complete")
  }
  @Test func swift6() async throws { try await everything("-swift-version", "6") }
  @Test func staticStandardLibrary() async throws { try await everything("-static-stdlib") }

  @Test(arguments: ["-Onone", "-O"])
  func cxxInteroperability(_ level: String) async throws {
    try workspace.copy("Programs/Modes/cxx.swift")
    try workspace.copy("Programs/Modes/Tally")
    try await modes.expectSame([
      level, "-cxx-interoperability-mode=default", "-I", "Tally", "cxx.swift",
    ])
  }

  /// The message has addresses; the rest of it, the output and the signal are the same.
  @Test func aViolationOfExclusivityEndsTheProgram() async throws {
    try workspace.copy("Programs/Modes/exclusive.swift")
    for run in try await modes.runs(["-g", "exclusive.swift"]) {
      #expect(run.instrumented.termination == run.plain.termination, "\(run.scope)")
      #expect(run.instrumented.stdout == run.plain.stdout)
      for text in [
        "but modification requires exclusive access", "Fatal access conflict detected.",
      ] {
        #expect(run.plain.stderr.contains(text))
        #expect(run.instrumented.stderr.contains(text))
      }
      #expect(!run.instrumented.stderr.contains("rayc"), "\(run.instrumented.stderr)")
    }
  }

  /// The handler of a crash ran `finish` on a signal's small stack, which `count --json` overran.
  @Test func aCrashLeavesTheCountsInTheFile() async throws {
    try workspace.copy("Programs/Modes/exclusive.swift")
    let built = try await workspace.rayc(
      "build", "-W", "count --json '\(workspace.path("counts.json"))'", "-o", "p",
      "exclusive.swift")
    try #require(built.termination == .exited(0), "\(built.stderr)")
    let ran = try await workspace.run("./p", [])
    #expect(!ran.stderr.contains("trapped in finish"))
    #expect(workspace.exists("counts.json"))
  }

  @Test(arguments: ["-lto=llvm-thin", "-lto=llvm-full", "-static-executable"])
  func whatCannotBeInstrumentedIsRefused(_ option: String) async throws {
    try workspace.write("print(1)", "p.swift")
    let built = try await workspace.rayc("swiftc", option, "p.swift", "-o", "p")
    #expect(built.termination == .exited(64))
    #expect(built.stderr.contains("'\(option)' is not supported"))
    #expect(!workspace.exists("p"))
  }

  /// Swift's libraries were looked for in a folder of rayc's cache, which may be removed.
  @Test func aProgramLooksForLibrariesWhereThePlainOneDoes() async throws {
    try workspace.write("print(1)", "p.swift")
    _ = try await workspace.run("swiftc", ["p.swift", "-o", "plain"])
    let built = try await workspace.rayc("build", "-W", context("Silent"), "-o", "p", "p.swift")
    try #require(built.termination == .exited(0), "\(built.stderr)")
    func runPath(_ program: String) async throws -> [Substring] {
      let read = try await workspace.run("llvm-readobj-22", ["--dynamic-table", program])
      return read.stdout.split(separator: "\n").filter { $0.contains("RUNPATH") }
    }
    let plain = try await runPath("plain")
    #expect(!plain.isEmpty)
    #expect(try await runPath("p") == plain)
  }
}
