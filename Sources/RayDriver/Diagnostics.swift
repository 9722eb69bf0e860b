// Every message rayc itself shows: lower case, the value quoted, the remedy included.
import SystemPackage

/// What went wrong, as the user reads it.
public enum Diagnostic: Error, Equatable, Sendable {
  case unknownCommand(String, closest: String?, known: [String])
  case noSuchFile(FilePath)
  case cannotRead(FilePath, Errno)
  case cannotWrite(FilePath, Errno)
  case notARecording(FilePath)
  case recordingTooNew(FilePath, version: Int)
  case noSources
  case notSwiftFiles([String])

  case unknownContext(String, known: [String], closest: String?)
  case malformedSpec(String, reason: String)
  case contextFileMissing(FilePath, spec: String)
  case contextNeedsType(String, types: [String])
  case noSuchType(String, file: FilePath, types: [String], closest: String?)
  case typeNotUsable(String, file: FilePath, reason: String)
  case typeNotAContext(String, file: FilePath)

  case malformedPattern(String, origin: String, reason: String)
  case malformedRulesFile(FilePath, reason: String)
  case triggerInProgramScope(String)
  case noDemangler(FilePath)
  case replacementsReadOnly(String)

  case notATypeName(String, reason: String)
  case fileExists(FilePath)
  case cannotWatch(Errno)
  case noRuns(String)
  case notLoaded(String)
  case liveNeedsOneFile
  case liveReplaces(String)

  case noSwift
  case wrongSwift(found: String, path: FilePath)
  case noLLVM(tool: String)
  case noClang(FilePath)
  case wrongLLVM(found: String, path: FilePath)
  case incompleteToolkit(missing: FilePath)
  case damagedToolkit(FilePath)
  case mismatchedToolkit(plugin: String, runtime: String, home: FilePath)

  case notIRInput(String)
  case noSwiftFiles(below: FilePath)
  case noSuchFunction(String, functions: [String])
  case notWritable(String)
  case severalFunctions(String, functions: [String])
  case noRevision(String, file: String, reason: String)
  case malformedDynamo(String, reason: String)
  case dynamoFileMissing(FilePath, spec: String)
  case typeNotADynamo(String, file: FilePath)
  case noPassesAsHTML
  case passPluginMissing(FilePath)
  case passPluginAlone(FilePath)

  case noPackage(FilePath)
  case noSuchProduct(String, products: [String], closest: String?)
  case severalProducts([String])
  case noExecutable(package: String)
  case productNotBuilt(FilePath)
  case filesAndPackage(option: String)
  case diskFull(FilePath)

  case noProfile(FilePath)
  case noSuchRoot(String)
  case noGraphviz
  case noDataGraph(String, reason: String)
  case unusableGraph(String, reason: String)

  case cannotRun(FilePath, reason: String)
  /// A tool ended without success; it has said why itself.
  case toolFailed(tool: String, termination: Termination)

  /// The status rayc ends with.
  public var exitStatus: Int32 {
    switch self {
    case .unknownCommand, .unknownContext, .malformedSpec, .contextNeedsType, .noSources,
      .notSwiftFiles, .filesAndPackage, .severalProducts, .malformedPattern,
      .malformedRulesFile, .triggerInProgramScope, .replacementsReadOnly, .notATypeName,
      .malformedDynamo, .notIRInput, .noPassesAsHTML, .noSuchFunction, .passPluginAlone,
      .severalFunctions,
      .liveNeedsOneFile, .liveReplaces:
      64
    case .toolFailed(_, let termination): termination.exitStatus
    default: 1
    }
  }

