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

  /// The jobs that build a package only to learn what would be instrumented. SwiftPM compiles
  /// again what has changed; every object has its report beside it.
  ///
  /// - Returns: the jobs, and the folder below which they leave the reports.
  public func report(
    _ request: PackageRequest, _ instrumentation: Instrumentation?, _ selection: Selection
  ) -> (jobs: [Job], folder: FilePath) {
    var settings =
      instrumentation.map { self.settings($0, jobs: request.jobs) } ?? settings(selection)
    settings.reportsBesideObjects = true
    settings.clang = request.clang
    var content = Fingerprint()
    content.add(settings.text)
    content.add([request.configuration.rawValue, request.buildSystem ?? ""])
    toolkit.addIdentity(to: &content)
    let base = request.scratch ?? request.path.appending(".build")
    let folder = Files.absolute(base).appending("rayc")
      .appending("report-\(content.text.prefix(10))")
    let shim = shim(at: folder.appending("shim"), settings)
    return (
      [
        Job(.makeShim, .makeShim(shim)),
        Job(.report, .run(swiftPM(request, shim: shim, folder: folder, content: content.text))),
      ], folder
    )
  }

  /// The reports that a package's build left, of objects that are still there.
  public static func reports(below folder: FilePath) -> [FilePath] {
    let ending = ".rayc.jsonl"
    return Files.below(folder.appending("build"), endingIn: ending).filter {
      Files.exists(FilePath(String($0.string.dropLast(ending.count)) + ".o"))
    }
  }

  /// Holds the locations in reports against the source; the verdicts are what it prints.
  public func locationCheck(_ reports: [FilePath]) -> Command {
    let interface = toolchain.root.appending("lib").appending("swift").appending("linux")
      .appending("Swift.swiftmodule").appending("x86_64-unknown-linux-gnu.swiftinterface")
    return Command(
      toolkit.source, ["check", "--interface", interface.string] + reports.map(\.string),
      output: .captured)
  }
}
