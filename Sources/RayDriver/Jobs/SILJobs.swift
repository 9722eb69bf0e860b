import SystemPackage

/// A program's SIL, as text.
public struct SILPlan: Equatable, Sendable {
  public var jobs: [Job]
  public var file: FilePath
}

extension Planner {
  /// The job that asks the compiler for the canonical SIL of a program.
  ///
  /// The passes that Swift's own rules need run all: initialization is checked, closures are
  /// resolved, variables are where they live. Those that only make code faster are left out: they
  /// would take `a + b` apart into machine words.
  public func sil(_ request: ProgramRequest, module: String) throws(Diagnostic) -> SILPlan {
    var sources: [String] = []
    for source in request.sources {
      guard Files.exists(FilePath(source)) else { throw .noSuchFile(FilePath(source)) }
      sources.append(try Files.read(FilePath(source)))
    }
    let file = staging.appending("program.sil")
    var arguments =
      ["-emit-sil", "-wmo"] + compilerArguments(request, sources: sources, name: module)
    for pass in Self.fasterCode { arguments += ["-Xllvm", "-sil-disable-pass=\(pass)"] }
    arguments += ["-Xllvm", "-sil-print-debuginfo", "-o", file.string]
    return SILPlan(
      jobs: [
        Job(.showIR, .run(Command(toolchain.swiftc, arguments, output: .progress)))
      ], file: file)
  }

  private static let fasterCode = [
    "mandatory-inlining", "inline-always-inlining", "mandatory-performance-optimizations",
    "mandatory-redundant-load-elimination", "mandatory-temp-rvalue-elimination",
    "diagnostic-constant-propagation", "predictable-deadalloc-elim", "onone-simplification",
    "late-onone-simplification", "onone-prespecializer", "use-prespecialized",
    "initialize-static-globals",
  ]

  /// The command that formats a Swift file in place, if the toolchain has the formatter.
  public func formatting(_ file: FilePath) -> Command? {
    let tool = toolchain.tools.appending("swift-format")
    guard Files.isExecutable(tool) else { return nil }
    let style = """
      {"version": 1, "lineLength": 100, "indentation": {"spaces": 2}, \
      "respectsExistingLineBreaks": true, "lineBreakBeforeEachArgument": false}
      """
    return Command(
      tool, ["format", "--in-place", "--configuration", style, file.string], output: .captured)
  }
}