  /// Nil if the tool that failed has told the user already.
  public var message: String? {
    switch self {
    case .unknownCommand(let name, let closest, let known):
      "unknown command '\(name)'\(Self.suggestion(closest)); the commands are "
        + Self.quoted(known)
    case .noSuchFile(let path):
      "no such file: '\(path)'"
    case .cannotRead(let path, let errno):
      "cannot read '\(path)': \(errno)"
    case .cannotWrite(let path, .noSpace), .diskFull(let path):
      "the disk that holds '\(path)' is full; free some space and run the command again"
    case .cannotWrite(let path, let errno):
      "cannot write '\(path)': \(errno)"
    case .notARecording(let path):
      "'\(path)' is no recording; 'rayc record' makes one"
    case .recordingTooNew(let path, let version):
      "'\(path)' is a recording of version \(version), which a newer rayc has made; "
        + "read it with that one"
    case .noSources:
      "no Swift file given and no 'Package.swift' in this folder or above; "
        + "name a file, or the package with '--package-path'"
    case .notSwiftFiles(let names):
      "not a Swift file: \(Self.quoted(names)); the program's own arguments come after '--'"
    case .unknownContext(let name, let known, let closest):
      "unknown context '\(name)'\(Self.suggestion(closest)); those that come with rayc: "
        + "\(Self.quoted(known)); one of your own is written 'path/to/file.swift:Type'"
    case .malformedSpec(let spec, let reason):
      "'-W \(spec)': \(reason)"
    case .contextFileMissing(let file, let spec):
      "no such file: '\(file)', the context's file in '-W \(spec)'"
    case .contextNeedsType(let file, let types):
      "'\(file)' does not say which type is the context; write "
        + (types.isEmpty ? "'\(file):Type'" : Self.quoted(types.map { "\(file):\($0)" }))
    case .noSuchType(let name, let file, let types, let closest):
      "no type '\(name)' in '\(file)'\(Self.suggestion(closest))"
        + (types.isEmpty ? "" : "; its types: \(Self.quoted(types))")
    case .typeNotAContext(let name, let file):
      "type '\(name)' in '\(file)' does not conform to RayContext; "
        + "declare it as 'struct \(name): RayContext' and import Ray"
    case .typeNotUsable(let name, let file, let reason):
      "type '\(name)' in '\(file)' cannot be used as a context: \(reason)"
    case .malformedPattern(let pattern, let origin, let reason):
      "pattern '\(pattern)' in \(origin): \(reason)"
    case .malformedRulesFile(let path, let reason):
      "'\(path)': \(reason)"
    case .triggerInProgramScope(let pattern):
      "'--trigger \(pattern)' and '--scope program': a trigger opens the extent that "
        + "'--scope dynamic' observes; leave '--scope' out"
    case .replacementsReadOnly(let spec):
      "'--read-only' and '\(spec)', which replaces functions: that changes what the program "
        + "computes; leave one of them out"
    case .notATypeName(let name, let reason):
      "'\(name)' cannot be the name of a context: \(reason)"
    case .fileExists(let path):
      "'\(path)' is there already; write over it with '-f', or choose another name"
    case .cannotWatch(let errno):
      "cannot watch the sources: \(errno)"
    case .notLoaded(let reason):
      "the program goes on with the old context: \(reason)"
    case .liveNeedsOneFile:
      "'--live' needs one context of your own, '-W path/to/file.swift:Type'"
    case .liveReplaces(let spec):
      "'--live' and '\(spec)', which replaces functions: that is done when the program is built; "
        + "use '--loop' instead"
    case .noRuns(let spec):
      "'\(spec)' has no runs: put a 'ProgramRun()' into its 'runs'"
    case .noDemangler(let path):
      "rules, triggers and replacements need '\(path)', which this Swift toolchain lacks; install Swift 6.3 "
        + "again (https://www.swift.org/install/linux)"
    case .noSwift:
      "no 'swiftc' on PATH; install Swift 6.3 (https://www.swift.org/install/linux) "
        + "or add its 'usr/bin' to PATH"
    case .wrongSwift(let found, let path):
      "'\(path)' is Swift \(found), and rayc needs Swift 6.3; put Swift 6.3 first on PATH"
    case .noLLVM(let tool):
      "no '\(tool)' found; install it with 'apt-get install llvm-22'"
    case .noClang(let path):
      "'--c' needs LLVM 22's clang, and there is no '\(path)'; "
        + "install it with 'apt-get install clang-22'"
    case .wrongLLVM(let found, let path):
      "'\(path)' is LLVM \(found), and rayc needs LLVM 22; "
        + "install it with 'apt-get install --reinstall llvm-22'"
    case .incompleteToolkit(let missing):
      "rayc is not completely installed: '\(missing)' is missing; "
        + "build it with 'scripts/rayc' or install it again with 'scripts/install'"
    case .damagedToolkit(let path):
      "'\(path)' is no part of rayc, or damaged; build or install rayc again with 'scripts/install'"
    case .mismatchedToolkit(let plugin, let runtime, let home):
      "the plugin and the runtime in '\(home)' are of different versions "
        + "('\(plugin)' and '\(runtime)'); build or install rayc again with 'scripts/install'"
    case .notIRInput(let name):
      "'\(name)' is no Swift file, no folder and no LLVM IR ('.ll', '.bc')"
    case .noSwiftFiles(let folder):
      "no Swift file in '\(folder)'; name a folder with the sources of one module"
    case .notWritable(let reason): reason
    case .severalFunctions(let pattern, let functions):
      "'\(pattern)' is \(functions.count) functions: "
        + functions.map { "'\($0)'" }.joined(separator: ", ") + "; write one of these"
    case .noSuchFunction(let pattern, let functions):
      "no function matches '\(pattern)'"
        + Self.suggestion(
          Suggestion.closest(
            to: pattern,
            in: functions.flatMap { name in
              let path = name.prefix { $0 != "(" }
              return [String(path), String(path.split(separator: ".").last ?? path)]
            }))
        + "; 'rayc ir stats' lists the functions of a module"
    case .noRevision(let name, let file, let reason):
      "git has no '\(file)' in revision '\(name)': \(reason)"
    case .noPassesAsHTML:
      "'--passes' has no HTML form; use '--format text' or '--format json'"
    case .malformedDynamo(let spec, let reason):
      "'-D \(spec)': \(reason)"
    case .dynamoFileMissing(let file, let spec):
      "no such file: '\(file)', the dynamo's file in '-D \(spec)'"
    case .typeNotADynamo(let name, let file):
      "type '\(name)' in '\(file)' does not conform to Dynamo; "
        + "declare it as 'struct \(name): Dynamo' and import RayIR"
    case .passPluginMissing(let path):
      "no such file: '\(path)', given as '--pass-plugin'"
    case .passPluginAlone(let path):
      "'--pass-plugin \(path)' brings passes and runs none; say which with '--pass NAME'"
    case .noPackage(let path):
      "no 'Package.swift' in '\(path)' or above it; name the package with '--package-path'"
    case .noSuchProduct(let name, let products, let closest):
      "no executable product '\(name)' in this package\(Self.suggestion(closest))"
        + (products.isEmpty ? "; it has none" : "; it has \(Self.quoted(products))")
    case .severalProducts(let products):
      "this package has several executables; choose one with '--product': \(Self.quoted(products))"
    case .noExecutable(let package):
      "package '\(package)' has no executable product to run; 'rayc test' runs its tests"
    case .productNotBuilt(let path):
      "the build ended without making '\(path)'; run it again with '-v' to see its commands"
    case .filesAndPackage(let option):
      "'\(option)' is for packages, and files were given; leave one of the two out"
    case .noProfile(let program):
      "'\(program)' ended without a profile, as it does where it calls '_exit', becomes another "
        + "program or is run with RAYC_DISABLE; let it return from main or call 'exit'"
    case .noSuchRoot(let root):
      "no function '\(root)' was called; '--root' takes a name as 'rayc profile' shows it"
    case .noGraphviz:
      "'svg' and 'html' need graphviz's 'dot', which is not on PATH; install it with "
        + "'apt-get install graphviz', or write '--format dot'"
    case .noDataGraph(let function, let reason):
      "there is no graph of '\(function)': \(reason)"
    case .unusableGraph(let path, let reason):
      "'\(path)': \(reason)"
    case .cannotRun(let tool, let reason):
      "cannot run '\(tool)': \(reason)"
    case .toolFailed(_, .exited):
      nil
    case .toolFailed(let tool, .signalled(let signal)):
      "'\(tool)' was ended by signal \(signal); 'rayc doctor' checks the tools"
    }
  }

