import Foundation
import Testing

/// Tools that are missing, of another version or damaged.
@Suite struct BadToolTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write("print(\"ran\")", "p.swift")
  }

  @Test func anOptOfAnotherVersion() async throws {
    let tools = workspace.path("tools")
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try workspace.write("#!/bin/sh\necho 'Debian LLVM version 14.0.6'\n", "tools/opt-22")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: tools + "/opt-22")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let environment = ["PATH": tools + ":" + path]
    expectRefusal(
      try await workspace.rayc("run", "p.swift", environment: environment), status: 1,
      "is LLVM 14.0.6, and rayc needs LLVM 22", "apt-get")
    let doctor = try await workspace.rayc("doctor", environment: environment)
    #expect(doctor.termination == .exited(1))
    #expect(doctor.stdout.contains("FAIL  opt of LLVM 22"))
  }

  @Test func noSwift() async throws {
    expectRefusal(
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
    expectRefusal(
      try await workspace.run(kit + "/bin/rayc", ["run", "p.swift"]), status: 1,
      "different versions", "'rayc_abi_9'", "scripts/install")
  }

  @Test(arguments: ["lib/rayc/libRay.a", "lib/rayc/libRaycPasses.so", "share/rayc/Glue.swift"])
  func anIncompleteToolkit(_ part: String) async throws {
    let kit = workspace.path("kit")
    try FileManager.default.copyItem(atPath: Toolkit.home, toPath: kit)
    try FileManager.default.removeItem(atPath: kit + "/" + part)
    expectRefusal(
      try await workspace.run(kit + "/bin/rayc", ["run", "p.swift"]), status: 1,
      "\(part)' is missing", "scripts/rayc")
  }

  @Test func aPluginThatIsDamaged() async throws {
    let kit = workspace.path("kit")
    try FileManager.default.copyItem(atPath: Toolkit.home, toPath: kit)
    let plugin = URL(filePath: kit + "/lib/rayc/libRaycPasses.so")
    try Data(contentsOf: plugin).prefix(100_000).write(to: plugin)
    expectRefusal(
      try await workspace.run(kit + "/bin/rayc", ["run", "p.swift"]), status: 1,
      "libRaycPasses.so")
  }
}
