import Foundation
import Testing

/// `rayc ir diff --passes` against LLVM's own word on which pass changed what.
@Suite struct IrPassesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Files of this checkout, and one of swift-argument-parser: a module is made of each line.
  private static let programs: [[String]] = [
    ["Examples/Rosenbrock.swift"],
    ["Examples/Reader.swift"],
    ["Benchmarks/Kernels/Harness.swift", "Benchmarks/Kernels/NBody.swift"],
    ["Benchmarks/Kernels/Harness.swift", "Benchmarks/Kernels/Words.swift"],
    ["swift-argument-parser/Sources/ArgumentParserToolInfo/ToolInfo.swift"],
  ]

  /// A file of the checkout, or of a dependency as SwiftPM has checked it out.
  private func file(_ path: String) throws -> String {
    let places =
      [Self.root]
      + ["checkouts", "../checkouts", "../../checkouts"].map {
        Bundle.main.bundleURL.appending(path: $0)
      } + [Self.root.appending(path: ".build/checkouts")]
    return try #require(
      places.map { $0.appending(path: path).path() }
        .first(where: FileManager.default.fileExists), "no '\(path)'")
  }

  /// Dumps are long: only their headings are kept.
  private func changesByLLVM(_ level: String, in workspace: Workspace) async throws -> [String] {
    let plugin = "\(Toolkit.home)/lib/rayc/libRaycPasses.so"
    let outcome = try await workspace.run(
      "/bin/bash",
      [
        "-o", "pipefail", "-c",
        "opt-22 -load-pass-plugin=\(plugin) -print-changed=quiet '-passes=default<\(level)>'"
          + " main.bc -disable-output 2>&1 | { grep -E '[*]{3} IR (Dump After|Deleted After) ' || true; }",
      ])
    #expect(outcome.termination == .exited(0), "\(outcome.stderr)")
    return outcome.stdout.split(separator: "\n").map { line in
      let words = line.replacing("Deleted After", with: "Dump After")
        .components(separatedBy: "*** IR Dump After ")
      return String(words.last!.dropLast(4))
    }
  }

  @Test(arguments: programs, ["-Onone", "-O"])
  func areThoseThatLLVMNames(files: [String], level: String) async throws {
    // What makes a module of 3,000 changes at -O takes minutes.
    if level == "-O", files[0].hasSuffix("ToolInfo.swift") { return }
    let workspace = try Workspace()
    try workspace.makeFolder("main")
    for path in files {
      let name = files.count == 1 ? "main.swift" : (path as NSString).lastPathComponent
      try FileManager.default.copyItem(
        atPath: try file(path), toPath: workspace.path("main/\(name)"))
    }
    let sources = workspace.files(below: "main").sorted().map { "main/\($0)" }
    let shown = try await workspace.rayc(
      "ir", "diff", "main", "--passes", level, "--format", "json", "-o", "changes.json")
    #expect(shown.termination == .exited(0), "\(shown.stderr)")
    struct Change: Decodable {
      var pass: String
      var unit: String
    }
    let changes = try JSONDecoder().decode(
      [Change].self, from: Data(contentsOf: URL(filePath: workspace.path("changes.json"))))

    let bitcode = try await workspace.run(
      "swiftc",
      [level, "-wmo", "-module-name", "main", "-gdwarf-types", "-Xfrontend"]
        + ["-disable-llvm-optzns", "-emit-bc", "-o", "main.bc"] + sources)
    #expect(bitcode.termination == .exited(0), "\(bitcode.stderr)")
    let theirs = try await changesByLLVM(level == "-O" ? "O2" : "O0", in: workspace)
    #expect(level == "-Onone" || theirs.count > 50)
    #expect(changes.map { "\($0.pass) on \($0.unit)" } == theirs)
  }
}
