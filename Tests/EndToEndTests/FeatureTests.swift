import Foundation
import Testing

/// Each feature of the language in a program of its own: it does under rayc what it does plainly.
///
/// The programs are in Fixtures/Programs/Features. Each prints much, and checks the number of
/// objects that live at its end. One that needs options of the compiler names them in a line
/// `// flags: …`.
@Suite struct FeatureTests {
  /// How a program is instrumented. Together: both configurations, in place and in twins, a
  /// context that gives every value back and one that looks at every value.
  enum Mode: String, CaseIterable {
    case debugInPlaceIdentity, debugTwinsLooking, releaseInPlaceLooking, releaseTwinsIdentity

    var configuration: String { rawValue.hasPrefix("debug") ? "debug" : "release" }

    fileprivate var options: [String] {
      switch self {
      case .debugInPlaceIdentity: ["--scope", "program", "-W", Self.identity]
      case .debugTwinsLooking: ["--trigger", "main", "-W", Self.looking]
      // With debug information, which the types of local variables come from.
      case .releaseInPlaceLooking: ["--scope", "program", "-W", Self.looking, "-Xswiftc", "-g"]
      case .releaseTwinsIdentity: ["--trigger", "main", "-W", Self.identity]
      }
    }

    private static let looking = "'\(Workspace.fixture("Contexts/Looking.swift")):Looking'"
    private static let identity =
      "'\(URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path())Corpus/Contexts/Identity.swift:Identity'"
  }

  static let programs: [String] = try! FileManager.default
    .contentsOfDirectory(atPath: Workspace.fixture("Programs/Features"))
    .map { ($0 as NSString).deletingPathExtension }.sorted()

  private let workspace: Workspace
  init() throws { workspace = try Workspace() }

  @Test(arguments: programs, Mode.allCases)
  func looksTheSame(_ program: String, _ mode: Mode) async throws {
    await Turns.shared.take()
    let result = await Task { try await compare(program, mode) }.result
    await Turns.shared.pass()
    try result.get()
  }

  private func compare(_ program: String, _ mode: Mode) async throws {
    let file = program + ".swift"
    try workspace.copy("Programs/Features/" + file)
    let flags = try flags(of: file)
    let plain = try await PlainRuns.shared.outcome(of: program, mode.configuration, flags)
    let built = try await workspace.run(
      Toolkit.rayc,
      ["build", "-c", mode.configuration, "-o", program, "-W", "count --json events.json"]
        + mode.options + flags.flatMap { ["-Xswiftc", $0] } + [file])
    try #require(built.termination.isSuccess, "\(built.stderr)")
    #expect(built.stdout + built.stderr == "")
    #expect(try await workspace.run("./" + program, Self.arguments) == plain)
    #expect(try events() > 100)
  }

  fileprivate static let arguments = ["a", "b c"]

  private func flags(of file: String) throws -> [String] {
    try String(contentsOfFile: workspace.path(file), encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("// flags: ") }
      .flatMap { $0.dropFirst(10).split(separator: " ").map(String.init) }
  }

  /// What the context `count`, which is stacked upon the other, has seen.
  private func events() throws -> Int {
    struct Report: Decodable {
      struct Totals: Decodable { var calls, runtimeCalls, loads: Int }
      var totals: Totals
    }
    let data = try Data(contentsOf: URL(filePath: workspace.path("events.json")))
    let totals = try JSONDecoder().decode(Report.self, from: data).totals
    return totals.calls + totals.runtimeCalls + totals.loads
  }
}

/// Lets two cases compile at a time: Swift Testing starts all of them at once.
private actor Turns {
  static let shared = Turns()
  private var free = 2
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
  }

  func pass() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

/// The plain programs' runs, one for each configuration.
private actor PlainRuns {
  static let shared = PlainRuns()
  private var runs: [String: Task<Outcome, any Error>] = [:]

  func outcome(
    of program: String, _ configuration: String, _ flags: [String]
  ) async throws -> Outcome {
    let key = "\(program) \(configuration)"
    let run = runs[key] ?? Task { try await Self.run(program, configuration, flags) }
    runs[key] = run
    return try await run.value
  }

  private static func run(
    _ program: String, _ configuration: String, _ flags: [String]
  ) async throws -> Outcome {
    let workspace = try Workspace()
    try workspace.copy("Programs/Features/\(program).swift")
    let compiled = try await workspace.run(
      "swiftc",
      (configuration == "debug" ? ["-Onone"] : ["-O", "-lm"]) + flags
        + ["\(program).swift", "-o", program])
    try #require(compiled.termination.isSuccess, "\(compiled.stderr)")
    return try await workspace.run("./" + program, FeatureTests.arguments)
  }
}
