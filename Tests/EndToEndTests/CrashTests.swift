import Foundation
import Testing

/// A crash is reported as it is without rayc: the same message, signal and frames, in place and in
/// twins, debug and release.
@Suite struct CrashTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/crashes.swift", as: "c.swift")
    try workspace.write(Self.context, "Counting.swift")
  }

  private static let context = """
    import Ray
    struct Counting: RayContext {
      var n = 0
      mutating func willCall(_ site: Site, _ arguments: Arguments) { n += 1 }
      mutating func load<T>(_ value: T, at site: Site) -> T { n += 1; return value }
    }
    """

  private static let kinds = [
    "array", "nil", "overflow", "divide", "fatal", "precondition", "assert", "exclusive", "unowned",
    "abort", "throw", "wild", "recursion",
  ]
  private static let runs =
    kinds.map { [$0, "main"] }
    + [["array", "async"], ["array", "task"], ["nil", "thread"], ["throw", "async"]]

  @Test(arguments: ["debug", "release"]) func framesAreThoseOfThePlainProgram(
    _ configuration: String
  ) async throws {
    let level = configuration == "debug" ? "-Onone" : "-O"
    let plain = try await workspace.run(
      "swiftc", [level, "-g", "-module-name", "c", "c.swift", "-o", "plain"])
    try #require(plain.termination == .exited(0), "\(plain.stderr)")
    for (name, scope) in [("place", []), ("twins", ["--trigger", "main"])] {
      let built = try await workspace.run(
        Toolkit.rayc,
        ["build", "-c", configuration, "-Xswiftc", "-g", "-W", "Counting.swift:Counting"] + scope
          + ["c.swift", "-o", name, "-Xswiftc", "-module-name", "-Xswiftc", "c"])
      try #require(built.termination == .exited(0), "\(built.stderr)")
    }
    for run in Self.runs {
      let expected = try await crash("plain", run)
      for name in ["place", "twins"] {
        let found = try await crash(name, run)
        #expect(found == expected, "\(run) \(configuration) \(name)")
      }
      // A test that compares nothing would succeed, too.
      if configuration == "debug", ["array", "nil", "overflow", "fatal"].contains(run[0]) {
        #expect(expected.frames.contains { $0.contains("c.swift:") }, "\(run)")
      }
    }
  }

  private struct Crash: Equatable {
    var termination: String
    var message: String
    var frames: [String]
  }

  private func crash(_ program: String, _ arguments: [String]) async throws -> Crash {
    let settings = "enable=yes,color=no,interactive=no,timeout=30s,registers=none,images=none"
    let outcome = try await workspace.run(
      "./" + program, arguments, environment: ["SWIFT_BACKTRACE": settings])
    let text = outcome.stdout + outcome.stderr
    var lines = text.split(separator: "\n").map(String.init)
    // Other threads wait somewhere.
    let crashed = lines.firstIndex { $0.contains("crashed:") && $0.contains("Thread") }
    let message = lines.prefix { !$0.contains("crashed") && !$0.hasPrefix("***") }
      .filter { !$0.hasPrefix("swift-runtime:") }
      .filter { $0.contains("rror") || $0.contains("ailed") || $0.contains("accesses") }
      .map { Self.withoutAddresses($0) }
    lines = crashed.map { Array(lines[($0 + 1)...].prefix { !$0.hasPrefix("Thread ") }) } ?? []
    var frames = lines.compactMap(Self.frame)
    // Where exactly the stack ends, and how many frames fit on it, is anyone's guess.
    if arguments[0] == "recursion" {
      frames = Set(frames.map { $0.components(separatedBy: " at ")[0] }).sorted()
    }
    return Crash(
      termination: "\(outcome.termination)", message: message.joined(separator: "\n"),
      frames: frames)
  }

  private static func withoutAddresses(_ text: String) -> String {
    text.replacing(/0x[0-9a-f]+/, with: "0x")
  }

  /// `later(_:) at /…/c.swift:53:14`; nil for lines that are no frame, and for one of rayc's: the
  /// gate in `main`, which opens the extent.
  private static func frame(_ line: String) -> String? {
    guard let match = line.firstMatch(of: /^\s*\d+\s+(?:\[[^0]*\] *)?0x[0-9a-f]+ (.*)$/) else {
      return nil
    }
    // A twin of what has no Swift name, main, is called after it.
    let text = match.1.replacing(/\.rayc(\.gate)?(T[YQ]\d+_)?/, with: "")
      .replacing(/\ \+ \d+ in\ /, with: " in ")
      .replacing(/\ in (plain|place|twins)\b/, with: "")
    return text.hasPrefix("main at ") && text.hasSuffix("c.swift:1") ? nil : String(text)
  }
}
