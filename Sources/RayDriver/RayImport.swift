import SystemPackage

/// Finds out whether a program imports Ray: then it may have contexts of its own, and they get
/// their events through the built-in context `Dispatch`.
public enum RayImport {
  /// A cheap look at the lines; an import inside a comment of several lines counts too, which
  /// costs a context that receives nothing.
  public static func isIn(_ source: String) -> Bool {
    // Most files end here.
    guard source.contains("Ray") else { return false }
    return source.split(whereSeparator: { $0.isNewline || $0 == ";" }).contains { isImport($0) }
  }

  /// Whether a Swift file below a folder does; hidden folders and SwiftPM's scratch folders, with
  /// the dependencies that it fetched, are not looked into.
  public static func isBelow(_ folder: FilePath) -> Bool {
    if Files.exists(folder.appending("workspace-state.json")) { return false }
    for name in Files.entries(of: folder) where !name.hasPrefix(".") {
      let path = folder.appending(name)
      guard !Files.isLink(path), let status = Files.status(path) else { continue }
      if status.isDirectory {
        if isBelow(path) { return true }
      } else if name.hasSuffix(".swift"), let text = try? Files.read(path), isIn(text) {
        return true
      }
    }
    return false
  }

  private static let access: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  private static let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]

  /// `import Ray`, `public import Ray`, `@preconcurrency import struct Ray.Site`.
  private static func isImport(_ line: Substring) -> Bool {
    var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
    while let word = words.first, word.hasPrefix("@") || access.contains(word) {
      words = words.dropFirst()
    }
    guard words.first == "import" else { return false }
    words = words.dropFirst()
    if let word = words.first, kinds.contains(word) { words = words.dropFirst() }
    let module = words.first?.prefix { $0 != "." && $0 != "/" }
    return module == "Ray"
  }
}

extension ProgramRequest {
  /// Whether one of its sources imports Ray.
  /// - Throws: `Diagnostic.cannotRead`.
  public func importsRay() throws(Diagnostic) -> Bool {
    for source in sources {
      if RayImport.isIn(try Files.read(FilePath(source))) { return true }
    }
    return false
  }
}
