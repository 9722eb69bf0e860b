import Foundation
import Testing

/// Places that cannot be read or written. File systems are mounted for it, so it runs as root only.
@Suite(.enabled(if: getuid() == 0)) struct BadPlaceTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write("print(\"ran\")", "p.swift")
    try workspace.makeFolder("disk")
  }

  private func mount(_ options: String) async throws -> Bool {
    let mounted = try await workspace.run(
      "mount", ["-t", "tmpfs", "-o", options, "tmpfs", workspace.path("disk")])
    return mounted.termination == .exited(0)
  }

  /// Runs rayc, and takes the disk away whatever happens.
  private func rayc(_ arguments: String..., environment: [String: String] = [:]) async throws
    -> (Outcome, files: [String])
  {
    let outcome: Outcome
    do {
      outcome = try await workspace.run(Toolkit.rayc, arguments, environment: environment)
    } catch {
      _ = try await workspace.run("umount", ["disk"])
      throw error
    }
    let files = workspace.files(below: "disk").sorted()
    _ = try await workspace.run("umount", ["disk"])
    return (outcome, files)
  }

  @Test func aCacheOnAFullDisk() async throws {
    guard try await mount("size=64k") else { return }
    let (outcome, _) = try await rayc(
      "run", "p.swift", environment: ["XDG_CACHE_HOME": workspace.path("disk")])
    #expect(!outcome.termination.isSuccess)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.contains("disk") || outcome.stderr.contains("No space left"))
  }

  @Test func outputOnAFullDisk() async throws {
    guard try await mount("size=16k") else { return }
    try workspace.write("the last one", "disk/p")
    try workspace.write("the last one", "disk/p.o")
    let (outcome, files) = try await rayc("build", "p.swift", "-o", "disk/p")
    expectRefusal(outcome, status: 1, "No space left on device")
    #expect(files == ["p", "p.o"])
    guard try await mount("size=16k") else { return }
    let (object, left) = try await rayc("swiftc", "-c", "p.swift", "-o", "disk/p.o")
    expectRefusal(object, status: 1, "No space left on device")
    #expect(left == [])
  }

  @Test func outputWhereNothingCanBeWritten() async throws {
    guard try await mount("size=1m") else { return }
    try workspace.write("the last one", "disk/p")
    _ = try await workspace.run("mount", ["-o", "remount,ro", "disk"])
    let (outcome, files) = try await rayc("build", "p.swift", "-o", "disk/p")
    expectRefusal(outcome, status: 1, "disk/p", "Read-only file system")
    #expect(files == ["p"])
  }

  /// Root may read everything; without its capabilities it is like anyone.
  @Test func filesThatMayNotBeRead() async throws {
    try workspace.write("struct X {}", "closed.swift")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: workspace.path("closed.swift"))
    let rights = "-dac_override,-dac_read_search"
    for arguments in [["run", "closed.swift"], ["run", "-W", "closed.swift:X", "p.swift"]] {
      let outcome = try await workspace.run(
        "setpriv",
        ["--bounding-set=\(rights)", "--inh-caps=\(rights)", Toolkit.rayc] + arguments)
      expectRefusal(outcome, status: 1, "closed.swift': Permission denied")
    }
  }
}
