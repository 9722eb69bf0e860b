import Glibc
import Synchronization

/// Keeps rayc alive through Ctrl-C until its child has ended, so that it can clean up.
///
/// A terminal sends Ctrl-C to the child as well; `kill` does not, so the handler passes it on.
public enum Interrupts {
  private static let number = Atomic<Int32>(0)
  /// A tool of the build's.
  private static let child = Atomic<Int32>(0)
  /// The user's program: while it runs, signals are its own, and none comes twice.
  private static let program = Atomic<Int32>(0)
  /// The last signal that came while the user's program ran.
  private static let numberOfProgram = Atomic<Int32>(0)
  /// The signals that were blocked when this process started.
  nonisolated(unsafe) private(set) static var originalMask = sigset_t()

  public static var received: Int32? {
    let value = number.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// The same for signals that came while the user's program ran: they went to it.
  public static var receivedByProgram: Int32? {
    let value = numberOfProgram.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  public static func install() {
    // The lazy initialisation of the statics must not happen in the handler.
    _ = (number.load(ordering: .relaxed), child.load(ordering: .relaxed))
    _ = (program.load(ordering: .relaxed), numberOfProgram.load(ordering: .relaxed))
    pthread_sigmask(SIG_SETMASK, nil, &originalMask)
    var action = sigaction()
    action.sa_flags = SA_SIGINFO
    action.__sigaction_handler.sa_sigaction = { signal, information, _ in
      let child = Interrupts.child.load(ordering: .relaxed)
      let program = Interrupts.program.load(ordering: .relaxed)
      if program > 0 {
        Interrupts.numberOfProgram.store(signal, ordering: .relaxed)
      } else {
        Interrupts.number.store(signal, ordering: .relaxed)
      }
      if child > 0 { kill(child, signal) }
      // What the kernel sends is the terminal's, and the program got it as well.
      let isFromTerminal = (information?.pointee.si_code ?? 0) > 0
      if program > 0, !isFromTerminal { kill(program, signal) }
    }
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      var previous = sigaction()
      sigaction(signal, nil, &previous)
      if unsafeBitCast(previous.__sigaction_handler.sa_handler, to: Int.self) == 1 { continue }
      sigaction(signal, &action, nil)
    }
  }

  static func begin(child process: pid_t) {
    child.store(process, ordering: .relaxed)
    if let received { kill(process, received) }
  }

  static func endChild() { child.store(0, ordering: .relaxed) }

  static func begin(program process: pid_t) { program.store(process, ordering: .relaxed) }

  static func endProgram() { program.store(0, ordering: .relaxed) }

  /// Ends this process by a signal, as its parent expects of one that was interrupted.
  public static func die(by signal: Int32) -> Never {
    Glibc.signal(signal, SIG_DFL)
    // A library may have blocked it in this thread.
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(signal)
    exit(128 + signal)
  }
}
