import Glibc

/// How a child process ended.
enum ChildStatus: Equatable {
  case exited(Int32)
  case signalled(Int32)

  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signalled(signal)
  }

  var succeeded: Bool { self == .exited(0) }

  /// Ends this process the way the child ended.
  func endProcess() -> Never {
    switch self {
    case .exited(let status): exit(status)
    case .signalled(let number): Interrupts.reraise(number)
    }
  }
}

/// Child processes with our environment and standard streams.
enum Child {
  /// Starts a program; `arguments` without argv[0].
  ///
  /// - Returns: nil if it cannot be run, which has been said.
  static func start(_ executable: String, _ arguments: [String]) -> pid_t? {
    var pid: pid_t = 0
    var vector: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
    vector.append(nil)
    defer { for argument in vector { free(argument) } }
    let error = posix_spawn(&pid, executable, nil, nil, vector, environ)
    guard error == 0 else {
      Files.writeError(
        "rayc: error: cannot run '\(executable)': \(String(cString: strerror(error))); "
          + "'rayc doctor' checks the tools\n")
      return nil
    }
    Interrupts.add(pid)
    return pid
  }

  /// Waits for one child, or for any of them with -1.
  static func wait(_ pid: pid_t = -1) -> (pid: pid_t, status: ChildStatus) {
    var status: Int32 = 0
    while true {
      let ended = waitpid(pid, &status, 0)
      if ended > 0 {
        Interrupts.remove(ended)
        return (ended, ChildStatus(waitStatus: status))
      }
      guard errno == EINTR else { fail("cannot wait for a child process") }
    }
  }

  static func run(_ executable: String, _ arguments: [String]) -> ChildStatus {
    start(executable, arguments).map { wait($0).status } ?? .exited(1)
  }

  /// Becomes the program; nothing of ours remains.
  static func replaceProcess(_ executable: String, _ arguments: [String]) -> Never {
    var vector: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
    vector.append(nil)
    execv(executable, vector)
    fail("cannot run '\(executable)': \(String(cString: strerror(errno)))")
  }
}
