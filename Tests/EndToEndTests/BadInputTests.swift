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

  private func expect(
    _ outcome: Outcome, status: Int32, _ words: String...,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.termination == .exited(status), "\(outcome.stderr)", sourceLocation: location)
    #expect(outcome.stdout == "", sourceLocation: location)
    for word in words {
      #expect(outcome.stderr.contains(word), "\(outcome.stderr)", sourceLocation: location)
    }
    #expect(!outcome.stderr.contains("glue.swift"), sourceLocation: location)
  }

  @Test func aMistypedCommand() async throws {
    expect(
      try await workspace.rayc("runn", "p.swift"), status: 64,
      "rayc: error: unknown command 'runn'; did you mean 'run'?")
  }

  @Test func aFileThatIsNotThere() async throws {
    expect(
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
    expect(
      try await workspace.rayc("run", "-W", "'\(file):Broken'", "p.swift"), status: 1,
      "cannot find 'missing' in scope", "Broken.swift:4")
  }

  @Test(arguments: [
    ("Silnt", "no type 'Silnt'", "did you mean 'Silent'?"),
    ("NotAContext", "does not conform to RayContext", "struct NotAContext: RayContext"),
    ("Hidden", "it is private", "leave the word out"), ("Generic", "it is generic", "typealias"),
  ])
  func aTypeThatIsNoContext(_ type: String, _ problem: String, _ remedy: String) async throws {
    expect(
      try await workspace.rayc("run", "-W", context(type), "p.swift"), status: 1, problem, remedy)
  }

  @Test func aContextThatRefusesItsArguments() async throws {
    expect(
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
    expect(outcome, status: 64, words)
  }

  @Test func anOptOfAnotherVersion() async throws {
    let tools = workspace.path("tools")
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try workspace.write("#!/bin/sh\necho 'Debian LLVM version 14.0.6'\n", "tools/opt-22")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: tools + "/opt-22")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let environment = ["PATH": tools + ":" + path]
    expect(
      try await workspace.rayc("run", "p.swift", environment: environment), status: 1,
      "is LLVM 14.0.6, and rayc needs LLVM 22", "apt-get")
    let doctor = try await workspace.rayc("doctor", environment: environment)
    #expect(doctor.termination == .exited(1))
    #expect(doctor.stdout.contains("FAIL  opt of LLVM 22"))
  }

  @Test func noSwift() async throws {
    expect(
      try await workspace.rayc("run", "p.swift", environment: ["PATH": "/nowhere"]), status: 1,
      "no 'swiftc' on PATH")
  }

  @Test func aPluginAndARuntimeOfDifferentVersions() async throws {
    let kit = workspace.path("kit")
    try FileManager.default.copyItem(atPath: Toolkit.home, toPath: kit)
    let runtime = URL(filePath: kit + "/lib/rayc/libRay.a")
    var bytes = try Data(contentsOf: runtime)
    while let found = bytes.range(of: Data("rayc_abi_1".utf8)) {
      bytes.replaceSubrange(found, with: Data("rayc_abi_9".utf8))
    }
    try bytes.write(to: runtime)
    expect(
      try await workspace.run(kit + "/bin/rayc", ["run", "p.swift"]), status: 1,
      "different versions", "'rayc_abi_9'", "scripts/install")
  }

  @Test func anIncompleteToolkit() async throws {
    let kit = workspace.path("kit")
    try FileManager.default.copyItem(atPath: Toolkit.home, toPath: kit)
    try FileManager.default.removeItem(atPath: kit + "/lib/rayc/libRay.a")
    expect(
      try await workspace.run(kit + "/bin/rayc", ["run", "p.swift"]), status: 1,
      "libRay.a' is missing", "scripts/rayc")
  }

  /// Needs to mount a file system, so it runs as root only.
  @Test(.enabled(if: getuid() == 0)) func aFullDisk() async throws {
    let disk = workspace.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let mounted = try await workspace.run(
      "mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk])
    guard mounted.termination.isSuccess else { return }
    let outcome = try await workspace.rayc("run", "p.swift", environment: ["XDG_CACHE_HOME": disk])
    _ = try await workspace.run("umount", [disk])
    guard case .exited(let status) = outcome.termination else {
      Issue.record("\(outcome)")
      return
    }
    #expect(status != 0)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.contains("disk") || outcome.stderr.contains("No space left"))
  }
}
