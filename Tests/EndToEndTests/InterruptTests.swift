import Foundation
import Subprocess
import SystemPackage
import Testing

/// Ctrl-C during a build ends it, leaves nothing half done, and the next build works.
@Suite struct InterruptTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  @Test(arguments: [0.3, 0.8, 1.5])
  func leavesNothingBehind(_ seconds: Double) async throws {
    let functions = (0..<400).map { number in
      "func f\(number)(_ a: [Int]) -> [Int] { a.map { $0 &* \(number) }.filter { $0 % 3 == 1 }.sorted() }"
    }
    try workspace.write(
      (functions + ["print(f1([1, 2]).count)"]).joined(separator: "\n"), "p.swift")
    var options = PlatformOptions()
    options.processGroupID = 0
    let result = try await Subprocess.run(
      .path(FilePath(Toolkit.rayc)),
      arguments: ["build", "-c", "release", "-W", context("Silent").self, "-o", "out", "p.swift"],
      environment: .inherit.updating(["XDG_CACHE_HOME": Workspace.cache]),
      workingDirectory: FilePath(workspace.root), platformOptions: options, input: .none,
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20)
    ) { execution in
      try await Task.sleep(for: .seconds(seconds))
      try? execution.send(signal: .interrupt, toProcessGroup: true)
    }
    if result.terminationStatus.isSuccess { return }  // It was faster than the signal.
    #expect(result.terminationStatus == .signaled(SIGINT), "\(result.standardError)")
    #expect(workspace.files() == ["p.swift"])
    let again = try await workspace.rayc(
      "build", "-c", "release", "-W", context("Silent"), "-o", "out", "p.swift")
    #expect(again.termination == .exited(0), "\(again.stderr)")
    #expect(workspace.files().sorted() == ["out", "p.swift"])
  }
}
