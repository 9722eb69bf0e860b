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
  /// - Parameters:
  ///   - variables: what is added to its environment.
  ///   - input: a descriptor that it has as standard input; nil: this process's.
  /// - Throws: `Diagnostic.cannotRun`.
  public init(
    _ executable: FilePath, arguments: [String], variables: [String: String] = [:],
    input: FileDescriptor? = nil
  ) throws(Diagnostic) {
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
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input.rawValue, STDIN_FILENO) }
    var environment = Self.environment(adding: variables)
    defer { for text in environment.dropLast(environment.count - variables.count) { free(text) } }
    var process: pid_t = 0
    let problem = posix_spawn(
      &process, executable.string, &actions, &attributes, vector, &environment)
    guard problem == 0 else {
      throw .cannotRun(executable, reason: String(cString: strerror(problem)))
    }
    self.process = process
    Interrupts.begin(program: process)
  }

  /// This process's environment behind copies of some variables; the last one is nil.
  private static func environment(
    adding variables: [String: String]
  ) -> [UnsafeMutablePointer<CChar>?] {
    var result = variables.map { strdup("\($0.key)=\($0.value)") }
    var entry = environ
    while let text = entry.pointee {
      let name = String(cString: text).prefix { $0 != "=" }
      if variables[String(name)] == nil { result.append(text) }
      entry += 1
    }
    return result + [nil]
  }

  /// Ends it: asks it to, and after a while does not ask.
  public func stop(patience: Duration = .seconds(2)) {
    kill(process, SIGTERM)
    guard let notice = try? endNotice() else { return }
    defer { close(notice) }
    var descriptor = pollfd(fd: notice, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(patience / .milliseconds(1))
    let end = ContinuousClock.now + patience
    while poll(&descriptor, 1, milliseconds) < 0, errno == EINTR, ContinuousClock.now < end {}
    if descriptor.revents == 0 { kill(process, SIGKILL) }
  }

  /// A descriptor that can be read when the program has ended; the caller closes it.
  ///
  /// - Throws: `Diagnostic.cannotWatch`.
  public func endNotice() throws(Diagnostic) -> Int32 {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .cannotWatch(Errno(rawValue: errno)) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (process, writing) = (process, ends[1])
    Thread.start {
      var information = siginfo_t()
      while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
      close(writing)
    }
    return ends[0]
  }

  /// Waits for its end.
  public func wait() -> EndedProgram {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    Interrupts.endProgram()
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
