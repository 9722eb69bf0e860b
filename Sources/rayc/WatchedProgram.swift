import RayDriver
import SystemPackage

/// `rayc run --loop` and `--live`: a program whose sources or context are edited while it runs.
struct WatchedProgram {
  let program: ProgramOptions
  let contexts: [ContextSpec]
  /// Whether it runs again when a source has changed.
  let loops: Bool
  private let live: LiveContext?
  private let watch: SourceWatch
  private let session: RunSession

  /// - Throws: `Diagnostic` for contexts that cannot be live.
  init(
    _ program: ProgramOptions, _ contexts: [ContextSpec], loops: Bool, isLive: Bool
  ) throws(Diagnostic) {
    self.program = program
    self.contexts = contexts
    self.loops = loops
    let spec = isLive ? try ContextSpec.live(contexts) : nil
    watch = try SourceWatch()
    session = try RunSession()
    live = try spec.map { [session] spec throws(Diagnostic) in
      try LiveContext(spec, in: session.folder)
    }
  }

  /// Runs it, with `--loop` until the user's Ctrl-C, which is an error.
  ///
  /// - Returns: how the program ended.
  func run() async throws -> EndedProgram {
    defer { session.close() }
    if loops { try await loop() }
    return try await runOnce()!
  }

  private func loop() async throws -> Never {
    var hasRun = false
    while true {
      do {
        if try await runOnce({ hasRun = true }) == nil { continue }
      } catch {
        // What is wrong with the command line does not change with a source.
        try show(error, isFirst: !hasRun)
      }
      say(.waiting)
      say(.changed(try watch.wait()))
    }
  }

  /// Builds the program and runs it, as often as its context wants.
  ///
  /// - Returns: how it ended, the first failure of several; nil if a source has changed meanwhile.
  private func runOnce(_ didBuild: () -> Void = {}) async throws -> EndedProgram? {
    watch.follow(try await sources())
    let contexts = live == nil ? contexts : [try ContextSpec.live(contexts)]
    let built = try await program.build(with: contexts)!
    didBuild()
    let told = try await beginLive(contexts)
    let runs = try session.runs(of: built.executable, contexts, telling: told)
    var result: EndedProgram?
    for (index, run) in runs.enumerated() {
      if runs.count > 1 { say(.run(index + 1, of: runs.count, arguments: run.arguments)) }
      let start = ContinuousClock.now
      let child = try session.start(
        built.executable, arguments: built.arguments, run, telling: told)
      let changes = try await follow(child)
      if changes != nil { child.stop() }
      let ended = child.wait()
      // Ctrl-C went to the program: it has ended, and so do we.
      if let signal = Interrupts.receivedByProgram, loops { throw Interrupted(signal: signal) }
      if changes != nil { return nil }
      if loops { say(.ended(ended.termination, after: ContinuousClock.now - start)) }
      if result?.termination.succeeded ?? true { result = ended }
    }
    return result
  }

  /// Comes back when the program has ended, or when it has to be started again.
  private func follow(_ child: ChildProgram) async throws -> SourceChanges? {
    while let changes = try watch.wait(for: child) {
      say(.changed(changes))
      guard let live, let file = live.spec.file, changes.paths == [Files.absolute(file)] else {
        return changes
      }
      do {
        let messages = try await withSession(program.output) { try await live.exchange($0) }
        messages.forEach(say)
      } catch {
        try show(error, isFirst: false)
      }
    }
    return nil
  }

  private func beginLive(
    _ contexts: [ContextSpec]
  ) async throws -> [(key: String, value: String)] {
    guard let live else { return [] }
    return try await withSession(program.output) {
      try await live.begin($0, points: contexts[0].points)
    }
  }

  /// What is watched: the program's files and those of its contexts.
  private func sources() async throws -> SourceSet {
    let files = contexts.compactMap(\.file)
    guard loops else { return SourceSet(files: live == nil ? [] : files) }
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
