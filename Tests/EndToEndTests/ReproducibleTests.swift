import Foundation
import Testing

/// Two builds of the same make the same, byte for byte.
@Suite struct ReproducibleTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  /// An object's symbol table had the name of a temporary file, with the number of a process.
  @Test(arguments: [["-Onone", "-g"], ["-O", "-wmo", "-num-threads", "2"]])
  func objectsAreTheSameEachTime(_ mode: [String]) async throws {
    try workspace.copy("Programs/App.swift")
    try workspace.copy("Programs/Helper.swift")
    for scope in Modes.scopes {
      let first = try await objects(mode, scope.options)
      #expect(first.count == 2)
      #expect(try await objects(mode, scope.options) == first, "\(scope.name)")
    }
    let symbols = try await workspace.run("llvm-readelf-22", ["--symbols", "App.o", "Helper.o"])
    let names = symbols.stdout.matches(of: /FILE +LOCAL +DEFAULT +ABS (.*)/).map(\.output.1)
    #expect(names == ["App.o", "Helper.o"])
  }

  private func objects(_ mode: [String], _ scope: [String]) async throws -> [String: Data] {
    let built = try await workspace.run(
      Toolkit.rayc,
      ["swiftc", "-W", Modes.identity] + scope + ["--"] + mode
        + ["-parse-as-library", "-module-name", "App", "-c", "App.swift", "Helper.swift"])
    try #require(built.termination == .exited(0), "\(built.stderr)")
    var contents: [String: Data] = [:]
    for name in workspace.files() where name.hasSuffix(".o") {
      contents[name] = try Data(contentsOf: URL(filePath: workspace.path(name)))
    }
    return contents
  }
}
