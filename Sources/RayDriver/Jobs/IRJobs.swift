import SystemPackage

extension Planner {
  /// The jobs that bring a module through the stages of a build and leave its IR at each.
  ///
  /// - Parameters:
  ///   - module: the module's name; two sides of a comparison have the same.
  ///   - instrumentation: nil puts nothing in.
  ///   - name: what the files begin with.
  public func ir(
    _ input: IRInput, module: String, _ instrumentation: Instrumentation?, _ selection: Selection,
    name: String
  ) throws(Diagnostic) -> IRPlan {
    let folder = staging.appending("ir-\(name)")
    let stem = folder.appending("module")
    var settings = instrumentation.map { self.settings($0) } ?? settings(selection)
    settings.ir = stem
    let plan = IRPlan(jobs: [], stem: stem)
    settings.report = plan.report
    var jobs = [Job(.write, .makeDirectory(folder))]
    switch input {
    case .sources(let request):
      let shim = shim(at: folder.appending("shim"), settings)
      var sources: [String] = []
      for source in request.sources { sources.append(try Files.read(FilePath(source))) }
      let arguments =
        ["-c", "-wmo"] + compilerArguments(request, sources: sources, name: module)
        + ["-o", folder.appending("module.o").string]
      jobs += [
        Job(.makeShim, .makeShim(shim)), Job(.showIR, .run(Command(shim.swiftc, arguments))),
      ]
    case .ir(let path, let configuration):
      jobs.append(
        Job(
          .showIR,
          .run(
            Command(
              toolchain.opt,
              optArguments(settings, module: module)
                + [pipeline(configuration), path.string, "-disable-output"]))))
    }
    return IRPlan(jobs: jobs, stem: stem)
  }

  /// The job that asks LLVM which of its passes changed what: `opt -print-changed`.
  ///
  /// - Parameter symbols: the functions that are wanted; empty means all.
  public func changes(
    _ plan: IRPlan, of input: FilePath, _ configuration: BuildConfiguration, module: String,
    _ instrumentation: Instrumentation?, _ selection: Selection, symbols: [String]
  ) -> Job {
    let settings = instrumentation.map { self.settings($0) } ?? settings(selection)
    var arguments = optArguments(settings, module: module)
    // A loop's blocks alone are no function that can be compared.
    arguments += ["-print-changed=quiet", "-print-loop-func-scope"]
    if !symbols.isEmpty {
      arguments.append("-filter-print-funcs=" + symbols.joined(separator: ","))
    }
    arguments += [pipeline(configuration), input.string, "-disable-output"]
    return Job(
      .showIR,
      .run(Command(toolchain.opt, arguments, output: .file(plan.changes))))
  }

  /// The job that makes machine code of the last stage, and the command that says how long each
  /// function is: `name T value size`, in hexadecimal digits.
  public func sizes(
    _ plan: IRPlan, _ configuration: BuildConfiguration
  ) throws(Diagnostic) -> (jobs: [Job], list: Command) {
    let object = FilePath("\(plan.stem).sizes.o")
    let level = configuration == .debug ? "-O0" : "-O2"
    let compile = Command(
      toolchain.llc,
      [
        level, "-relocation-model=pic", "-filetype=obj", "-swift-async-fp=never",
        plan.text(.optimized).string, "-o", object.string,
      ], output: .progress)
    let list = Command(
      try toolchain.llvmTool("llvm-nm"),
      ["--print-size", "--defined-only", "--format=posix", object.string], output: .captured)
    return ([Job(.showIR, .run(compile))], list)
  }

  /// As rayc-frontend calls opt.
  private func optArguments(_ settings: ShimSettings, module: String) -> [String] {
    var arguments = (settings.selection.passPlugins).map { "-load-pass-plugin=\($0)" }
    if let plugin = settings.plugin { arguments.insert("-load-pass-plugin=\(plugin)", at: 0) }
    arguments.append("-rayc-module=\(module)")
    if let context = settings.context { arguments.append("-rayc-context=\(context)") }
    if settings.selection.needsDemangler || settings.hasReplacements {
      arguments.append("-rayc-demangler=\(toolchain.demangler)")
    }
    arguments += settings.selection.pluginOptions
    if let ir = settings.ir { arguments.append("-rayc-ir=\(ir)") }
    if let report = settings.report { arguments.append("-rayc-report=\(report)") }
    return arguments
  }

  private func pipeline(_ configuration: BuildConfiguration) -> String {
    "-passes=default<\(configuration == .debug ? "O0" : "O2")>"
  }
}
