import FoundationEssentials
import SystemPackage

/// What rayc has to know of a package: its name, what can be run, what it is made of.
public struct PackageManifest: Equatable, Sendable {
  public var name: String
  /// Executable products, those SwiftPM makes by itself included.
  public var executables: [String]
  /// The modules of its own targets, tests included.
  public var modules: [String]
  /// The folders of packages it depends on by path.
  public var localDependencies: [FilePath]

  /// The folder of the package that `start` lies in.
  public static func root(above start: FilePath) -> FilePath? {
    var folder = Files.absolute(start)
    while true {
      if Files.exists(folder.appending("Package.swift")) { return folder }
      guard folder.removeLastComponent() else { return nil }
    }
  }

  /// Asks SwiftPM.
  /// - Throws: `ToolFailure` after showing what SwiftPM says of the manifest.
  public static func read(
    _ package: FilePath, toolchain: Toolchain, scratch: FilePath
  ) async throws -> PackageManifest {
    let command = Command(
      toolchain.swift,
      [
        "package", "--package-path", package.string, "--scratch-path", scratch.string,
        "dump-package",
      ], output: .captured)
    let result = try await Tool.run(command)
    guard result.termination.succeeded else {
      StandardError.write(result.output)
      throw ToolFailure(command: command, termination: result.termination, output: result.output)
    }
    return try PackageManifest(json: result.output)
  }

  init(json text: String) throws {
    // Warnings of the manifest's compiler come before the JSON.
    let json = text.firstIndex(of: "{").map { text[$0...] } ?? ""
    let dump = try JSONDecoder().decode(Dump.self, from: Data(json.utf8))
    name = dump.name
    let declared = dump.products.filter { $0.type["executable"] != nil }
    let covered = Set(declared.flatMap(\.targets))
    executables =
      declared.map(\.name)
      + dump.targets.filter { $0.type == "executable" && !covered.contains($0.name) }.map(\.name)
    modules = dump.targets.filter { $0.type != "plugin" }.map { Self.moduleName(of: $0.name) }
    localDependencies = (dump.dependencies ?? []).flatMap { $0.fileSystem ?? [] }
      .map { FilePath($0.path) }
  }

  /// A target `my-lib` is the module `my_lib`.
  private static func moduleName(of target: String) -> String {
    String(target.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// The product to run: the one asked for, or the only one.
  /// - Throws: `Diagnostic` with the products there are.
  public func executable(named name: String?) throws(Diagnostic) -> String {
    if let name {
      guard executables.contains(name) else {
        throw .noSuchProduct(
          name, products: executables, closest: Suggestion.closest(to: name, in: executables))
      }
      return name
    }
    guard let only = executables.first else { throw .noExecutable(package: self.name) }
    guard executables.count == 1 else { throw .severalProducts(executables) }
    return only
  }

  private struct Dump: Decodable {
    struct Product: Decodable {
      var name: String
      var targets: [String]
      var type: [String: Ignored?]
    }
    struct Target: Decodable {
      var name: String
      var type: String
    }
    struct Dependency: Decodable {
      struct Folder: Decodable { var path: String }
      var fileSystem: [Folder]?
    }
    struct Ignored: Decodable {
      init(from decoder: any Decoder) {}
    }
    var name: String
    var products: [Product]
    var targets: [Target]
    var dependencies: [Dependency]?
  }
}
