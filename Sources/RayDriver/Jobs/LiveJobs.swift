import SystemPackage

/// A live context as a library that a running program loads.
public struct LiveLibrary: Equatable, Sendable {
  /// Its folder in the cache, named after all that it was made from.
  var folder: FilePath
  public var path: FilePath { folder.appending("context.so") }
  /// The context's text as IR, which says how its types lie in memory.
  var intermediate: FilePath { folder.appending("context.ll") }

  /// Equal for versions whose values can stand for each other.
  /// - Throws: `Diagnostic.cannotRead`.
  public func layout() throws(Diagnostic) -> [String] {
    TypeLayouts.lines(in: try Files.read(intermediate))
  }
}

extension Planner {
  /// The jobs that make a live context's library; none if it is in the cache.
  ///
  /// - Throws: `Diagnostic` for a context that is not there.
  func liveLibrary(_ spec: ContextSpec) throws(Diagnostic) -> (
    library: LiveLibrary, context: ContextJobs, jobs: [Job]
  ) {
    var plain = spec
    if case .live(let path, let type) = spec.source { plain.source = .file(path, type: type) }
    let context = try contextJobs(plain, index: 0)
    var fingerprint = Fingerprint()
    fingerprint.add("live 1")
    fingerprint.add(try context.identity(reading: Files.read))
    toolkit.addIdentity(to: &fingerprint)
    fingerprint.add(identityOf: toolkit.liveGlue)
    toolchain.addIdentity(to: &fingerprint)
    let library = LiveLibrary(folder: cache.contexts.appending(fingerprint.text))
    if Files.exists(library.folder) { return (library, context, []) }

    let folder = Self.liveFolder(in: staging)
    func file(_ name: String) -> FilePath { folder.appending(name) }
    func run(_ kind: Job.Kind, _ tool: FilePath, _ arguments: [String]) -> Job {
      Job(kind, .run(Command(tool, arguments, output: .progress)))
    }
    let raw = context.bitcode(in: folder).string
    let jobs =
      [Job(.write, .makeDirectory(folder))]
      + context.jobs(in: folder, glue: try Files.read(toolkit.liveGlue))
      + [
        run(
          .lowerContext, try toolchain.llvmTool("llvm-dis"),
          [raw, "-o", file("context.ll").string]),
        run(
          .lowerContext, toolchain.opt,
          ["-passes=default<O2>", raw, "-o", file("context.bc").string]),
        run(
          .assembleContext, toolchain.llc,
          [
            "-O2", "-relocation-model=pic", "-filetype=obj", file("context.bc").string,
            "-o", file("context.o").string,
          ]),
        run(
          .linkContext, toolchain.swiftc,
          ["-emit-library", file("context.o").string, "-o", file("context.so").string]),
        Job(.publish, .publish(from: folder, to: library.folder, keepsExisting: true)),
      ]
    return (library, context, jobs)
  }

  static func liveFolder(in staging: FilePath) -> FilePath { staging.appending("live") }
}

extension Session {
  /// Makes a live context's library, and says what is wrong with the context if that cannot be
  /// done.
  public func liveLibrary(_ spec: ContextSpec) async throws -> LiveLibrary {
    let (library, context, jobs) = try planner.liveLibrary(spec)
    do {
      try await executor.execute(jobs)
    } catch let failure as ToolFailure where failure.command.output == .captured {
      throw try await diagnosis(of: context, failure)
    }
    return library
  }
}

extension ContextSpec {
  var isLive: Bool {
    if case .live = source { true } else { false }
  }

  /// What a context's file has hooks for.
  func pointsOfFile() throws(Diagnostic) -> Set<Point> {
    guard let file else { return [] }
    return RayImport.points(in: try Files.read(file)) ?? []
  }

  /// The context of a command line as one that is exchanged while the program runs.
  ///
  /// - Throws: `Diagnostic.liveNeedsOneFile`, `.liveReplaces`, `.contextFileMissing`.
  public static func live(_ specs: [ContextSpec]) throws(Diagnostic) -> ContextSpec {
    guard specs.count == 1, case .file(let path, let type) = specs[0].source else {
      throw .liveNeedsOneFile
    }
    guard Files.exists(path) else { throw .contextFileMissing(path, spec: specs[0].name) }
    if try Files.read(path).contains("Overdubs") { throw .liveReplaces(specs[0].name) }
    var live = specs[0]
    live.source = .live(path, type: type)
    live.points = try live.pointsOfFile()
    return live
  }
}
