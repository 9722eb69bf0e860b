import Foundation
import Subprocess
import SystemPackage
import Testing

/// A program that has ended.
struct Outcome: Equatable {
  var stdout: String
  var stderr: String
  var termination: TerminationStatus
}

/// The toolkit under test: `RAYC_HOME`, else the one staged in the checkout.
enum Toolkit {
  static let home: String =
    ProcessInfo.processInfo.environment["RAYC_HOME"]
    ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: ".build-rayc").path()
  static var rayc: String { home + "/bin/rayc" }
}

/// A folder of a test's own, removed at its end, and the cache all tests of a run share.
final class Workspace: Sendable {
  static let cache = NSTemporaryDirectory() + "rayc-tests-cache"
  let root: String

  init() throws {
    root = NSTemporaryDirectory() + "rayc-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  static func fixture(_ path: String) -> String {
    Bundle.module.resourceURL!.appending(path: "Fixtures/\(path)").path()
  }

  func path(_ name: String) -> String { root + "/" + name }

  func copy(_ fixture: String, as name: String? = nil) throws {
    let target = path(name ?? (fixture as NSString).lastPathComponent)
    try FileManager.default.copyItem(atPath: Self.fixture(fixture), toPath: target)
  }

  func write(_ text: String, _ name: String) throws {
    try text.write(toFile: path(name), atomically: true, encoding: .utf8)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Every file below the folder.
  func files(below folder: String = "") -> [String] {
    FileManager.default.enumerator(atPath: path(folder))?.compactMap { $0 as? String } ?? []
  }

  /// Runs a program; again where SwiftPM's build system `swiftbuild` itself has crashed, as it
  /// does now and then on a busy machine, without rayc as well: such a run says nothing.
  func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Outcome {
    for _ in 0..<3 {
      let outcome = try await runOnce(program, arguments, environment: environment)
      let text = outcome.stdout + outcome.stderr
      let swiftPMCrashed =
        outcome.termination != .exited(0) && text.contains("Program crashed")
        && text.contains("_dispatch_event_loop_drain")
        && ["in swift-package at", "Thread 0 \"swift-"].contains(where: text.contains)
      if !swiftPMCrashed { return outcome }
    }
    return try await runOnce(program, arguments, environment: environment)
  }

  private func runOnce(
    _ program: String, _ arguments: [String], environment: [String: String]
  ) async throws -> Outcome {
    var variables = ["XDG_CACHE_HOME": Self.cache, "SWIFT_DETERMINISTIC_HASHING": "1"]
    variables.merge(environment) { $1 }
    let result = try await Subprocess.run(
      program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(arguments),
      environment: .inherit.updating(
        Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })
      ),
      workingDirectory: FilePath(root), output: .string(limit: 64 << 20),
      error: .string(limit: 64 << 20))
    return Outcome(
      stdout: result.standardOutput, stderr: result.standardError,
      termination: result.terminationStatus)
  }

  func rayc(_ arguments: String..., environment: [String: String] = [:]) async throws -> Outcome {
    try await run(Toolkit.rayc, arguments, environment: environment)
  }
}

/// The contexts of the fixtures, as `-W` names them.
func context(_ type: String) -> String {
  "'\(Workspace.fixture("Contexts/Silent.swift")):\(type)'"
}

/// Expects that rayc has refused something in these words, and that no program has run.
func expectRefusal(
  _ outcome: Outcome, status: Int32, _ words: String...,
  location: SourceLocation = #_sourceLocation
) {
  #expect(outcome.termination == .exited(status), "\(outcome.stderr)", sourceLocation: location)
  #expect(outcome.stdout == "", sourceLocation: location)
  for word in words {
    #expect(outcome.stderr.contains(word), "\(outcome.stderr)", sourceLocation: location)
  }
  #expect(!outcome.stderr.contains("glue.swift"), sourceLocation: location)
}
