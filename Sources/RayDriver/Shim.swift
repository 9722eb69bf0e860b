import SystemPackage

/// A folder that looks like the Swift toolchain, with our `swiftc` and `swift-frontend` in it, and
/// our `clang` where C targets are instrumented.
///
/// Everything else is linked to the real toolchain; the settings lie beside it in a file, because
/// swiftbuild runs compile jobs without our environment.
public struct Shim: Equatable, Sendable {
  public var root: FilePath
  public var toolchain: FilePath
  public var frontend: FilePath
  public var settings: ShimSettings

  public var swiftc: FilePath {
    root.appending("usr").appending("bin").appending("swiftc")
  }
  /// What makes SwiftPM use it. Its native build system takes a C compiler from nowhere else.
  public var environment: [String: String] {
    let tools = root.appending("usr").appending("bin")
    let variables = [
      "SWIFT_EXEC": swiftc.string,
      "SWIFT_EXEC_MANIFEST": toolchain.appending("bin").appending("swiftc").string,
    ]
    guard settings.clang != nil else { return variables }
    return variables.merging(["CC": tools.appending("clang").string]) { $1 }
  }
  public var settingsFile: FilePath { root.appending("settings") }
  var exportsFile: FilePath { root.appending("exports") }

  private var ownTools: [String] {
    ["swiftc", "swift-frontend"] + (settings.clang == nil ? [] : ["clang", "clang++"])
  }

  /// Makes the folder, or brings it up to date; does next to nothing if it is.
  public func make() throws(Diagnostic) {
    let text = settings.text + "exports=\(exportsFile)\n"
    let stamp = root.appending("made")
    var fingerprint = Fingerprint()
    fingerprint.add("shim 3")
    fingerprint.add(ownTools)
    fingerprint.add(identityOf: frontend)
    fingerprint.add(identityOf: toolchain.appending("bin"))
    if (try? Files.read(stamp)) != fingerprint.text { try makeFolders(stamp, fingerprint.text) }
    if (try? Files.read(settingsFile)) != text { try Files.write(text, to: settingsFile) }
  }

  private func makeFolders(_ stamp: FilePath, _ content: String) throws(Diagnostic) {
    let usr = root.appending("usr")
    let tools = usr.appending("bin")
    try Files.makeDirectory(tools)
    for entry in Files.entries(of: toolchain) where entry != "bin" {
      try Files.link(usr.appending(entry), to: toolchain.appending(entry))
    }
    let realTools = toolchain.appending("bin")
    for entry in Files.entries(of: realTools) where !ownTools.contains(entry) {
      try Files.link(tools.appending(entry), to: realTools.appending(entry))
    }
    // Copies, not links: the tool finds its settings from where it lies.
    for tool in ownTools { try Files.copy(frontend, to: tools.appending(tool)) }
    // A list, because not every linker takes a pattern for a single symbol.
    try Files.write("{ rayc_*; rayc.context.*; };\n", to: exportsFile)
    try Files.write(content, to: stamp)
  }
}

/// What the shim's tools are told; rayc-frontend reads the same lines.
public struct ShimSettings: Equatable, Sendable {
  public var toolchain: Toolchain
  public var plugin: FilePath?
  /// What compiles C targets so that they are instrumented; nil: the toolchain's clang, as ever.
  public var clang: FilePath?
  public var context: FilePath?
  public var linkInputs: [FilePath] = []
  /// A file with further linker flags, one a line.
  public var linkFlagsFile: FilePath?
  /// Where the program's sources find `Ray`.
  public var importPaths: [FilePath] = []
  public var selection = Selection()
  public var report: FilePath?
  /// Whether each object has a report beside it.
  public var reportsBesideObjects = false
  /// Where the IR of each stage goes: `<stem>.<stage>.ll`, as text.
  public var ir: FilePath?
  /// Whether the context replaces functions by name: then what it has replaced is checked.
  public var hasReplacements = false
  /// Whether values have tags, which code of the library's for one type would lose.
  public var carriesTags = false
  /// What reads the expressions of the sources, if the context asks for them.
  public var source: FilePath?
  /// Whether libraries that the program loads may use the runtime.
  public var exportsRuntime = false
  /// Where the library RayGraph lies, if the program or its context uses it.
  public var graphLibraries: FilePath?
  public var wantedModules: [String] = []
  public var jobs: Int?

  public init(toolchain: Toolchain) { self.toolchain = toolchain }

  public var text: String {
    var lines = [
      "swiftc=\(toolchain.swiftc)", "frontend=\(toolchain.frontend)",
      "opt=\(toolchain.opt)", "llc=\(toolchain.llc)",
    ]
    lines += selection.settings
    if hasReplacements { lines.append("replacements=check") }
    if carriesTags { lines.append("tags=carried") }
    if let source { lines.append("source=\(source)") }
    if selection.needsDemangler || hasReplacements {
      lines.append("demangler=\(toolchain.demangler)")
    }
    if let plugin { lines.append("plugin=\(plugin)") }
    if let clang { lines.append("clang=\(clang)") }
    if let context { lines.append("context=\(context)") }
    lines += linkInputs.map { "link-input=\($0)" }
    if let linkFlagsFile { lines.append("link-flags-file=\(linkFlagsFile)") }
    lines += importPaths.map { "import-path=\($0)" }
    if let graphLibraries {
      lines += ["link-input=-L\(graphLibraries)", "link-input=-rpath=\(graphLibraries)"]
    }
    if exportsRuntime { lines.append("link-input=--export-dynamic") }
    if let report { lines.append("report=\(report)") }
    if reportsBesideObjects { lines.append("report=beside") }
    if let ir { lines.append("ir=\(ir)") }
    if let jobs { lines.append("jobs=\(jobs)") }
    lines += Self.plainModules.map { "plain-module=\($0)" }
    lines += wantedModules.map { "wanted-module=\($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The runtime's own modules, where a package builds them from source.
  static let plainModules = ["CRay", "RayContexts"]
}

/// Where in the compiler the callbacks come in.
public enum Placement: String, Sendable, CaseIterable {
  /// Before LLVM optimises: every call and load of the source.
  case source
  /// After: what really executes.
  case optimized
}
