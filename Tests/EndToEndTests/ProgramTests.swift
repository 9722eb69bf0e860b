import Subprocess
import Testing

/// A program under a context that does nothing must look the same as without rayc.
@Suite struct ProgramTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  @Test func diesOfTheSameSignal() async throws {
    try workspace.copy("Programs/trap.swift")
    _ = try await workspace.run("swiftc", ["trap.swift", "-o", "plain"])
    let plain = try await workspace.run("./plain", [])
    let instrumented = try await workspace.rayc("run", "-W", context("Silent"), "trap.swift")
    #expect(instrumented.termination == plain.termination)
    #expect(instrumented.stdout == plain.stdout)
    guard case .signaled = plain.termination else {
      Issue.record("the plain program was not ended by a signal: \(plain)")
      return
    }
  }

  @Test func buildsSeveralFilesUnderSwiftcsName() async throws {
    try workspace.copy("Programs/App.swift")
    try workspace.copy("Programs/Helper.swift")
    let built = try await workspace.rayc(
      "build", "-W", context("Talking"), "-Xswiftc", "-parse-as-library", "App.swift",
      "Helper.swift")
    #expect(built == Outcome(stdout: "", stderr: "", termination: .exited(0)))
    let ran = try await workspace.run("./main", [])
    #expect(ran.stdout == "main 42\ntalking: true []\n")
    #expect(workspace.files().sorted() == ["App.swift", "Helper.swift", "main"])
  }

  @Test func aLoneFileMayHaveAMainAttribute() async throws {
    try workspace.write("@main struct P { static func main() { print(1) } }", "only.swift")
    let ran = try await workspace.rayc("run", "-W", context("Silent"), "only.swift")
    #expect(ran == Outcome(stdout: "1\n", stderr: "", termination: .exited(0)))
  }

  @Test func theSecondRunCompilesNothing() async throws {
    try workspace.write("print(\"once\")", "p.swift")
    let first = try await workspace.rayc("run", "-v", "-W", context("Silent"), "p.swift")
    #expect(first.stderr.contains("compile-program"))
    let second = try await workspace.rayc("run", "-v", "-W", context("Silent"), "p.swift")
    #expect(second == Outcome(stdout: "once\n", stderr: "", termination: .exited(0)))
    try workspace.write("print(\"twice\")", "p.swift")
    let third = try await workspace.rayc("run", "-W", context("Silent"), "p.swift")
    #expect(third.stdout == "twice\n")
  }

  @Test func argumentsReachTheContext() async throws {
    try workspace.write("print(1)", "p.swift")
    let ran = try await workspace.rayc("run", "-W", context("Talking") + " 'a b' c", "p.swift")
    #expect(ran.stdout == "1\ntalking: true [\"a b\", \"c\"]\n")
  }

  @Test func printingJobsRunsNothing() async throws {
    try workspace.write("print(1)", "p.swift")
    let printed = try await workspace.rayc("build", "--print-jobs", "p.swift")
    #expect(printed.stdout.contains("compile-program: "))
    #expect(printed.termination.isSuccess)
    #expect(workspace.files() == ["p.swift"])
  }

  @Test func standsInForSwiftc() async throws {
    try workspace.copy("Programs/Helper.swift")
    try workspace.write("print(value())", "main.swift")
    let spec = context("Talking")
    let library = try await workspace.rayc(
      "swiftc", "-W", spec, "--", "-emit-library", "-emit-module", "-module-name", "H",
      "Helper.swift", "-o", "libH.so")
    #expect(library.termination.isSuccess, "\(library.stderr)")
    let object = try await workspace.rayc(
      "swiftc", "-W", spec, "-c", "Helper.swift", "main.swift", "-num-threads", "2", "-wmo")
    #expect(object.termination.isSuccess, "\(object.stderr)")
    let linked = try await workspace.rayc(
      "swiftc", "-W", spec, "Helper.o", "main.o", "-o", "linked")
    #expect(linked.termination.isSuccess, "\(linked.stderr)")
    let ran = try await workspace.run("./linked", [])
    #expect(ran.stdout == "42\ntalking: true []\n")
    #expect(!workspace.files().contains { $0.contains("rayc") })
  }

  @Test func listsSites() async throws {
    try workspace.copy("Programs/Helper.swift")
    let sites = try await workspace.rayc("list", "sites", "Helper.swift")
    #expect(sites.stdout.contains("Helper.swift:1:"))
    let functions = try await workspace.rayc(
      "list", "functions", "--format", "json", "Helper.swift")
    #expect(functions.stdout.contains("\"record\" : \"function\""))
    let contexts = try await workspace.rayc("list", "contexts")
    #expect(contexts.stdout.contains("count"))
  }
}
