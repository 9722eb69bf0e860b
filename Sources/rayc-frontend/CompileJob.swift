import Glibc

/// Executes a plan: frontend, then opt and llc for each output.
struct CompileJob {
  let plan: FrontendPlan
  let settings: Settings
  let tag: String

  /// Linux refuses longer command lines; far below what the kernel allows.
  private static let longestCommandLine = 96 * 1024

  /// - Returns: how the first tool that failed ended; its messages are on stderr already.
  func run() -> ChildStatus {
    var temporaries = plan.outputs.flatMap(\.temporaries) + plan.files.map(\.path)
    defer { for path in temporaries { unlink(path) } }
    for file in plan.files where !Files.write(file.text, to: file.path) {
      return cannotWrite(file.path)
    }

    var arguments = plan.arguments
    if plan.optimizes {
      arguments = ReplacedNames.keepingCalls(
        arguments, ReplacedNames.options(settings, module: plan.moduleName))
    }
    if arguments.reduce(0, { $0 + $1.utf8.count + 1 }) > Self.longestCommandLine {
      let path = "\(plan.outputs[0].object).\(tag).resp"
      temporaries.append(path)
      let text = ResponseFile.text(for: Array(arguments.dropFirst()))
      guard Files.write(text, to: path) else { return cannotWrite(path) }
      arguments = ["-frontend", "@\(path)"]
    }
    // The sources are read while the frontend compiles them.
    let reader = settings.source.flatMap { tool in
      Child.start(tool, ["expressions", expressionTable] + plan.expressionFiles)
    }
    if reader != nil { temporaries.append(expressionTable) }
    let frontend = Child.run(settings.frontend, arguments)
    let read =
      reader.map { Child.wait($0).status } ?? .exited(settings.source == nil ? 0 : 1)
    if let number = Interrupts.received { return .signalled(number) }
    guard frontend.succeeded else { return frontend }
    guard read.succeeded else { return failed(read, tool: settings.source ?? "", plan.outputs[0]) }

    // A module without code leaves no output for some inputs.
    let outputs = plan.outputs.filter { access($0.bitcode, R_OK) == 0 }
    // opt takes an empty file for a module without code.
    if let empty = outputs.first(where: { Files.size($0.bitcode) == 0 }) {
      Files.writeError(
        "rayc: error: the compiler wrote nothing into '\(empty.bitcode)', "
          + "of module '\(plan.moduleName)'; is the disk full?\n")
      return .exited(1)
    }
    return lower(outputs)
  }

  /// What rayc-source writes and opt reads.
  private var expressionTable: String { "\(plan.outputs[0].object).\(tag).expressions" }

  /// Runs opt, then llc for every output, several outputs at once if there are cores for them.
  private func lower(_ outputs: [FrontendPlan.Output]) -> ChildStatus {
    var waiting = outputs[...]
    var running: [pid_t: (output: FrontendPlan.Output, optimized: Bool)] = [:]
    var failure: ChildStatus?
    let limit = workers(for: outputs.count)
    while true {
      while failure == nil, running.count < limit, let output = waiting.popFirst() {
        guard let opt = Child.start(settings.opt, optArguments(output)) else {
          failure = .exited(1)
          break
        }
        running[opt] = (output, false)
      }
      if running.isEmpty { return failure ?? .exited(0) }
      let (pid, status) = Child.wait()
      guard let (output, optimized) = running.removeValue(forKey: pid) else { continue }
      if let number = Interrupts.received { failure = .signalled(number) }
      if failure != nil { continue }
      if !status.succeeded {
        failure = failed(status, tool: optimized ? settings.llc : settings.opt, output)
      } else if !optimized {
        unlink(output.bitcode)
        guard let llc = Child.start(settings.llc, llcArguments(output)) else {
          failure = .exited(1)
          continue
        }
        running[llc] = (output, true)
      } else if rename(output.unfinishedObject, output.object) != 0 {
        failure = cannotWrite(output.object)
      }
    }
  }

  /// Batch mode: the driver runs one frontend per core already.
  private func workers(for outputs: Int) -> Int {
    guard plan.wholeModule else { return 1 }
    var limit = settings.jobs > 0 ? settings.jobs : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    if plan.threads > 0 { limit = min(limit, plan.threads) }
    return max(1, min(limit, outputs, Interrupts.maximumChildren))
  }

  private func optArguments(_ output: FrontendPlan.Output) -> [String] {
    var arguments: [String] = []
    let name = "-rayc-object=\(Path.lastComponent(output.object))"
    if plan.isRuntime, let plugin = settings.plugin {
      return [
        "-load-pass-plugin=\(plugin)", name, "-passes=default<O2>,rayc-runtime",
        output.bitcode, "-o", output.optimized,
      ]
    }
    if let plugin = settings.plugin {
      arguments += ([plugin] + settings.passPlugins).map { "-load-pass-plugin=\($0)" }
      arguments.append(name)
      arguments += PluginOptions.arguments(
        settings, module: plan.moduleName, mainSymbol: plan.mainSymbol, report: output.report,
        stripsDebug: plan.stripsDebug)
      if settings.source != nil { arguments.append("-rayc-expressions=\(expressionTable)") }
    }
    arguments.append("-passes=\(plan.optimizes ? "default<O2>" : "default<O0>")")
    return arguments + [output.bitcode, "-o", output.optimized]
  }

  private func llcArguments(_ output: FrontendPlan.Output) -> [String] {
    var arguments = [
      plan.optimizes || plan.isRuntime ? "-O2" : "-O0", "-relocation-model=pic", "-filetype=obj",
      // As swiftc has it on Linux: frame pointers of async functions are ordinary ones.
      "-swift-async-fp=never",
    ]
    if plan.functionSections { arguments.append("-function-sections") }
    return arguments + [output.optimized, "-o", output.unfinishedObject]
  }

  /// Says which tool failed on what; its own messages are on stderr already. A tool that a signal
  /// ended has said nothing that helps, and its signal must not end this process in silence.
  private func failed(
    _ status: ChildStatus, tool: String, _ output: FrontendPlan.Output
  ) -> ChildStatus {
    let name = Path.lastComponent(tool)
    let subject = "'\(output.object)' of module '\(plan.moduleName)'"
    guard case .signalled(let number) = status else {
      Files.writeError("rayc: error: '\(name)' failed on \(subject); its message stands above\n")
      return status
    }
    Files.writeError(
      "rayc: error: '\(name)' was ended by signal \(number) "
        + "(\(String(cString: strsignal(number)))) on \(subject); "
        + Self.remedy(signal: number, module: plan.moduleName) + "\n")
    return .exited(1)
  }

  private static func remedy(signal: Int32, module: String) -> String {
    switch signal {
    case SIGKILL: "if memory ran out, try it with fewer jobs, as in '-j 1'"
    case SIGXFSZ: "the file is larger than 'ulimit -f' allows"
    case SIGXCPU: "it took longer than 'ulimit -t' allows"
    default:
      "this is a bug in rayc: please report it, and pass the module over with "
        + "'--exclude module:\(module)'"
    }
  }

  private func cannotWrite(_ path: String) -> ChildStatus {
    Files.writeError("rayc: error: cannot write '\(path)': \(String(cString: strerror(errno)))\n")
    return .exited(1)
  }
}
