import Glibc
import SystemPackage

/// The user's program, run as a child that has all that this process has: streams, terminal,
/// process group, signal mask.
///
/// Signals that someone sends to this process are passed on while the child runs; those of the
/// terminal reach the child by themselves.
public struct ChildProgram {
  public let process: pid_t

  /// Starts the program.
  ///
  /// - Throws: `Diagnostic.cannotRun`.
  public init(_ executable: FilePath, arguments: [String]) throws(Diagnostic) {
    var vector: [UnsafeMutablePointer<CChar>?] =
      ([executable.string] + arguments).map { strdup($0) }
    vector.append(nil)
    defer { for text in vector { free(text) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A library may have blocked signals in this thread.
    var mask = Interrupts.originalMask
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var process: pid_t = 0
    let problem = posix_spawn(&process, executable.string, nil, &attributes, vector, environ)
    guard problem == 0 else {
      throw .cannotRun(executable, reason: String(cString: strerror(problem)))
    }
    self.process = process
    Interrupts.begin(program: process)
  }

  /// Waits for its end.
  public func wait() -> EndedProgram {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    Interrupts.endChild()
    let signal = status & 0x7f
    return EndedProgram(
      process: process,
      termination: signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal))
  }
}

/// A program that was run as a child.
public struct EndedProgram: Equatable, Sendable {
  /// The number of the process that it was.
  public var process: pid_t
  public var termination: Termination

  /// Ends this process as the program ended: with its status, or by its signal.
  public func end() -> Never {
    switch termination {
    case .exited(let status): exit(status)
    case .signalled(let signal):
      // The program has left its core already.
      var none = rlimit(rlim_cur: 0, rlim_max: 0)
      setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
      Interrupts.die(by: signal)
    }
  }
}
