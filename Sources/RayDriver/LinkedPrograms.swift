import SystemPackage

/// The programs in a package's build folder, which hold the arguments they were linked with.
///
/// SwiftPM does not know of them. A linker flag would tell it, but reach the build's own tools
/// too, whose outputs would then be made again; so programs with other arguments are removed, and
/// SwiftPM links what is missing.
public struct LinkedPrograms: Equatable, Sendable {
  public var build: FilePath
  /// The file that says which arguments the programs have.
  public var record: FilePath
  public var key: String

  /// - Throws: `Diagnostic.cannotWrite`.
  public func forgetOthers() throws(Diagnostic) {
    if (try? Files.read(record)) == key { return }
    if Files.exists(record) { removePrograms(below: build, depth: 0) }
    try Files.write(key, to: record)
  }

  /// Products lie at most this deep: `out/Products/Debug-linux/<program>`.
  private static let deepest = 4
  private static let mark = Array("rayc_context_arguments".utf8)

  private func removePrograms(below folder: FilePath, depth: Int) {
    for name in Files.entries(of: folder) {
      let path = folder.appending(name)
      guard let status = Files.status(path) else { continue }
      if status.isDirectory {
        let skipped = name.hasSuffix(".build") || name == "checkouts" || name == "repositories"
        if !skipped, depth < Self.deepest { removePrograms(below: path, depth: depth + 1) }
      } else if Files.isExecutable(path), let bytes = try? Files.readBytes(path),
        Files.contains(Self.mark, in: bytes)
      {
        Files.remove(path)
      }
    }
  }
}
