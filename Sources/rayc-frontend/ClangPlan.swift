/// What one `clang -c x.c -o x.o` becomes: the same by LLVM 22's clang, with the plugin loaded.
///
///     clang -O2 -c x.c -o CLib.build/x.c.o
///
/// becomes
///
///     clang-22 -O2 -c x.c -o CLib.build/x.c.o -g -fpass-plugin=… -Xclang -load -Xclang …
///       -mllvm -rayc-module=CLib -mllvm -rayc-context=… -mllvm -rayc-strip-debug
struct ClangPlan: Equatable {
  var arguments: [String]

  private static let languages: Set<String> = ["c", "c++"]
  private static let endings = [".c", ".cc", ".cpp", ".cxx", ".c++", ".C", ".cp", ".CPP"]
  /// What makes something else than an object, whatever else the command line says.
  private static let otherModes: Set<String> = [
    "-E", "-S", "-M", "-MM", "-fsyntax-only", "-emit-llvm", "-emit-ast", "--precompile", "-###",
  ]
  /// Options whose value must not be taken for a source.
  private static let valued: Set<String> = [
    "-o", "-x", "-I", "-D", "-U", "-include", "-isystem", "-iquote", "-idirafter", "-imacros",
    "-target", "-MF", "-MT", "-MQ", "--serialize-diagnostics", "-index-store-path",
    "-index-unit-output-path", "-Xclang", "-mllvm", "--sysroot", "-isysroot", "-arch",
  ]

  /// - Returns: nil if the invocation makes no object from C or C++, or one of a build tool.
  init?(
    _ original: [String], settings: Settings, read: (String) -> String?,
    readBytes: (String) -> [UInt8]?
  ) {
    let expanded = ResponseFile.expand(original, read: read)
    var scan = Scan(expanded)
    scan.run()
    guard let plugin = settings.plugin, let object = scan.object, scan.compiles,
      Self.languages.contains(scan.language ?? "c")
    else { return nil }
    let module = Self.module(ofObject: object)
    guard
      !HostTool.compiles(
        [], module: module, object: object, settings: settings, read: readBytes)
    else { return nil }
    arguments = Self.withoutIndex(expanded) ?? original
    // Functions' and sites' places and names are in the debug information.
    if !scan.hasDebugInfo { arguments.append("-g") }
    arguments += ["-fpass-plugin=\(plugin)", "-Xclang", "-load", "-Xclang", plugin]
    let options = PluginOptions.arguments(
      settings, module: module, report: PluginOptions.report(ofObject: object),
      stripsDebug: !scan.hasDebugInfo)
    arguments += options.flatMap { ["-mllvm", $0] }
  }

  /// What makes an index is known to the Swift project's clang alone.
  /// - Returns: nil if there is none to leave out.
  private static func withoutIndex(_ arguments: [String]) -> [String]? {
    var rest: [String] = []
    var index = 0
    while index < arguments.count {
      let isIndex = arguments[index].hasPrefix("-index-")
      if !isIndex { rest.append(arguments[index]) }
      index += isIndex && valued.contains(arguments[index]) ? 2 : 1
    }
    return rest.count < arguments.count ? rest : nil
  }

  /// SwiftPM's build systems have a folder `CLib.build` for the target `CLib`; elsewhere the
  /// object's name has to do.
  static func module(ofObject object: String) -> String {
    let folder = object.split(separator: "/").dropLast().last { $0.hasSuffix(".build") }
    let name = folder?.dropLast(6) ?? Path.lastComponent(object).prefix { $0 != "." }
    return String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// One pass over the arguments.
  private struct Scan {
    let arguments: [String]
    var object: String?
    var language: String?
    var hasDebugInfo = false
    private var makesObject = false
    private var makesOther = false
    private var sources = 0

    init(_ arguments: [String]) { self.arguments = arguments }

    var compiles: Bool { makesObject && !makesOther && sources == 1 }

    mutating func run() {
      var index = 0
      while index < arguments.count {
        let argument = arguments[index]
        let value = index + 1 < arguments.count ? arguments[index + 1] : nil
        note(argument, value: value)
        index += ClangPlan.valued.contains(argument) ? 2 : 1
      }
    }

    private mutating func note(_ argument: String, value: String?) {
      switch argument {
      case "-c": makesObject = true
      case "-o": object = value
      case "-x": language = value
      case "-g0": hasDebugInfo = false
      case _ where ClangPlan.otherModes.contains(argument) || argument.hasPrefix("-flto"):
        makesOther = true
      case _ where argument.hasPrefix("-g") && !argument.hasPrefix("-gcc"): hasDebugInfo = true
      case _ where argument.hasPrefix("-"): break
      case _ where language != nil || ClangPlan.endings.contains { argument.hasSuffix($0) }:
        sources += 1
      default: break
      }
    }
  }
}
