import SystemPackage

/// Finds out about a package, and asks SwiftPM at most once.
///
/// Cost: SwiftPM takes about 0.2 s, more when the manifest has changed.
public final class PackageReader {
  public let root: FilePath
  public let toolchain: Toolchain
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

  /// The points that contexts of the package, or of one that it depends on by path, may have hooks
  /// for; nil if no source imports Ray.
  public func rayPoints() async throws -> Set<Point>? {
    var found = RayImport.points(below: root)
    for folder in try await localPackages() { found.add(RayImport.points(below: folder)) }
    return found
  }

  /// The folders of the packages that the package depends on by path, and that those do.
  public func localPackages() async throws -> [FilePath] {
    guard dependsOnFolders else { return [] }
    var found: [FilePath] = []
    var waiting = try await manifest().localDependencies
    while let folder = waiting.popLast() {
      guard folder != root, !found.contains(folder), Files.exists(folder) else { continue }
      found.append(folder)
      let reader = PackageReader(folder, toolchain: toolchain, scratch: scratch)
      if reader.dependsOnFolders { waiting += try await reader.manifest().localDependencies }
    }
    return found
  }

  /// Whether it is worth asking SwiftPM for such packages.
  private var dependsOnFolders: Bool {
    guard let text = try? Files.read(root.appending("Package.swift")) else { return false }
    return text.contains(".package") && text.contains("path")
  }
}
