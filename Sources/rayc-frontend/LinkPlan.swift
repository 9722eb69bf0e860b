/// The driver's arguments, with the context and the runtime added if it links an executable.
struct LinkPlan: Equatable {
  var arguments: [String]

  /// Modes of the driver that end before the linker or make something else than an executable.
  private static let otherModes: Set<String> = [
    "-c", "-emit-library", "-emit-object", "-emit-bc", "-emit-ir", "-emit-irgen", "-emit-assembly",
    "-S", "-emit-sil", "-emit-silgen", "-emit-sib", "-emit-sibgen", "-emit-lowered-sil",
    "-typecheck", "-parse", "-dump-ast", "-dump-parse", "-print-ast", "-dump-type-info",
    "-emit-pcm", "-emit-pch", "-emit-imported-modules", "-scan-dependencies", "-modulewrap",
    "-print-target-info", "-index-file", "-repl", "-lldb-repl", "-deprecated-integrated-repl",
    "-version", "--version", "-help", "--help", "-h", "-help-hidden", "-emit-module-interface",
    "-print-supported-features", "-verify-debug-info", "-resolve-imports", "-static",
    "-emit-supported-arguments", "-emit-supported-features",
  ]

  init(
    _ original: [String], settings: Settings, read: (String) -> String?,
    readBytes: (String) -> [UInt8]?
  ) {
    arguments = original
    let expanded = ResponseFile.expand(original, read: read)
    let isExecutable = Self.linksExecutable(expanded)
    if isExecutable || expanded.contains("-emit-library") {
      arguments += Self.resourceFolder(expanded, settings)
    }
    guard isExecutable else { return }
    let compiles = expanded.contains { $0.hasSuffix(".swift") }
    guard compiles || !HostTool.links(Self.linkerInputs(expanded), read: readBytes) else { return }
    for input in settings.linkInputs { arguments += ["-Xlinker", input] }
    if let exports = settings.exports { arguments += ["-Xlinker", "--dynamic-list=\(exports)"] }
    guard let flags = settings.linkFlagsFile.flatMap(read) else { return }
    for flag in ResponseFile.tokens(of: flags) { arguments += ["-Xclang-linker", flag] }
  }

  /// The real toolchain's: the driver would take the one beside our frontend, and the program
  /// would look for Swift's libraries in a folder of rayc's.
  private static func resourceFolder(_ arguments: [String], _ settings: Settings) -> [String] {
    guard !arguments.contains("-resource-dir"), !settings.frontend.isEmpty else { return [] }
    let libraries = Path.directory(Path.directory(settings.frontend)) + "/lib"
    let isStatic = arguments.contains("-static-stdlib")
    return ["-resource-dir", "\(libraries)/\(isStatic ? "swift_static" : "swift")"]
  }

  /// The objects and libraries an executable is made of, in files the command names.
  static func linkerInputs(_ arguments: [String]) -> [String] {
    var folders: [String] = []
    var inputs: [String] = []
    var previous = ""
    for argument in arguments {
      if previous == "-L" {
        folders.append(argument)
      } else if argument.hasPrefix("-L") {
        folders.append(String(argument.dropFirst(2)))
      } else if argument.hasPrefix("-l") {
        for folder in folders {
          inputs += [".so", ".a"].map { "\(folder)/lib\(argument.dropFirst(2))\($0)" }
        }
      } else if previous != "-o", [".o", ".a", ".so"].contains(where: { argument.hasSuffix($0) }) {
        inputs.append(argument)
      }
      previous = argument
    }
    return inputs
  }

  static func linksExecutable(_ arguments: [String]) -> Bool {
    var previous = ""
    var input = false
    for argument in arguments {
      defer { previous = argument }
      if previous == "-Xlinker" || previous == "-Xfrontend" || previous == "-Xcc"
        || previous == "-Xclang-linker" || previous == "-Xllvm"
      {
        continue
      }
      if argument == "-emit-executable" { return true }
      if otherModes.contains(argument) { return false }
      if !argument.hasPrefix("-"), previous != "-o" { input = true }
      // `-emit-module` alone makes a module; with `-o` of an executable there is -emit-executable.
      if argument == "-emit-module" { return arguments.contains("-emit-executable") }
    }
    return input
  }
}
