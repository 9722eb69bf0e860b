import RayDriver
import SystemPackage

/// What the commands that build have in common.
enum Building {
  /// - Throws: `Diagnostic.notSwiftFiles`, `.noSuchFile`.
  static func check(sources: [String]) throws(Diagnostic) {
    let others = sources.filter { !$0.hasSuffix(".swift") }
    if !others.isEmpty { throw .notSwiftFiles(others) }
    for source in sources where !Files.exists(FilePath(source)) {
      throw .noSuchFile(FilePath(source))
    }
  }

  /// Compiles source files; nothing if that was done before.
  static func program(
    _ session: Session, _ request: ProgramRequest, _ contexts: [ContextSpec],
    _ selection: SelectionOptions
  ) async throws -> FilePath {
    let selected = try await selection.selection(for: request)
    let points = try request.rayPoints()
    noteIfUnobserved(selected, importsRay: points != nil)
    let contexts = ContextSpec.recording(contexts, graphs: try request.recordsGraphs())
    let instrumentation = try await session.instrumentation(
      ContextSpec.stack(contexts, points: points), selected)
    let plan = try session.planner.program(request, instrumentation)
    do {
      try await session.executor.execute(plan.jobs)
    } catch {
      if let output = request.output { Files.remove(Files.temporary(beside: output)) }
      throw error
    }
    if request.output == nil { session.planner.cache.prunePrograms() }
    return plan.executable
  }

  /// Builds a package's product, or all of it.
  /// - Returns: the product's executable, if one was asked for.
  static func package(
    _ session: Session, _ request: PackageRequest, _ contexts: [ContextSpec],
    _ selection: SelectionOptions, _ reader: PackageReader, holding lock: inout FileLock?
  ) async throws -> FilePath? {
    let selected = try await selection.selection(for: reader)
    let points = try await reader.rayPoints()
    noteIfUnobserved(selected, importsRay: points != nil)
    let contexts = ContextSpec.recording(
      contexts, graphs: RayImport.recordsGraphs(below: reader.root))
    let stack = ContextSpec.stack(contexts, points: points)
    let instrumentation = try await session.instrumentation(stack, selected)
    let plan = session.planner.package(request, specs: stack, instrumentation)
    if !(session.executor is PrintingExecutor) {
      try Files.makeDirectory(plan.folder)
      lock = try FileLock(plan.lock) {
        StandardError.write("rayc: \(Diagnostic.waiting(for: plan.folder))\n")
      }
    }
    try await session.executor.execute(plan.jobs)
    guard case .build(let product?) = request.action else { return nil }
    if session.executor is PrintingExecutor { return nil }
    let places = plan.executables(product, request.configuration)
    guard let newest = places.filter(Files.exists).max(by: { modified($0) < modified($1) }) else {
      throw Diagnostic.productNotBuilt(places[0])
    }
    return newest
  }

  /// Someone who tries '--scope dynamic' for the first time wonders why nothing is counted.
  private static func noteIfUnobserved(_ selection: Selection, importsRay: Bool) {
    guard selection.scope == .dynamic, selection.triggers.isEmpty, !importsRay,
      StandardError.isTerminal
    else { return }
    StandardError.write("rayc: \(Diagnostic.noExtent)\n")
  }

  private static func modified(_ path: FilePath) -> Int {
    Files.status(path)?.modified.seconds ?? 0
  }
}
