import SystemPackage

/// The compilers rayc runs: a Swift toolchain and LLVM's opt and llc.
public struct Toolchain: Equatable, Sendable {
  public static let swiftVersion = "6.3"
  public static let llvmMajor = "22"

  /// The folder that has `usr/bin/swiftc`'s siblings: `<toolchain>/usr`.
  public var root: FilePath
  public var opt: FilePath
  public var llc: FilePath

  public init(root: FilePath, opt: FilePath, llc: FilePath) {
    self.root = root
    self.opt = opt
    self.llc = llc
  }

  public var tools: FilePath { root.appending("bin") }
  public var swiftc: FilePath { tools.appending("swiftc") }
  public var swift: FilePath { tools.appending("swift") }
  public var frontend: FilePath { tools.appending("swift-frontend") }
  public var autolinkExtract: FilePath { tools.appending("swift-autolink-extract") }

  /// What the pass reads function names with.
  public var demangler: FilePath { Self.demangler(in: root) }

  static func demangler(in root: FilePath) -> FilePath {
    root.appending("lib").appending("libswiftDemangle.so")
  }

  public func addIdentity(to fingerprint: inout Fingerprint) {
    for tool in [frontend, opt, llc] { fingerprint.add(identityOf: tool) }
  }

  /// Finds the tools on `PATH` and where Debian puts LLVM.
  ///
  /// A `swiftc` on PATH may be a stand-in that chooses a toolchain, so it is asked where its own
  /// files lie; that answer is remembered.
  /// - Throws: what is missing or of the wrong version, with its remedy.
  public static func find(
    environment: [String: String], cache: Cache
  ) async throws -> Toolchain {
    let path = environment["PATH"] ?? "/usr/bin:/bin"
    guard let swiftc = search("swiftc", path: path) else { throw Diagnostic.noSwift }
    let opt = try llvmTool("opt", path: path)
    let llc = try llvmTool("llc", path: path)

    var fingerprint = Fingerprint()
    fingerprint.add("toolchain 1")
    for tool in [swiftc, opt, llc] {
      fingerprint.add(identityOf: Files.resolve(tool) ?? tool)
      fingerprint.add(tool.string)
    }
    let remembered = cache.checks.appending(fingerprint.text)
    if let root = try? Files.read(remembered), Files.exists(FilePath(root).appending("bin")) {
      return Toolchain(root: FilePath(root), opt: opt, llc: llc)
    }

    let toolchain = Toolchain(root: try await root(of: swiftc), opt: opt, llc: llc)
    for tool in [opt, llc] {
      let version = try await llvmVersion(of: tool)
      guard version.split(separator: ".").first.map(String.init) == llvmMajor else {
        throw Diagnostic.wrongLLVM(found: version, path: tool)
      }
    }
    try Files.makeDirectory(cache.checks)
    try Files.write(toolchain.root.string, to: remembered)
    return toolchain
  }

  static func search(_ name: String, path: String) -> FilePath? {
    for folder in path.split(separator: ":") {
      let candidate = FilePath(String(folder)).appending(name)
      if Files.isExecutable(candidate) { return candidate }
    }
    return nil
  }

  /// `opt-22` on PATH, else where Debian's packages put the unversioned name.
  static func llvmTool(_ name: String, path: String) throws(Diagnostic) -> FilePath {
    let versioned = "\(name)-\(llvmMajor)"
    let fallback = FilePath("/usr/lib/llvm-\(llvmMajor)/bin/\(name)")
    if let found = search(versioned, path: path) { return found }
    if Files.isExecutable(fallback) { return fallback }
    throw .noLLVM(tool: versioned)
  }

  /// LLVM's clang.
  /// - Throws: `Diagnostic.noClang`.
  public func clang() throws(Diagnostic) -> FilePath {
    guard let found = sibling("clang") else { throw .noClang(path(ofSibling: "clang")) }
    return found
  }

  /// Another tool of LLVM.
  /// - Throws: `Diagnostic.noLLVM`.
  func llvmTool(_ name: String) throws(Diagnostic) -> FilePath {
    guard let found = sibling(name) else { throw .noLLVM(tool: "\(name)-\(Self.llvmMajor)") }
    return found
  }

  /// A tool that lies where opt does.
  private func sibling(_ name: String) -> FilePath? {
    let usual = FilePath("/usr/lib/llvm-\(Self.llvmMajor)/bin/\(name)")
    return [path(ofSibling: name), usual].first(where: Files.isExecutable)
  }

  private func path(ofSibling name: String) -> FilePath {
    let tool = (opt.lastComponent?.string ?? "opt").replacingWord("opt", with: name)
    return opt.removingLastComponent().appending(tool)
  }

  static func root(of swiftc: FilePath) async throws -> FilePath {
    let info = try await Tool.output(swiftc, ["-print-target-info"])
    let version = value(of: "compilerVersion", in: info).flatMap(swiftVersion(in:)) ?? "unknown"
    guard version == swiftVersion || version.hasPrefix(swiftVersion + ".") else {
      throw Diagnostic.wrongSwift(found: version, path: swiftc)
    }
    guard let resources = value(of: "runtimeResourcePath", in: info) else {
      throw Diagnostic.wrongSwift(found: version, path: swiftc)
    }
    // <root>/lib/swift
    return FilePath(resources).removingLastComponent().removingLastComponent()
  }

  /// `"key": "value"` in the compiler's flat JSON.
  static func value(of key: String, in json: String) -> String? {
    guard let name = json.firstRange(of: "\"\(key)\"") else { return nil }
    let parts = json[name.upperBound...].split(separator: "\"", maxSplits: 2)
    return parts.count > 1 ? String(parts[1]) : nil
  }

  static func swiftVersion(in text: String) -> String? {
    guard let found = text.firstRange(of: "Swift version ") else { return nil }
    return String(text[found.upperBound...].prefix { $0.isNumber || $0 == "." })
  }

  static func llvmVersion(of tool: FilePath) async throws -> String {
    let text = try await Tool.output(tool, ["--version"])
    guard let found = text.firstRange(of: "LLVM version ") else { return "unknown" }
    return String(text[found.upperBound...].prefix { $0.isNumber || $0 == "." })
  }
}
