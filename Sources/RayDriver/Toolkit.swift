import SystemPackage

/// What rayc is made of on disk: everything is found from where its own executable lies.
public struct Toolkit: Equatable, Sendable {
  public var home: FilePath

  public init(home: FilePath) { self.home = home }

  /// The toolkit of the running executable, `HOME/bin/rayc`.
  public static func ofThisProcess() -> Toolkit {
    let executable = Files.resolve("/proc/self/exe") ?? "/usr/local/bin/rayc"
    return Toolkit(home: executable.removingLastComponent().removingLastComponent())
  }

  public var libraries: FilePath { home.appending("lib").appending("rayc") }
  public var shared: FilePath { home.appending("share").appending("rayc") }

  public var executable: FilePath { home.appending("bin").appending("rayc") }
  public var frontend: FilePath {
    home.appending("libexec").appending("rayc").appending("rayc-frontend")
  }
  /// What reads Swift's syntax.
  public var source: FilePath {
    home.appending("libexec").appending("rayc").appending("rayc-source")
  }
  public var plugin: FilePath { libraries.appending("libRaycPasses.so") }
  public var runtime: FilePath { libraries.appending("libRay.a") }
  public var module: FilePath { libraries.appending("Ray.swiftmodule") }
  public var headers: FilePath { libraries.appending("include") }
  public var contexts: FilePath { shared.appending("contexts") }
  public var glue: FilePath { shared.appending("Glue.swift") }
  /// The page that shows a comparison of IR.
  public var diffTemplate: FilePath { shared.appending("diff.html") }
  /// The page that shows a data-flow graph.
  public var graphTemplate: FilePath { shared.appending("graph.html") }
  /// What dynamos are compiled against, and its library.
  public var irModule: FilePath { libraries.appending("RayIR.swiftmodule") }
  public var irLibrary: FilePath { libraries.appending("libRayIR.so") }
  /// The context that hands events on to the contexts of a program's own.
  public var dispatch: FilePath { shared.appending("Dispatch.swift") }

  /// The context that hands events on to one in a library, and the glue of such a library.
  public var live: FilePath { shared.appending("Live.swift") }
  public var liveGlue: FilePath { shared.appending("LiveLibrary.swift") }

  public var parts: [FilePath] {
    [frontend, source, plugin, runtime, module, headers, contexts, glue]
  }

  /// The contexts that come with rayc: `Count.swift` is `count`.
  public var builtInContexts: [String] {
    Files.entries(of: contexts).filter { $0.hasSuffix(".swift") }
      .map { String($0.dropLast(6)).lowercased() }
  }

  /// - Returns: the file of a context that comes with rayc, the files in the folder of the same
  ///   name, which it needs, and the name of its type.
  public func builtInContext(_ name: String) -> (file: FilePath, parts: [FilePath], type: String)? {
    for entry in Files.entries(of: contexts)
    where entry.hasSuffix(".swift") && entry.dropLast(6).lowercased() == name {
      let type = String(entry.dropLast(6))
      let folder = contexts.appending(type)
      let parts = Files.entries(of: folder).filter { $0.hasSuffix(".swift") }.sorted()
      return (contexts.appending(entry), parts.map { folder.appending($0) }, type)
    }
    return nil
  }

  /// Changes whenever rayc is built again.
  public func addIdentity(to fingerprint: inout Fingerprint) {
    for part in parts where part != contexts && part != headers {
      fingerprint.add(identityOf: part)
    }
  }

  /// - Throws: `Diagnostic.incompleteToolkit`.
  public func checkComplete() throws(Diagnostic) {
    for part in parts where !Files.exists(part) { throw .incompleteToolkit(missing: part) }
  }

  /// A plugin and a runtime that do not match would fail at link, far from the cause.
  /// - Throws: `Diagnostic.mismatchedToolkit`, `.damagedToolkit`.
  public func checkVersions() throws(Diagnostic) {
    let prefix = "rayc_abi_"
    guard let expected = Self.symbol(prefix, in: try Files.readBytes(plugin)) else {
      throw .damagedToolkit(plugin)
    }
    guard let provided = Self.symbol(prefix, in: try Files.readBytes(runtime)) else {
      throw .damagedToolkit(runtime)
    }
    if expected != provided {
      throw .mismatchedToolkit(plugin: expected, runtime: provided, home: home)
    }
  }

  /// The first name in a binary that is `prefix` and a number.
  static func symbol(_ prefix: String, in bytes: [UInt8]) -> String? {
    let pattern = Array(prefix.utf8)
    var start = 0
    while let found = bytes[start...].firstIndex(of: pattern[0]) {
      start = found + 1
      guard bytes[found...].starts(with: pattern) else { continue }
      let digits = bytes[(found + pattern.count)...].prefix { (0x30...0x39).contains($0) }
      if !digits.isEmpty { return prefix + String(decoding: digits, as: UTF8.self) }
    }
    return nil
  }
}
