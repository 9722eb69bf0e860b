import Foundation
import Testing

/// A rayc that runs on while a test looks at what it prints.
final class Background {
  private let process = Process()
  private let folder: String

  /// - Parameter folder: where it runs; what it prints goes to files beside that folder.
  init(_ arguments: [String], in folder: String, environment: [String: String] = [:]) throws {
    self.folder = folder
    for name in ["out", "err"] {
      _ = FileManager.default.createFile(atPath: "\(folder).\(name)", contents: nil)
    }
    process.executableURL = URL(filePath: Toolkit.rayc)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": Workspace.cache]) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: "\(folder).out")
    process.standardError = FileHandle(forWritingAtPath: "\(folder).err")
    // The program gets the signal mask that rayc gets, and this thread may be one of a pool's.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  deinit {
    // Its program, too.
    if process.isRunning { process.terminate() }
    for _ in 0..<300 where process.isRunning { usleep(10_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    for name in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(folder).\(name)") }
  }

  var stdout: String { (try? String(contentsOfFile: "\(folder).out", encoding: .utf8)) ?? "" }
  var stderr: String { (try? String(contentsOfFile: "\(folder).err", encoding: .utf8)) ?? "" }

  /// Waits until something holds of what it has printed.
  func wait(
    _ what: String, location: SourceLocation = #_sourceLocation, until holds: () -> Bool
  ) async throws {
    let end = ContinuousClock.now + .seconds(90)
    while !holds() {
      guard ContinuousClock.now < end, process.isRunning || holds() else {
        Issue.record("\(what): \(stdout)\n\(stderr)", sourceLocation: location)
        throw CancellationError()
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Ends it as Ctrl-C does.
  /// - Returns: the signal it was ended by, or its status.
  func interrupt() async -> (reason: Process.TerminationReason, status: Int32) {
    process.interrupt()
    process.waitUntilExit()
    return (process.terminationReason, process.terminationStatus)
  }

  func waitUntilExit() -> (reason: Process.TerminationReason, status: Int32) {
    process.waitUntilExit()
    return (process.terminationReason, process.terminationStatus)
  }
}

extension String {
  /// How often a text is in this one.
  func count(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
