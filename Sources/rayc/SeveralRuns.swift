import RayDriver
import SystemPackage

/// The runs that a context asks for, one behind the other.
struct SeveralRuns {
  var program: Program
  var contexts: [ContextSpec]
  var isQuiet: Bool

  /// Runs them and ends this process as the first that failed ended, or the last one.
  func end() throws -> Never {
    let session = try RunSession()
    let ended: EndedProgram
    do {
      defer { session.close() }
      ended = try runAll(session)
    }
    ended.end()
  }

  private func runAll(_ session: RunSession) throws -> EndedProgram {
    let runs = try session.runs(of: program.executable, contexts)
    var result: EndedProgram?
    for (index, run) in runs.enumerated() {
      if !isQuiet {
        let message = LoopMessage.run(index + 1, of: runs.count, arguments: run.arguments)
        StandardError.write("rayc: \(message.text)\n")
      }
      let ended = try session.start(
        program.executable, arguments: program.arguments, run
      ).wait()
      if result?.termination.succeeded ?? true { result = ended }
      if Interrupts.receivedByProgram != nil { break }
    }
    return result!
  }
}
