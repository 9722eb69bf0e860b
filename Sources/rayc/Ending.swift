import ArgumentParser
import Glibc
import RayDriver

/// How rayc ends when something went wrong: a message on stderr and the right status.
enum Ending {
  static func end(_ error: any Error) -> Never {
    switch error {
    case let interrupted as Interrupted:
      Interrupts.die(by: interrupted.signal)
    case let failure as ToolFailure:
      end(failure.diagnostic)
    case let diagnostic as Diagnostic:
      if let signal = Interrupts.received { Interrupts.die(by: signal) }
      show(diagnostic)
      exit(diagnostic.exitStatus)
    default:
      // Help, and what ArgumentParser says of the command line: it ends with 64.
      Rayc.exit(withError: error)
    }
  }

  static func show(_ diagnostic: Diagnostic) {
    if let message = diagnostic.message { StandardError.write("rayc: error: \(message)\n") }
  }
}
