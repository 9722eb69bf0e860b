import Foundation
import Testing

/// Twins find each other across the modules of a package, into a dynamic library and back,
/// also where the library may be replaced by a later one (`-enable-library-evolution`).
@Suite(.serialized) struct TwinsPackageTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    for package in ["lib", "app"] { try workspace.copy("Modules/" + package) }
    // The same code three times: linked in, in a dynamic library, in one that may evolve.
    for (module, package) in [("Static", "app"), ("Shared", "lib"), ("Evolving", "lib")] {
      try write("Library.swift", "\(package)/Sources/\(module)", module)
      try write("Use.swift", "app/Sources/Use\(module)", module)
    }
  }

  private func write(_ name: String, _ folder: String, _ module: String) throws {
    let text = try String(contentsOfFile: Workspace.fixture("Modules/" + name), encoding: .utf8)
    try workspace.makeFolder(folder)
    try workspace.write(
      text.replacingOccurrences(of: "MODULE", with: module), folder + "/" + name)
  }

  private static let allOfIt = """
    Static: true, 33 of 33
    Static, async: true, 25 of 25
    Shared: true, 33 of 33
    Shared, async: true, 25 of 25
    Evolving: true, 33 of 33
    Evolving, async: true, 25 of 25

    """

  @Test(arguments: ["debug", "release"])
  func everyModuleIsInTwins(_ configuration: String) async throws {
    let ran = try await workspace.rayc("run", "--package-path", "app", "-c", configuration)
    #expect(ran.stdout == Self.allOfIt, "\(ran.stderr)")
    #expect(ran.termination == .exited(0))
  }
}
