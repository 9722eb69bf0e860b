import SystemPackage

/// Finds out about a package, and asks SwiftPM at most once.
///
/// Cost: SwiftPM takes about 0.2 s, more when the manifest has changed.
public final class PackageReader {
  public let root: FilePath
  private let toolchain: Toolchain
  private let scratch: FilePath
  private var known: PackageManifest?

  /// - Parameter scratch: where SwiftPM may keep what it makes of the manifest.
  public init(_ root: FilePath, toolchain: Toolchain, scratch: FilePath) {
    self.root = root
    self.toolchain = toolchain
    self.scratch = scratch
  }

  /// - Throws: `ToolFailure` after showing what SwiftPM says of the manifest.
  public func manifest() async throws -> PackageManifest {
    if let known { return known }
    let manifest = try await PackageManifest.read(root, toolchain: toolchain, scratch: scratch)
    known = manifest
    return manifest
  }

  /// Whether a source of the package, or of one that it depends on by path, imports Ray.
  public func importsRay() async throws -> Bool {
    if RayImport.isBelow(root) { return true }
    guard dependsOnFolders else { return false }
    var seen: Set<FilePath> = [root]
    var waiting = try await manifest().localDependencies
    while let folder = waiting.popLast() {
      guard seen.insert(folder).inserted, Files.exists(folder) else { continue }
      if RayImport.isBelow(folder) { return true }
      let reader = PackageReader(folder, toolchain: toolchain, scratch: scratch)
      if reader.dependsOnFolders { waiting += try await reader.manifest().localDependencies }
    }
    return false
  }

  /// Whether it is worth asking SwiftPM for such packages.
  private var dependsOnFolders: Bool {
    guard let text = try? Files.read(root.appending("Package.swift")) else { return false }
    return text.contains(".package") && text.contains("path")
  }
}
