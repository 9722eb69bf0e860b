import Glibc
import Logging
import SystemPackage

/// Carries out the jobs of a plan.
public protocol Executor {
  func execute(_ job: Job) async throws
}

extension Executor {
  public func execute(_ jobs: [Job]) async throws {
    for job in jobs { try await execute(job) }
  }
}

/// Shows what would be done: `--print-jobs`.
public struct PrintingExecutor: Executor {
  public init() {}

  public func execute(_ job: Job) {
    print("\(job.kind.rawValue): \(job.line)")
  }
}

/// Does it.
public struct ProcessExecutor: Executor {
  public var logger: Logger
  /// Whether someone is watching: progress is shown on a terminal only.
  public var showsProgress: Bool

  public init(logger: Logger, showsProgress: Bool) {
    self.logger = logger
    self.showsProgress = showsProgress
  }

  /// - Throws: `Diagnostic`; for a program that fails, after what it printed has been shown.
  public func execute(_ job: Job) async throws {
    logger.info("\(job.kind.rawValue): \(job.line)")
    switch job.work {
    case .run(let command): try await run(command)
    case .write(let text, let path): try Files.write(text, to: path)
    case .makeDirectory(let path): try Files.makeDirectory(path)
    case .makeShim(let shim): try shim.make()
    case .forgetPrograms(let programs): try programs.forgetOthers()
    case .publish(let source, let target, let keepsExisting):
      try publish(source, to: target, keepsExisting: keepsExisting)
    }
  }

  private func run(_ command: Command) async throws {
    let result = try await Tool.run(command, showsProgress: showsProgress)
    if let signal = Interrupts.received { throw Interrupted(signal: signal) }
    guard !result.termination.succeeded else { return }
    if command.output != .captured { StandardError.write(result.output) }
    throw ToolFailure(command: command, termination: result.termination, output: result.output)
  }

  private func publish(
    _ source: FilePath, to target: FilePath, keepsExisting: Bool
  ) throws(Diagnostic) {
    try Files.makeDirectory(target.removingLastComponent())
    do {
      try Files.move(source, to: target)
    } catch {
      // A folder cannot be renamed onto one with contents: another rayc made the same.
      guard keepsExisting, Files.exists(target) else { throw error }
      Files.remove(source)
    }
  }
}

/// A tool ended without success.
public struct ToolFailure: Error {
  public var command: Command
  public var termination: Termination
  /// What it printed, if that was captured.
  public var output: String

  public var diagnostic: Diagnostic {
    .toolFailed(tool: command.executable.lastComponent?.string ?? "", termination: termination)
  }
}

/// The user pressed Ctrl-C, or someone ended rayc.
public struct Interrupted: Error {
  public var signal: Int32

  public init(signal: Int32) { self.signal = signal }
}

/// stderr, unbuffered.
public enum StandardError {
  public static func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  public static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
