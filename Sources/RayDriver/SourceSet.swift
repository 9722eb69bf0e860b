import SystemPackage

/// The files that a program is made from: single ones, and those below packages' folders.
public struct SourceSet: Equatable, Sendable {
  public var files: [FilePath]
  public var packages: [FilePath]

  public init(files: [FilePath], packages: [FilePath] = []) {
    self.files = files.map(Files.absolute)
    self.packages = packages.map(Files.absolute)
  }

  /// What the files are now.
  public struct Snapshot: Equatable, Sendable {
    /// A file's text as a number; 0 where there is no file.
    var contents: [FilePath: UInt64] = [:]
    /// The folders that have to be watched.
    public var folders: Set<FilePath> = []

    /// Whether a file has gone that was there before.
    func misses(_ older: Snapshot) -> Bool {
      older.contents.contains { $0.value != 0 && (contents[$0.key] ?? 0) == 0 }
    }

    /// What has to be said of the way from another snapshot to this one; nil: nothing.
    public func changes(since older: Snapshot) -> SourceChanges? {
      let paths = Set(contents.keys).union(older.contents.keys)
      let changed = paths.filter { (contents[$0] ?? 0) != (older.contents[$0] ?? 0) }.sorted {
        $0.string < $1.string
      }
      return changed.isEmpty ? nil : SourceChanges(paths: changed)
    }
  }

  /// Reads all of them. Cost: some microseconds a file.
  public func snapshot() -> Snapshot {
    var snapshot = Snapshot()
    for file in files { add(file, to: &snapshot) }
    for package in packages { add(below: package, to: &snapshot, isRoot: true, takesAll: false) }
    return snapshot
  }

  private func add(_ file: FilePath, to snapshot: inout Snapshot) {
    snapshot.contents[file] = Self.number(of: file)
    snapshot.folders.insert(file.removingLastComponent())
    // A link's file is changed where it lies.
    if let target = Files.resolve(file) { snapshot.folders.insert(target.removingLastComponent()) }
  }

  private func add(
    below folder: FilePath, to snapshot: inout Snapshot, isRoot: Bool, takesAll: Bool
  ) {
    snapshot.folders.insert(folder)
    for name in Files.entries(of: folder) where !Self.isTemporary(name) {
      let path = folder.appending(name)
      guard let status = Files.status(path) else { continue }
      if status.isDirectory {
        if Files.isLink(path) || isRoot && name == "Tests" || Self.isScratch(path) { continue }
        let isSources = isRoot && (name == "Sources" || name == "Plugins")
        add(below: path, to: &snapshot, isRoot: false, takesAll: takesAll || isSources)
      } else if takesAll || Self.isSource(name) || isRoot && Self.isManifest(name) {
        snapshot.contents[path] = Self.number(of: path)
      }
    }
  }

  private static func isScratch(_ folder: FilePath) -> Bool {
    Files.exists(folder.appending("workspace-state.json"))
  }

  private static func isManifest(_ name: String) -> Bool {
    name.hasPrefix("Package") && (name.hasSuffix(".swift") || name == "Package.resolved")
  }

  private static let endings: Set<Substring> = [
    "swift", "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "modulemap", "s", "S", "m", "mm",
  ]

  private static func isSource(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return endings.contains(name[name.index(after: dot)...])
  }

  /// What editors put beside the file that they save, and hidden files.
  private static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasPrefix("#") || name.hasSuffix("~") || name.hasSuffix(".tmp")
      || name == "4913"
  }

  private static func number(of file: FilePath) -> UInt64 {
    guard let bytes = try? Files.readBytes(file) else { return 0 }
    // FNV-1a, eight bytes at a time.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.count)
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset + 8 <= buffer.count {
        hash =
          (hash ^ buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          &* 0x0000_0100_0000_01b3
        hash ^= hash >> 32
        offset += 8
      }
      for byte in buffer[offset...] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
    return hash == 0 ? 1 : hash
  }
}

/// Files that have changed, to be named.
public struct SourceChanges: Equatable, Sendable {
  public var paths: [FilePath]

  /// `main.swift`, `a.swift, b.swift and 3 more`.
  public var names: String {
    let names = paths.prefix(3).map { $0.lastComponent?.string ?? $0.string }
    let left = paths.count - names.count
    return names.joined(separator: ", ") + (left > 0 ? " and \(left) more" : "")
  }

  public var isOne: Bool { paths.count == 1 }
}
