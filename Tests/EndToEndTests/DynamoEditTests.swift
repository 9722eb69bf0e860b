import Foundation
import Testing

/// Random edits through RayIR: whatever a dynamo does, opt ends with words and never by a signal.
@Suite struct DynamoEditTests {
  /// `RAYC_IR_EDITS=2000` for more.
  private static let seeds =
    Int(ProcessInfo.processInfo.environment["RAYC_IR_EDITS"] ?? "") ?? 60

  private static let program = """
    enum Shape { case circle(Double), box(Double, Double) }
    struct Problem: Error {}
    func area(_ shape: Shape) throws -> Double {
      switch shape {
      case .circle(let r): return 3.14 * r * r
      case .box(let a, let b):
        if a < 0 { throw Problem() }
        return a * b
      }
    }
    func total(_ shapes: [Shape]) -> Double {
      var sum = 0.0
      for shape in shapes { sum += (try? area(shape)) ?? 0 }
      return sum
    }
    func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) + fib(n - 2) }
    print(total([.circle(1), .box(2, 3), .box(-1, 1)]), fib(10))

    """

  @Test func neverCrashTheHost() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    try workspace.copy("Dynamos/Edits.swift")
    // The jobs of a build leave the library in the cache; its place is on opt's command line.
    let jobs = try await workspace.rayc(
      "run", "-D", "Edits.swift:Edits", "--print-jobs", "main.swift")
    let library = try #require(
      jobs.stdout.firstMatch(of: /before=dynamo:(\S+\.so)/)?.output.1, "\(jobs.stdout)")
    _ = try await workspace.run(
      Toolkit.rayc, ["build", "-D", "Edits.swift:Edits", "main.swift", "-o", "first"],
      environment: ["EDIT_SEED": "0"])
    #expect(FileManager.default.fileExists(atPath: String(library)))
    var bitcode: [String] = []
    for level in ["-Onone", "-O"] {
      let made = try await workspace.run(
        "swiftc",
        [
          level, "-g", "-wmo", "-module-name", "main", "-Xfrontend", "-disable-llvm-optzns",
          "-emit-bc", "main.swift", "-o", "main\(level).bc",
        ])
      #expect(made.termination == .exited(0), "\(made.stderr)")
      bitcode.append("main\(level).bc")
    }
    var completed = 0
    for seed in 0..<Self.seeds {
      let outcome = try await workspace.run(
        "opt-22",
        [
          "-load-pass-plugin=\(Toolkit.home)/lib/rayc/libRaycPasses.so",
          "-rayc-before=dynamo:\(library)", "-passes=default<O2>", bitcode[seed % 2],
          "-disable-output",
        ], environment: ["EDIT_SEED": "\(seed)"])
      switch outcome.termination {
      case .exited(0): completed += 1
      case .exited(1):
        // RayIR's own words, or the verifier's.
        #expect(outcome.stderr.contains("dynamo 'Edits'"), "seed \(seed): \(outcome.stderr)")
      default:
        Issue.record("seed \(seed): \(outcome.termination): \(outcome.stderr.suffix(3000))")
      }
    }
    // Edits that all end in an error would test little.
    #expect(completed > Self.seeds / 10, "\(completed) of \(Self.seeds) were carried out whole")
  }
}
