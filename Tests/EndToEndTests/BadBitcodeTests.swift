import Foundation
import Subprocess
import Testing

/// What comes between the stages of a compile job and is not as it should be: a clear message, and
/// the object of the last time stays byte for byte, with nothing beside it.
///
/// The compile job is rayc's own, with tools in its settings that do what the test says.
@Suite struct BadBitcodeTests {
  let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    for folder in ["shim/usr/bin", "out"] { try workspace.makeFolder(folder) }
    try FileManager.default.copyItem(
      atPath: Toolkit.home + "/libexec/rayc/rayc-frontend",
      toPath: workspace.path("shim/usr/bin/swift-frontend"))
    try workspace.write("the object of the last time", "out/p.o")
    // Gives out bitcode that is there already.
    try script(
      "frontend",
      """
      while [ $# -gt 0 ]; do [ "$1" = -o ] && output=$2; shift; done
      cp module.bc "$output"
      """)
    for tool in Self.llvm { try script(tool, Self.real(tool)) }
  }

  private static let llvm = ["opt", "llc"]
  private static func real(_ tool: String) -> String { "exec \(tool)-22 \"$@\"" }

  private func script(_ name: String, _ text: String) throws {
    try workspace.write("#!/bin/sh\n" + text + "\n", name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: workspace.path(name))
  }

  /// Compiles what the frontend gives out, and expects it to fail.
  private func expectFailure(
    status: Int32 = 1, _ words: String..., location: SourceLocation = #_sourceLocation
  ) async throws {
    let tools = ["frontend", "opt", "llc"].map { "\($0)=\(workspace.path($0))" }
    let settings =
      tools + ["plugin=\(Toolkit.home)/lib/rayc/libRaycPasses.so"]
      + (workspace.exists("context.bc") ? ["context=\(workspace.path("context.bc"))"] : [])
    try workspace.write(settings.joined(separator: "\n"), "shim/settings")
    let outcome = try await workspace.run(
      workspace.path("shim/usr/bin/swift-frontend"),
      ["-frontend", "-c", "p.swift", "-module-name", "p", "-o", "out/p.o"])
    #expect(outcome.termination == .exited(status), "\(outcome)", sourceLocation: location)
    for word in words {
      #expect(outcome.stderr.contains(word), "\(outcome.stderr)", sourceLocation: location)
    }
    #expect(workspace.files(below: "out") == ["p.o"], sourceLocation: location)
    let object = try String(contentsOfFile: workspace.path("out/p.o"), encoding: .utf8)
    #expect(object == "the object of the last time", sourceLocation: location)
  }

  private func makeModule(_ text: String = "define void @f() { ret void }") async throws {
    try workspace.write(text, "module.ll")
    let made = try await workspace.run(
      "opt-22", ["-mtriple=x86_64-unknown-linux-gnu", "module.ll", "-o", "module.bc"])
    try #require(made.termination == .exited(0), "\(made.stderr)")
  }

  private func change(_ name: String, _ change: (inout Data) -> Void) throws {
    let file = URL(filePath: workspace.path(name))
    var bytes = try Data(contentsOf: file)
    change(&bytes)
    try bytes.write(to: file)
  }

  @Test func anEmptyFile() async throws {
    try workspace.write("", "module.bc")
    try await expectFailure(
      "rayc: error: the compiler wrote nothing into 'out/p.rayc-", "is the disk full?")
  }

  @Test func aFileThatEndsTooEarly() async throws {
    try await makeModule()
    try change("module.bc") { $0.removeLast($0.count / 2) }
    try await expectFailure(
      ".bc: error: ", "rayc: error: 'opt' failed on 'out/p.o' of module 'p'; its message")
  }

  @Test func aFileWithOtherBytes() async throws {
    try await makeModule()
    try change("module.bc") { bytes in for at in 100..<800 { bytes[at] ^= 0x5A } }
    try await expectFailure(".bc: error: ", "'opt' failed on 'out/p.o'")
  }

  @Test func noBitcodeAtAll() async throws {
    try workspace.write("a text", "module.bc")
    try await expectFailure(".bc:1:1: error: ", "'opt' failed on 'out/p.o'")
  }

  @Test func aModuleOfAnotherSwift() async throws {
    try await makeModule(
      """
      !llvm.module.flags = !{!0, !1}
      !0 = !{i32 1, !"Swift Major Version", i8 5}
      !1 = !{i32 1, !"Swift Minor Version", i8 9}
      """)
    try await expectFailure(
      "was compiled by Swift 5.9, and rayc works with Swift 6.3; compile its source with that",
      "'opt' failed on 'out/p.o'")
  }

  @Test func aModuleThatIsInstrumented() async throws {
    try await makeModule("@rayc.abi = constant i32 0")
    try await expectFailure("is instrumented already", "link its object as it is")
  }

  @Test func aContextThatIsNone() async throws {
    try await makeModule()
    try workspace.write("", "context.bc")
    try await expectFailure("context.bc' is not a context that the pass rayc-context has prepared")
    try workspace.write("garbage", "context.bc")
    try await expectFailure(
      "cannot read the context '", "remove rayc's cache folder and build again")
  }

  @Test(arguments: [
    ("SEGV", "(Segmentation fault)", "please report it, and pass the module over"),
    ("ABRT", "(Aborted)", "'--exclude module:p'"), ("KILL", "(Killed)", "'-j 1'"),
  ])
  func aToolThatIsEndedByASignal(_ signal: String, _ name: String, _ remedy: String) async throws {
    try await makeModule()
    for tool in Self.llvm {
      try script(tool, "touch \"$(dirname \"$0\")/out/p.rayc-$PPID.o\"; kill -\(signal) $$")
      try await expectFailure("rayc: error: '\(tool)' was ended by signal", name, remedy)
      try script(tool, Self.real(tool))
    }
  }

  @Test func aToolThatIsNotThere() async throws {
    try await makeModule()
    try FileManager.default.removeItem(atPath: workspace.path("llc"))
    try await expectFailure(
      "rayc: error: cannot run '\(workspace.path("llc"))': No such file or directory",
      "rayc doctor")
  }

  @Test func aFileSizeLimit() async throws {
    try await makeModule("@large = constant [100000 x i64] zeroinitializer")
    try script("llc", "ulimit -f 4; " + Self.real("llc"))
    try await expectFailure(
      "rayc: error: 'llc' was ended by signal 25 (File size limit exceeded) on 'out/p.o'",
      "'ulimit -f'")
  }
}
