/// Where the program's sources find the module `Ray`, so that they may make contexts of their own.
///
/// Behind all other search paths: a package's own module of that name comes first.
enum ImportPaths {
  static func arguments(_ settings: Settings) -> [String] {
    settings.importPaths.flatMap { ["-I", $0] }
  }

  /// What is added to an invocation that makes no objects, such as one that makes a module.
  static func added(
    to arguments: [String], settings: Settings, read: (String) -> String?
  ) -> [String] {
    guard arguments.first == "-frontend", !settings.importPaths.isEmpty else { return [] }
    let expanded = ResponseFile.expand(arguments, read: read)
    guard let position = expanded.firstIndex(of: "-module-name"), position + 1 < expanded.count,
      !settings.plainModules.contains(expanded[position + 1]),
      !FrontendPlan.isRuntime(module: expanded[position + 1], arguments: expanded),
      !HostTool.isNative(expanded)
    else { return [] }
    return Self.arguments(settings)
  }
}
