import Foundation
import Testing

/// Redefinition: an edit instruments again what it changed, and nothing else.
@Suite(.serialized) struct ScopeRebuildTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    for module in ["Core", "Left", "Right", "App"] {
      try workspace.makeFolder("pkg/Sources/\(module)")
    }
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "pkg",
        targets: [
          .target(name: "Core"), .target(name: "Left", dependencies: ["Core"]),
          .target(name: "Right", dependencies: ["Core"]),
          .executableTarget(name: "App", dependencies: ["Left", "Right"]),
        ])
      """, "pkg/Package.swift")
    try workspace.write("public func core() -> Int { 1 }", "pkg/Sources/Core/Core.swift")
    try workspace.write(
      "import Core\npublic func left() -> Int { core() }", "pkg/Sources/Left/Left.swift")
    try workspace.write(
      "import Core\npublic func right() -> Int { core() }", "pkg/Sources/Right/Right.swift")
    try workspace.write(
      "import Left\nimport Right\nprint(left() + right())", "pkg/Sources/App/main.swift")
  }

  @Test(arguments: ["program", "dynamic"])
  func onlyTheEditedModuleIsInstrumentedAgain(_ scope: String) async throws {
    func run() async throws -> String {
      let ran = try await workspace.rayc(
        "run", "--package-path", "pkg", "--scope", scope, "-W", context("Silent"))
      #expect(ran.termination == .exited(0), "\(ran.stderr)")
      return ran.stdout
    }
    #expect(try await run() == "2\n")
    let before = objects()
    #expect(before.count == 4)
    // Inside the function: what others see of the module stays as it was.
    try workspace.write(
      "import Core\npublic func left() -> Int { core() + 10 }", "pkg/Sources/Left/Left.swift")
    #expect(try await run() == "12\n")
    let after = objects()
    #expect(after.filter { before[$0.key] != $0.value }.keys.sorted() == ["Left.swift.o"])
  }

  /// The package's objects, each with its time of change.
  private func objects() -> [String: Date] {
    var times: [String: Date] = [:]
    for file in workspace.files(below: "pkg/.build") where file.hasSuffix(".swift.o") {
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: workspace.path("pkg/.build/" + file))
      times[(file as NSString).lastPathComponent] = attributes?[.modificationDate] as? Date
    }
    return times
  }
}
