/// What one configuration of rayc tells the shim: the file beside it, as `key=value` lines.
///
/// A file rather than the environment, because swiftbuild runs compile jobs without ours.
/// A key may come several times; a line without `=` is ignored.
struct Settings: Equatable {
  /// The real tools, by absolute path.
  var swiftc = ""
  var frontend = ""
  var opt = ""
  var llc = ""
  /// LLVM 22's clang, where C targets are instrumented.
  var clang: String?
  /// The pass plugin; nil compiles through the same path without instrumenting.
  var plugin: String?
  /// The context's bitcode; nil as above.
  var context: String?
  /// Objects and archives that every instrumented executable is linked with, in order.
  var linkInputs: [String] = []
  /// A file of further linker flags, one a line: the libraries a context imports.
  var linkFlagsFile: String?
  /// A file that names what executables export: libraries loaded later use their runtime.
  var exports: String?
  /// Plugins with passes of the user's own.
  var passPlugins: [String] = []
  /// Where the site lies: `source` or `optimized`.
  var placement: String?
  /// Options of the plugin that say what is instrumented, in order.
  var selection: [String] = []
  /// Folders in which the program's sources find the module `Ray`.
  var importPaths: [String] = []
  /// Where the JSON lines of `rayc list` go: a file, or `beside` each object.
  var report: String?
  /// Where the IR of each stage goes: `<stem>.<stage>.ll`.
  var ir: String?
  /// What reads Swift's syntax, where the context asks for expressions.
  var source: String?
  /// Whether the context replaces functions by name.
  var checksReplacements = false
  /// Whether the context tags values.
  var carriesTags = false
  /// Modules compiled as they are.
  var plainModules: Set<String> = []
  /// Modules instrumented even if a build tool uses them too.
  var wantedModules: Set<String> = []
  /// How many processes one compile job may run at once; 0 means one per core.
  var jobs = 0

  init() {}

  init(parsing text: String) {
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      set(String(line[..<equals]), to: String(line[line.index(after: equals)...]))
    }
  }

  private mutating func set(_ key: String, to value: String) {
    switch key {
    case "swiftc": swiftc = value
    case "frontend": frontend = value
    case "opt": opt = value
    case "llc": llc = value
    case "clang": clang = value
    case "plugin": plugin = value
    case "context": context = value
    case "link-input": linkInputs.append(value)
    case "link-flags-file": linkFlagsFile = value
    case "exports": exports = value
    case "at": placement = value
    // Rules are read in order, and the last one that matches wins.
    // So do transforms.
    case "before", "after":
      selection.append("-rayc-\(key)=\(value)")
    case "pass-plugin": passPlugins.append(value)
    case "scope", "trigger", "tag-functions", "rule", "min-instructions", "depth", "demangler",
      "points":
      selection.append("-rayc-\(key)=\(value)")
    case "import-path": importPaths.append(value)
    case "report": report = value
    case "ir": ir = value
    case "source": source = value
    case "replacements": checksReplacements = value == "check"
    case "tags": carriesTags = value == "carried"
    case "plain-module": plainModules.insert(value)
    case "wanted-module": wantedModules.insert(value)
    case "jobs": jobs = Int(value) ?? 0
    default: break
    }
  }

  /// The settings file of the shim whose tool lies at `<shim>/usr/bin/<tool>`.
  static func path(besideExecutable executable: String) -> String {
    Path.directory(Path.directory(Path.directory(executable))) + "/settings"
  }
}
