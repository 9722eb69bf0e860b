import SystemPackage

/// The checks of `rayc doctor`.
public enum Doctor {
  public struct Check: Equatable, Sendable {
    public var name: String
    public var found: String
    /// What is wrong and what mends it.
    public var problem: String?
  }

  public static func check(toolkit: Toolkit, environment: [String: String]) async -> [Check] {
    let path = environment["PATH"] ?? ""
    let cache = Cache.standard(environment: environment)
    return [
      await swift(path),
      await demangler(path),
      await llvm("opt", path),
      await llvm("llc", path),
      check("toolkit", found: toolkit.home.string) { () throws(Diagnostic) in
        try toolkit.checkComplete()
      },
      check("plugin and runtime", found: "same version") { () throws(Diagnostic) in
        try toolkit.checkComplete()
        try toolkit.checkVersions()
      },
      check("cache", found: cache.root.string) { () throws(Diagnostic) in
        Files.remove(try cache.makeStaging())
      },
    ]
  }

  private static func check(
    _ name: String, found: String, _ body: () throws(Diagnostic) -> Void
  ) -> Check {
    do {
      try body()
      return Check(name: name, found: found, problem: nil)
    } catch {
      return Check(name: name, found: "", problem: error.message)
    }
  }

  private static func swift(_ path: String) async -> Check {
    let name = "swift \(Toolchain.swiftVersion)"
    guard let swiftc = Toolchain.search("swiftc", path: path) else {
      return Check(name: name, found: "not found", problem: Diagnostic.noSwift.message)
    }
    let text = (try? await Tool.output(swiftc, ["-print-target-info"])) ?? ""
    let version =
      Toolchain.value(of: "compilerVersion", in: text).flatMap(Toolchain.swiftVersion(in:))
      ?? "unknown"
    let right = version.hasPrefix(Toolchain.swiftVersion)
    return Check(
      name: name, found: "\(version) (\(swiftc))",
      problem: right ? nil : Diagnostic.wrongSwift(found: version, path: swiftc).message)
  }

  /// Rules and triggers read the names of functions with it.
  private static func demangler(_ path: String) async -> Check {
    let name = "swift demangler"
    guard let swiftc = Toolchain.search("swiftc", path: path),
      let root = try? await Toolchain.root(of: swiftc)
    else {
      return Check(name: name, found: "not found", problem: Diagnostic.noSwift.message)
    }
    let library = Toolchain.demangler(in: root)
    return Check(
      name: name, found: library.string,
      problem: Files.exists(library) ? nil : Diagnostic.noDemangler(library).message)
  }

  private static func llvm(_ tool: String, _ path: String) async -> Check {
    let name = "\(tool) of LLVM \(Toolchain.llvmMajor)"
    do {
      let found = try Toolchain.llvmTool(tool, path: path)
      let version = (try? await Toolchain.llvmVersion(of: found)) ?? "unknown"
      let right = version.hasPrefix(Toolchain.llvmMajor + ".")
      return Check(
        name: name, found: "\(version) (\(found))",
        problem: right ? nil : Diagnostic.wrongLLVM(found: version, path: found).message)
    } catch {
      return Check(
        name: name, found: "not found", problem: error.message)
    }
  }
}
