import RayDriver
import SystemPackage

/// `rayc run --loop`: runs the program again whenever a source of it, or of its contexts, changes.
struct ProgramLoop {
  let program: ProgramOptions
  let contexts: [ContextSpec]
  private let watch: SourceWatch
  private let session: RunSession

  init(_ program: ProgramOptions, _ contexts: [ContextSpec]) throws(Diagnostic) {
    self.program = program
    self.contexts = contexts
    watch = try SourceWatch()
    session = try RunSession()
  }

  /// Comes back by an error only: the user's Ctrl-C is one.
  func run() async throws -> Never {
    defer { session.close() }
    var hasRun = false
    while true {
      watch.follow(try await sources())
      do {
        if let built = try await program.build(with: contexts) {
          hasRun = true
          if let changes = try runAll(built) {
            say(.changed(changes))
            continue
          }
        }
      } catch {
        // What is wrong with the command line does not change with a source.
        try show(error, isFirst: !hasRun)
      }
      say(.waiting)
      let changes = try watch.wait()
      say(.changed(changes))
    }
  }

  /// - Returns: what has changed meanwhile; nil if all runs have ended by themselves.
  private func runAll(_ built: Program) throws -> SourceChanges? {
    let runs = try session.runs(of: built.executable, contexts)
    for (index, run) in runs.enumerated() {
      if runs.count > 1 { say(.run(index + 1, of: runs.count, arguments: run.arguments)) }
      let start = ContinuousClock.now
      let child = try session.start(built.executable, arguments: built.arguments, run)
      let changes = try watch.wait(for: child)
      if changes != nil { child.stop() }
      let ended = child.wait()
      // Ctrl-C went to the program: it has ended, and so do we.
      if let signal = Interrupts.receivedByProgram { throw Interrupted(signal: signal) }
      if let changes { return changes }
      say(.ended(ended.termination, after: ContinuousClock.now - start))
    }
    return nil
  }

  /// The program's files and those of its contexts.
  private func sources() async throws -> SourceSet {
    let files = contexts.compactMap(\.file)
    guard program.files.isEmpty else {
      return SourceSet(files: program.files.map { FilePath($0) } + files)
    }
    let root = try program.package.root()
    return SourceSet(files: files, packages: [root] + (try await localPackages()))
  }

  /// The folders of packages that the package depends on by path; none while its manifest is wrong.
  private func localPackages() async throws -> [FilePath] {
    try await withSession(program.output) { session in
      let reader = try program.package.reader(session)
      do { return try await reader.localPackages() } catch is ToolFailure { return [] }
    }
  }

  /// - Throws: the error, if waiting for a change does not help.
  private func show(_ error: any Error, isFirst: Bool) throws {
    switch error {
    case let failure as ToolFailure:
      if Interrupts.received != nil { throw failure }
      Ending.show(failure.diagnostic)
    case let diagnostic as Diagnostic:
      if Interrupts.received != nil || isFirst && diagnostic.exitStatus == 64 { throw diagnostic }
      Ending.show(diagnostic)
    default: throw error
    }
  }

  private func say(_ message: LoopMessage) {
    if !program.output.quiet { StandardError.write("rayc: \(message.text)\n") }
  }
}
