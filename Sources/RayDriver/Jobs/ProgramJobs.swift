import SystemPackage

/// A single-module program: one run of the shim's swiftc.
public struct ProgramPlan: Equatable, Sendable {
  public var jobs: [Job]
  /// The finished program.
  public var executable: FilePath
}

extension Planner {
  /// The jobs that compile a program; none if the same was compiled before.
  ///
  /// With `output` set the program goes there, else into the cache, from where it can be run.
  /// - Throws: `Diagnostic.noSuchFile`, `.cannotRead`.
  public func program(
    _ request: ProgramRequest, _ instrumentation: Instrumentation
  ) throws(Diagnostic) -> ProgramPlan {
    var sources: [String] = []
    for source in request.sources {
      guard Files.exists(FilePath(source)) else { throw .noSuchFile(FilePath(source)) }
      sources.append(try Files.read(FilePath(source)))
    }
    let shim = sharedShim(settings(instrumentation, jobs: request.jobs))
    let name = request.output?.lastComponent?.string ?? request.defaultName
    let arguments = compilerArguments(request, sources: sources, name: name)
    if let output = request.output {
      // The compiler makes it beside its place; a reader sees the old program or the new one.
      let unfinished = Files.temporary(beside: output)
      return ProgramPlan(
        jobs: jobs(shim, arguments, unfinished: unfinished, finished: output), executable: output)
    }
    let folder = cache.programs.appending(
      key(request, sources: sources, arguments: arguments, instrumentation))
    let finished = folder.appending(name)
    // Flags may name files we know nothing of: then only compiling again is safe.
    if Files.exists(finished), request.compilerArguments.isEmpty {
      return ProgramPlan(jobs: [], executable: finished)
    }
    if !request.compilerArguments.isEmpty {
      return ProgramPlan(
        jobs: [Job(.write, .makeDirectory(folder))]
          + jobs(
            shim, arguments, unfinished: Files.temporary(beside: finished), finished: finished),
        executable: finished)
    }
    let unfinished = staging.appending("program")
    let compile = jobs(
      shim, arguments, unfinished: unfinished.appending(name), finished: nil)
    return ProgramPlan(
      jobs: [Job(.write, .makeDirectory(unfinished))] + compile
        + [Job(.publish, .publish(from: unfinished, to: folder, keepsExisting: true))],
      executable: finished)
  }

  private func jobs(
    _ shim: Shim, _ arguments: [String], unfinished: FilePath, finished: FilePath?
  ) -> [Job] {
    var jobs = [
      Job(.makeShim, .makeShim(shim)),
      Job(
        .compileProgram,
        .run(Command(shim.swiftc, arguments + ["-o", unfinished.string]))),
    ]
    if let finished {
      jobs.append(Job(.publish, .publish(from: unfinished, to: finished, keepsExisting: false)))
    }
    return jobs
  }

  func compilerArguments(
    _ request: ProgramRequest, sources: [String], name: String
  ) -> [String] {
    var arguments = request.configuration == .debug ? ["-Onone", "-g"] : ["-O", "-wmo"]
    if let jobs = request.jobs { arguments.append("-j\(jobs)") }
    arguments += ["-module-name", ProgramRequest.moduleName(forProgram: name)]
    // SwiftPM does the same: swiftc takes a lone file for a script.
    if sources.count == 1, Self.hasMainAttribute(sources[0]) {
      arguments.append("-parse-as-library")
    }
    return arguments + request.compilerArguments + request.sources
  }

  static func hasMainAttribute(_ source: String) -> Bool {
    source.split(separator: "\n").contains { line in
      let words = line.drop { $0 == " " || $0 == "\t" }
      guard words.hasPrefix("@main") else { return false }
      return words.dropFirst(5).first.map { $0 == " " || $0 == "\t" } ?? true
    }
  }

  private func key(
    _ request: ProgramRequest, sources: [String], arguments: [String],
    _ instrumentation: Instrumentation
  ) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(["program 1", Files.currentDirectory.string])
    fingerprint.add(arguments)
    fingerprint.add(sources)
    fingerprint.add([instrumentation.context.key, instrumentation.argumentsKey])
    fingerprint.add(instrumentation.selection.settings)
    toolkit.addIdentity(to: &fingerprint)
    toolchain.addIdentity(to: &fingerprint)
    return fingerprint.text
  }
}
