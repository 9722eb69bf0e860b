import Foundation
import Subprocess
import Testing

/// What a user does wrong gets a clear message and the right status.
@Suite struct BadInputTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write("print(\"ran\")", "p.swift")
  }

  @Test func aMistypedCommand() async throws {
    expectRefusal(
      try await workspace.rayc("runn", "p.swift"), status: 64,
      "rayc: error: unknown command 'runn'; did you mean 'run'?")
    expectRefusal(
      try await workspace.rayc("ir", "dif", "a.swift", "b.swift"), status: 64,
      "rayc: error: unknown command 'ir dif'; did you mean 'ir diff'?")
    expectRefusal(
      try await workspace.rayc("list", "xyz"), status: 64,
      "unknown command 'list xyz'; the commands are 'list sites', 'list functions'")
  }

  @Test func aFileThatIsNotThere() async throws {
    expectRefusal(
      try await workspace.rayc("run", "no.swift"), status: 1,
      "rayc: error: no such file: 'no.swift'")
  }

  @Test func aCompileErrorIsSwiftcs() async throws {
    try workspace.copy("Programs/wrong.swift")
    let plain = try await workspace.run("swiftc", ["wrong.swift", "-o", "plain"])
    let run = try await workspace.rayc("run", "wrong.swift")
    let swiftc = try await workspace.rayc("swiftc", "wrong.swift", "-o", "plain")
    #expect(run.stderr == plain.stderr)
    #expect(run.termination == plain.termination)
    #expect(swiftc == plain)
    #expect(workspace.files().sorted() == ["p.swift", "wrong.swift"])
  }

  @Test func aContextThatDoesNotCompile() async throws {
    let file = Workspace.fixture("Contexts/Broken.swift")
    expectRefusal(
      try await workspace.rayc("run", "-W", "'\(file):Broken'", "p.swift"), status: 1,
      "cannot find 'missing' in scope", "Broken.swift:4")
  }

  @Test(arguments: [
    ("Silnt", "no type 'Silnt'", "did you mean 'Silent'?"),
    ("NotAContext", "does not conform to RayContext", "struct NotAContext: RayContext"),
    ("Hidden", "it is private", "leave the word out"), ("Generic", "it is generic", "typealias"),
  ])
  func aTypeThatIsNoContext(_ type: String, _ problem: String, _ remedy: String) async throws {
    expectRefusal(
      try await workspace.rayc("run", "-W", context(type), "p.swift"), status: 1, problem, remedy)
  }

  @Test func aContextThatRefusesItsArguments() async throws {
    expectRefusal(
      try await workspace.rayc("run", "-W", context("Talking") + " fail", "p.swift"), status: 1,
      "Silent.swift:Talking': i refuse")
  }

  @Test(arguments: [
    (["run", "-W", "cuont", "p.swift"], "did you mean 'count'?"),
    (["run", "-W", "count 'x", "p.swift"], "is not closed"),
    (["run", "-W", "p.swift", "p.swift"], "'p.swift' does not say which type"),
    (["run", "--trigger", "f", "--scope", "program", "p.swift"], "leave '--scope' out"),
    (["run", "--include", "modul:X", "p.swift"], "did you mean 'module:'?"),
    (["run", "--exclude", "/x", "p.swift"], "the regular expression is not closed"),
    (["run", "--depth=-1", "p.swift"], "'--depth -1'"),
    (["run", "p.swift", "stray"], "'stray'"), (["run", "--at", "nowhere", "p.swift"], "nowhere"),
    (["run", "--product", "x", "p.swift"], "'--product' is for packages"),
    (["rnu", "p.swift"], "rnu"), (["run", "-j", "0", "p.swift"], "--jobs 0"),
    (["run"], "Package.swift"),
  ])
  func usageErrorsEndWith64(_ arguments: [String], _ words: String) async throws {
    let outcome = try await workspace.run(Toolkit.rayc, arguments)
    expectRefusal(outcome, status: 64, words)
  }

  @Test func sourcesThatAreNone() async throws {
    try workspace.makeFolder("folder.swift")
    expectRefusal(
      try await workspace.rayc("run", "folder.swift"), status: 1,
      "rayc: error: cannot read 'folder.swift': Is a directory")
    try Data([0x7F, 0x45, 0x4C, 0x46, 0, 0xFF, 0xFE]).write(
      to: URL(filePath: workspace.path("binary.swift")))
    expectRefusal(
      try await workspace.rayc("run", "binary.swift"), status: 1,
      "binary.swift:1:1: error: invalid character in source file")
    try workspace.write("bytes of no module", "Lib.swiftmodule")
    try workspace.write("import Lib", "user.swift")
    let plain = try await workspace.run("swiftc", ["-I", ".", "user.swift", "-o", "user"])
    let swiftc = try await workspace.rayc("swiftc", "-I", ".", "user.swift", "-o", "user")
    #expect(swiftc == plain)
    #expect(plain.stderr.contains("Lib.swiftmodule"))
  }

  @Test func contextsThatAreNone() async throws {
    try workspace.makeFolder("folder.swift")
    try workspace.write("", "empty.swift")
    for (file, words) in [
      ("folder.swift", "folder.swift': Is a directory"),
      ("empty.swift", "no type 'X' in 'empty.swift'"), ("none.swift", "no such file: 'none.swift'"),
    ] {
      expectRefusal(
        try await workspace.rayc("run", "-W", file + ":X", "p.swift"), status: 1, "rayc: error: ",
        words)
    }
    #expect(workspace.files().sorted() == ["empty.swift", "folder.swift", "p.swift"])
  }
}
