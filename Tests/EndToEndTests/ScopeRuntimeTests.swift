import Foundation
import Testing

/// A package that has Ray as a dependency, so that it builds without rayc as well: the runtime
/// is then built from source with the package.
@Suite(.serialized) struct ScopeRuntimeTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    for module in ["CTape", "CRay", "Ray"] {
      try workspace.makeFolder("rayc/Sources")
      try FileManager.default.copyItem(
        at: sources.appending(path: module),
        to: URL(filePath: workspace.path("rayc/Sources/\(module)")))
    }
    try workspace.write(
      """
      // swift-tools-version: 6.1
      import PackageDescription
      let package = Package(
        name: "rayc", products: [.library(name: "Ray", targets: ["Ray"])],
        targets: [
          .target(name: "CTape"),
          .target(name: "CRay", dependencies: ["CTape"]),
          .target(name: "Ray", dependencies: ["CRay"], exclude: ["CMakeLists.txt", "Glue"]),
        ])
      """, "rayc/Package.swift")
    try workspace.makeFolder("app/Sources/App")
    try workspace.write(
      """
      // swift-tools-version: 6.1
      import PackageDescription
      let package = Package(
        name: "app", dependencies: [.package(path: "../rayc")],
        targets: [
          .executableTarget(name: "App", dependencies: [.product(name: "Ray", package: "rayc")])
        ])
      """, "app/Package.swift")
    try workspace.copy("Programs/extent.swift", as: "app/Sources/App/main.swift")
  }

  @Test func withoutRaycNothingIsObserved() async throws {
    let built = try await workspace.run("swift", ["build", "--package-path", "app"])
    #expect(built.termination == .exited(0), "\(built.stdout)")
    let ran = try await workspace.run("app/.build/debug/App", [])
    #expect(ran == Outcome(stdout: "8 4 0\n16 2\n", stderr: "", termination: .exited(0)))
  }

  @Test(arguments: [("program", "debug"), ("dynamic", "debug"), ("dynamic", "release")])
  func withRaycTheExtentIs(_ scope: String, _ configuration: String) async throws {
    let ran = try await workspace.rayc(
      "run", "--package-path", "app", "--scope", scope, "-c", configuration)
    #expect(ran == Outcome(stdout: "8 4 15\n16 2\n", stderr: "", termination: .exited(0)))
  }
}
