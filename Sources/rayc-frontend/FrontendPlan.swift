/// What one `swift-frontend -c …` becomes: a frontend run that emits bitcode, then per output
/// one `opt` and one `llc`.
///
///     swift-frontend -frontend -c a.swift -O -o a.o
///
/// becomes
///
///     swift-frontend -frontend -emit-bc a.swift -O -gdwarf-types … -disable-llvm-optzns -o a.rayc-7.bc
///     opt-22 … -passes=default<O2> a.rayc-7.bc -o a.rayc-7.opt.bc
///     llc-22 -O2 … a.rayc-7.opt.bc -o a.rayc-7.o        (then renamed to a.o)
struct FrontendPlan: Equatable {
  struct Output: Equatable {
    var object: String
    var bitcode: String
    var optimized: String
    var unfinishedObject: String
    /// Where a report goes that lies beside its object.
    var report: String

    init(object: String, tag: String) {
      self.object = object
      let stem = object.hasSuffix(".o") ? String(object.dropLast(2)) : object
      bitcode = "\(stem).\(tag).bc"
      optimized = "\(stem).\(tag).opt.bc"
      unfinishedObject = "\(stem).\(tag).o"
      report = PluginOptions.report(ofObject: object)
    }

    var temporaries: [String] { [bitcode, optimized, unfinishedObject] }
  }

  var arguments: [String] = []
  var outputs: [Output] = []
  var moduleName = ""
  /// The symbol of the main function: SwiftPM renames it, to link executables into tests.
  var mainSymbol = "main"
  var optimizes = false
  var stripsDebug = false
  var functionSections = false
  /// Whether this is rayc's own runtime, which a package builds from source: it is not
  /// instrumented, but made to keep its functions to itself and to call twins.
  var isRuntime = false
  /// Whether one job compiles the whole module: then nothing else of this module runs beside it.
  var wholeModule = true
  var threads = 0
  /// The module's sources that are compiled here, and files that name more of them.
  var sources: [String] = []
  private(set) var primaries: [String] = []
  var expressionFiles: [String] { primaries.isEmpty ? sources : primaries }
  /// Files this plan needs written before it runs.
  var files: [(path: String, text: String)] = []

  static func == (left: Self, right: Self) -> Bool {
    left.arguments == right.arguments && left.outputs == right.outputs
  }

  /// - Returns: nil if the invocation makes no objects from Swift and has to run as it is.
  init?(
    _ original: [String], tag: String, settings: Settings, read: @escaping (String) -> String?
  ) {
    guard original.first == "-frontend" else { return nil }
    let expanded = ResponseFile.expand(original, read: read)
    guard expanded.contains("-c") else { return nil }
    var rewriter = FrontendRewriter(tag: tag, read: read)
    guard rewriter.rewrite(expanded) else { return nil }
    self = rewriter.plan
    isRuntime = Self.isRuntime(module: moduleName, arguments: expanded)
    // As the toolkit's own runtime is compiled: a context is accessed while its owner waits.
    arguments += isRuntime ? ["-enforce-exclusivity=unchecked"] : ImportPaths.arguments(settings)
    // Of a few types the library has code that is compiled already, which computes without tags.
    if settings.carriesTags, !optimizes {
      arguments += ["-Xllvm", "-sil-disable-pass=use-prespecialized"]
    }
    guard let first = outputs.first, !settings.plainModules.contains(moduleName),
      !HostTool.compiles(
        expanded, module: moduleName, object: first.object, settings: settings,
        read: { read($0).map { Array($0.utf8) } })
    else { return nil }
  }

  /// A module of that name may also be anyone's.
  static func isRuntime(module: String, arguments: [String]) -> Bool {
    module == "Ray" && arguments.contains { $0.hasSuffix("/Ray/RayContext.swift") }
  }

  mutating func add(primary: String) { primaries.append(primary) }

  private init(empty: Void) {}
  static var empty: FrontendPlan { FrontendPlan(empty: ()) }
}

/// One pass over the frontend's arguments.
struct FrontendRewriter {
  var plan = FrontendPlan.empty
  let tag: String
  let read: (String) -> String?
  private var hasDebugInfo = false
  private var indexes = false
  private var namesIndexUnits = false

  init(tag: String, read: @escaping (String) -> String?) {
    self.tag = tag
    self.read = read
  }

  /// Options whose value must not be taken for an option of the frontend's own.
  private static let valued: Set<String> = [
    "-Xcc", "-Xllvm", "-module-name", "-I", "-F", "-D", "-primary-file", "-package-name",
  ]

  /// - Returns: false if an output list cannot be read.
  mutating func rewrite(_ arguments: [String]) -> Bool {
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      let value = index + 1 < arguments.count ? arguments[index + 1] : nil
      index += 1
      switch argument {
      case "-c":
        plan.arguments.append("-emit-bc")
      case "-o":
        guard let value else { return false }
        plan.arguments += ["-o", add(object: value)]
        index += 1
      case "-output-filelist":
        guard let value, let text = read(value) else { return false }
        let bitcode = text.split(separator: "\n").map { add(object: String($0)) }
        let list = "\(value).\(tag)"
        plan.files.append((list, bitcode.joined(separator: "\n") + "\n"))
        plan.arguments += ["-output-filelist", list]
        index += 1
      default:
        note(argument, value: value)
        // Fields of types that other files declare are in no other place.
        plan.arguments.append(argument == "-g" ? "-gdwarf-types" : argument)
        if Self.valued.contains(argument), let value {
          plan.arguments.append(value)
          index += 1
        }
      }
    }
    finish()
    return true
  }

  private mutating func add(object: String) -> String {
    let output = FrontendPlan.Output(object: object, tag: tag)
    plan.outputs.append(output)
    return output.bitcode
  }

  private mutating func note(_ argument: String, value: String?) {
    if argument.hasSuffix(".swift"), !argument.hasPrefix("-") { plan.sources.append(argument) }
    switch argument {
    case "-filelist": if let value { plan.sources.append("@" + value) }
    case "-Onone", "-Oplayground": plan.optimizes = false
    case "-O", "-Ounchecked", "-Osize": plan.optimizes = true
    case "-g", "-gdwarf-types", "-gline-tables-only": hasDebugInfo = true
    case "-module-name": plan.moduleName = value ?? ""
    case "-entry-point-function-name": plan.mainSymbol = value ?? "main"
    case "-primary-file", "-primary-filelist":
      plan.wholeModule = false
      if let value { plan.add(primary: argument == "-primary-file" ? value : "@" + value) }
    case "-num-threads": plan.threads = value.flatMap { Int($0) } ?? 0
    case "-function-sections": plan.functionSections = true
    case "-index-store-path": indexes = true
    case "-index-unit-output-path", "-index-unit-output-path-filelist": namesIndexUnits = true
    default: break
    }
  }

  private mutating func finish() {
    plan.arguments.append("-disable-llvm-optzns")
    // Sites take their place in the source from debug info; the user's object gets none of it.
    if !hasDebugInfo {
      plan.arguments += ["-gdwarf-types", "-debug-info-format=dwarf"]
      plan.stripsDebug = true
    }
    // The index store names a unit after its output: that must stay the object.
    if indexes, !namesIndexUnits {
      for output in plan.outputs {
        plan.arguments += ["-index-unit-output-path", output.object]
      }
    }
  }
}
