import Foundation
import Testing

/// Code coverage of an instrumented program is that of the plain one: every region of every
/// function ran as often, whichever of its two bodies ran.
@Suite(.serialized) struct CoverageTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  @Test(arguments: ["-Onone", "-O"])
  func aProgramsIsThePlainOnes(_ level: String) async throws {
    try workspace.copy("Programs/Modes/covered.swift")
    try await Modes(workspace: workspace).expectSame([
      "-profile-generate", "-profile-coverage-mapping", level, "-parse-as-library",
      "covered.swift",
    ])
    let plain = try await coverage(of: "plain")
    #expect(plain.functions.count > 20)
    // `half` ran three times from `main` and five times from `steps`.
    #expect(plain.functions.contains { $0.contains("$s5plain4halfyS2iKF 8 ") })
    for scope in Modes.scopes {
      #expect(try await coverage(of: scope.name) == plain, "\(scope.name)")
    }
  }

  /// Runs a program, and asks the toolchain what of it ran.
  private func coverage(of program: String) async throws -> Coverage {
    let tools = try await toolFolder()
    _ = try await workspace.run(
      "./\(program)", [], environment: ["LLVM_PROFILE_FILE": program + ".profraw"])
    let merged = try await workspace.run(
      tools + "/llvm-profdata", ["merge", program + ".profraw", "-o", program + ".profdata"])
    try #require(merged.termination == .exited(0), "\(merged.stderr)")
    let exported = try await workspace.run(
      tools + "/llvm-cov", ["export", program, "-instr-profile=\(program).profdata"])
    try #require(exported.termination == .exited(0), "\(exported.stderr)")
    return try Coverage(json: Data(exported.stdout.utf8))
  }

  /// Those of other versions cannot read the profiles of the toolchain's runtime.
  private func toolFolder() async throws -> String {
    struct Info: Decodable {
      struct Paths: Decodable { var runtimeResourcePath: String }
      var paths: Paths
    }
    let said = try await workspace.run("swiftc", ["-print-target-info"])
    let info = try JSONDecoder().decode(Info.self, from: Data(said.stdout.utf8))
    return URL(filePath: info.paths.runtimeResourcePath)
      .appending(path: "../../bin").standardized.path()
  }

  /// C targets too, which LLVM 22's clang compiles with `--c`.
  @Test(arguments: [("debug", Modes.scopes[1]), ("release", Modes.scopes[0])])
  func aPackagesIsThePlainOnes(
    _ configuration: String, _ scope: (name: String, options: [String])
  ) async throws {
    try workspace.copy("CPackage", as: "pkg")
    let common = [
      "test", "--package-path", "pkg", "--enable-code-coverage", "-c", configuration,
      "-Xswiftc", "-enable-testing",
    ]
    let flagsForC = ["-Xcc", "-fprofile-instr-generate", "-Xcc", "-fcoverage-mapping"]
    let plain = try await workspace.run("swift", common + flagsForC + ["--scratch-path", "plain"])
    try #require(plain.termination == .exited(0), "\(plain.stdout)\(plain.stderr)")
    let instrumented = try await workspace.run(
      Toolkit.rayc,
      common + ["--scratch-path", "rayc", "--c", "-W", Modes.identity, "-W", "count"]
        + scope.options + ["--"] + flagsForC)
    try #require(instrumented.termination == .exited(0), "\(instrumented.stderr)")
    #expect((instrumented.stdout + instrumented.stderr).contains("counting.c:16:"))
    let expected = try packageCoverage(below: "plain")
    #expect(expected.functions.count == 19)
    #expect(expected.files.contains { $0.contains("longest.cpp") })
    #expect(try packageCoverage(below: "rayc") == expected)
  }

  private func packageCoverage(below folder: String) throws -> Coverage {
    let reports = workspace.files(below: folder).filter { $0.hasSuffix("codecov/CPackage.json") }
    try #require(!reports.isEmpty)
    let data = try Data(contentsOf: URL(filePath: workspace.path("\(folder)/\(reports[0])")))
    return try Coverage(json: data)
  }
}

/// What `llvm-cov export` says of the sources that nobody generated.
private struct Coverage: Equatable {
  /// `name count regions`.
  var functions: [String] = []
  /// `path segments`.
  var files: [String] = []

  init(json: Data) throws {
    let whole = try JSONSerialization.jsonObject(with: json) as? [String: Any]
    let data = try #require((whole?["data"] as? [[String: Any]])?.first)
    for function in try #require(data["functions"] as? [[String: Any]]) {
      let sources = function["filenames"] as? [String] ?? []
      guard !sources.contains(where: Self.isGenerated) else { continue }
      functions.append("\(function["name"]!) \(function["count"]!) \(function["regions"]!)")
    }
    for file in try #require(data["files"] as? [[String: Any]]) {
      guard let path = file["filename"] as? String, !Self.isGenerated(path) else { continue }
      files.append("\(path) \(file["segments"]!)")
    }
    functions.sort()
    files.sort()
  }

  /// SwiftPM's list of tests lies below the scratch folder.
  private static func isGenerated(_ path: String) -> Bool { path.contains(".derived/") }
}
