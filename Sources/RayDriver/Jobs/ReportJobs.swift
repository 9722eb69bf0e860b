import SystemPackage

extension Planner {
  /// The jobs that compile a module only to learn what would be instrumented.
  ///
  /// - Parameter instrumentation: nil counts every call and load, whatever a context asks for.
  /// - Returns: the jobs, and the file they leave the records in.
  public func report(
    _ request: ProgramRequest, _ instrumentation: Instrumentation?, _ selection: Selection
  ) throws(Diagnostic) -> (jobs: [Job], report: FilePath) {
    let report = staging.appending("report.jsonl")
    var settings =
      instrumentation.map { self.settings($0, jobs: request.jobs) } ?? settings(selection)
    settings.report = report
    let shim = shim(at: staging.appending("shim"), settings)
    var sources: [String] = []
    for source in request.sources { sources.append(try Files.read(FilePath(source))) }
    // One job, one object: each opt would begin the report anew.
    let arguments =
      ["-c", "-wmo"] + compilerArguments(request, sources: sources, name: request.defaultName)
      + ["-o", staging.appending("report.o").string]
    return (
      [Job(.makeShim, .makeShim(shim)), Job(.report, .run(Command(shim.swiftc, arguments)))],
      report
    )
  }
}
