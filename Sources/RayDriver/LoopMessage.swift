/// What `rayc run` says between runs, on stderr.
public enum LoopMessage {
  case changed(SourceChanges)
  case run(Int, of: Int, arguments: [String])
  case ended(Termination, after: Duration)
  case waiting
  /// The running program has another version of its context.
  case swapped(String, keepsState: Bool)
  /// The new version has hooks that the program was not built for.
  case needsRestart(String, [Point])

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
    case .swapped(let name, true): "'\(name)' is exchanged, and keeps its state"
    case .swapped(let name, false):
      "'\(name)' is exchanged; its types have changed, so it begins with a new state"
    case .needsRestart(let name, let points):
      "'\(name)' has hooks now for \(points.map(\.rawValue).joined(separator: ", ")), "
        + "which the running program was not built for; run it again to see them"
    }
  }

  private func seconds(_ time: Duration) -> String {
    let hundredths = Int(time / .milliseconds(10))
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
  }
}