  /// Shown to someone who watches: a program that will not be observed at all.
  public static let noExtent =
    "no source imports Ray and there is no '--trigger', so nothing is observed; "
    + "observe the whole run with '--trigger main', or leave '--scope dynamic' out"

  /// Said of a file that nobody has named.
  public static func wrote(_ file: FilePath) -> String { "wrote '\(file)'" }

  /// Shown where a program that was to be recorded has left nothing.
  public static func nothingRecorded(_ path: String) -> String {
    "nothing was recorded in '\(path)': no instrumented code ran; "
      + "'rayc list skipped' says what is not instrumented, and with '--scope dynamic' an extent has "
      + "to be opened"
  }

  /// Said of a call that a graph is wanted of, and that did not come.
  public static func missingCall(_ seen: Int) -> String {
    seen == 0
      ? "the run did not call it; '--fn' takes a name as 'rayc trace' shows it, and at "
        + "'-c release' a function may be inlined: mark it with '@inline(never)'"
      : "the run called it \(seen) time\(seen == 1 ? "" : "s"); '--call' takes a number up to that"
  }

  /// Shown with a graph in which values got lost.
  public static func lostValues(_ callees: [String]) -> String {
    "values went into functions that rayc does not see into, and what these made of them is "
      + "constant in the graph, for guarded arguments: \(callees.joined(separator: ", "))"
  }

  public static func nothingToReplay(_ path: String) -> String {
    "no event to show; 'rayc report \(path)' says what is in the recording"
  }

  public static func limitBroken(_ limit: String) -> String { "there is more: '\(limit)'" }

  /// Shown while another rayc holds the package.
  public static func waiting(for path: FilePath) -> String {
    "waiting for another rayc that is building in '\(path)'"
  }

  private static func suggestion(_ closest: String?) -> String {
    closest.map { "; did you mean '\($0)'?" } ?? ""
  }

  private static func quoted(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }
}

/// How a process ended.
public enum Termination: Equatable, Sendable {
  case exited(Int32)
  case signalled(Int32)

  public var succeeded: Bool { self == .exited(0) }

  /// What a shell reports.
  public var exitStatus: Int32 {
    switch self {
    case .exited(let status): status
    case .signalled(let signal): 128 + signal
    }
  }
}
