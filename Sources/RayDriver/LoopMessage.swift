/// What `rayc run` says between runs, on stderr.
public enum LoopMessage {
  case changed(SourceChanges)
  case run(Int, of: Int, arguments: [String])
  case ended(Termination, after: Duration)
  case waiting

  public var text: String {
    switch self {
    case .changed(let changes): "changed: \(changes.names)"
    case .run(let number, let count, let arguments):
      "run \(number) of \(count)"
        + (arguments.isEmpty ? "" : ": " + arguments.map(ShellWords.quote).joined(separator: " "))
    case .ended(.exited(let status), let time): "ended with status \(status) after \(seconds(time))"
    case .ended(.signalled(let signal), let time):
      "ended by signal \(signal) after \(seconds(time))"
    case .waiting: "waiting for a change of a source; Ctrl-C ends"
    }
  }

  private func seconds(_ time: Duration) -> String {
    let hundredths = Int(time / .milliseconds(10))
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
  }
}
