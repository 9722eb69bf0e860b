import Glibc

/// Passes Ctrl-C and termination on to the running children, so that the caller can clean up.
///
/// The handler may only touch what is safe in a signal handler: fixed memory and `kill`.
enum Interrupts {
  static let maximumChildren = 64
  nonisolated(unsafe) private static let signalNumber = UnsafeMutablePointer<Int32>.allocate(
    capacity: 1)
  nonisolated(unsafe) private static let children = UnsafeMutablePointer<pid_t>.allocate(
    capacity: maximumChildren)

  private static let handled = [SIGINT, SIGTERM, SIGHUP]

  static func install() {
    signalNumber.initialize(to: 0)
    children.initialize(repeating: 0, count: maximumChildren)
    var action = sigaction()
    // No SA_RESTART: `waitpid` has to return.
    action.__sigaction_handler.sa_handler = { number in Interrupts.handle(number) }
    for number in handled {
      var previous = sigaction()
      sigaction(number, nil, &previous)
      // What the caller ignores (nohup), stays ignored.
      if unsafeBitCast(previous.__sigaction_handler.sa_handler, to: Int.self) == 1 { continue }
      sigaction(number, &action, nil)
    }
  }

  private static func handle(_ number: Int32) {
    signalNumber.pointee = number
    for slot in 0..<maximumChildren where children[slot] > 0 { kill(children[slot], SIGTERM) }
  }

  static var received: Int32? { signalNumber.pointee == 0 ? nil : signalNumber.pointee }

  static func add(_ child: pid_t) {
    for slot in 0..<maximumChildren where children[slot] == 0 {
      children[slot] = child
      break
    }
    // The signal may have come between the spawn and the line above.
    if received != nil { kill(child, SIGTERM) }
  }

  static func remove(_ child: pid_t) {
    for slot in 0..<maximumChildren where children[slot] == child { children[slot] = 0 }
  }

  /// Ends this process by the signal it received, as its parent expects.
  static func reraise(_ number: Int32) -> Never {
    signal(number, SIG_DFL)
    raise(number)
    exit(128 + number)
  }
}
