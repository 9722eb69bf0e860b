import SystemPackage

/// Finds out whether a program imports Ray: then it may have contexts of its own, and they get
/// their events through the built-in context `Dispatch`.
public enum RayImport {
  /// A cheap look at the lines; an import inside a comment of several lines counts too, which
  /// costs a context that receives nothing.
  public static func isIn(_ source: String, module: String = "Ray") -> Bool {
    // Most files end here.
    guard source.contains(module) else { return false }
    return source.split(whereSeparator: { $0.isNewline || $0 == ";" })
      .contains { isImport($0, of: module) }
  }

  /// The points that contexts in a source may have hooks for; nil if it does not import Ray.
  ///
  /// A look at the text, too: a hook that is inherited from a protocol's extension in a file
  /// without the import is not found.
  public static func points(in source: String) -> Set<Point>? {
    guard isIn(source) else { return nil }
    return Set(Point.allCases.filter { source.contains($0.declaration) })
  }

  /// Whether a file below a folder imports RayGraph: then the program may record graphs itself.
  public static func recordsGraphs(below folder: FilePath) -> Bool {
    if Files.exists(folder.appending("workspace-state.json")) { return false }
    return Files.entries(of: folder).contains { name in
      let path = folder.appending(name)
      guard !name.hasPrefix("."), !Files.isLink(path), let status = Files.status(path) else {
        return false
      }
      if status.isDirectory { return recordsGraphs(below: path) }
      guard name.hasSuffix(".swift"), let text = try? Files.read(path) else { return false }
      return isIn(text, module: "RayGraph")
    }
  }

  /// The points for all Swift files below a folder; hidden folders and SwiftPM's scratch folders,
  /// with the dependencies that it fetched, are not looked into.
  public static func points(below folder: FilePath) -> Set<Point>? {
    if Files.exists(folder.appending("workspace-state.json")) { return nil }
    var found: Set<Point>?
    for name in Files.entries(of: folder) where !name.hasPrefix(".") {
      let path = folder.appending(name)
      guard !Files.isLink(path), let status = Files.status(path) else { continue }
      if status.isDirectory {
        found.add(points(below: path))
      } else if name.hasSuffix(".swift"), let text = try? Files.read(path) {
        found.add(points(in: text))
      }
    }
    return found
  }

  private static let access: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  private static let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]

  /// `import Ray`, `public import Ray`, `@preconcurrency import struct Ray.Site`.
  private static func isImport(_ line: Substring, of wanted: String) -> Bool {
    var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
    while let word = words.first, word.hasPrefix("@") || access.contains(word) {
      words = words.dropFirst()
    }
    guard words.first == "import" else { return false }
    words = words.dropFirst()
    if let word = words.first, kinds.contains(word) { words = words.dropFirst() }
    let module = words.first?.prefix { $0 != "." && $0 != "/" }
    return module.map(String.init) == wanted
  }
}

extension ProgramRequest {
  /// The points that contexts of its own may have hooks for; nil if no source imports Ray.
  /// - Throws: `Diagnostic.cannotRead`.
  public func rayPoints() throws(Diagnostic) -> Set<Point>? {
    var found: Set<Point>?
    for source in sources { found.add(RayImport.points(in: try Files.read(FilePath(source)))) }
    return found
  }
}

extension ProgramRequest {
  /// Whether a source imports RayGraph.
  /// - Throws: `Diagnostic.cannotRead`.
  public func recordsGraphs() throws(Diagnostic) -> Bool {
    for source in sources
    where RayImport.isIn(try Files.read(FilePath(source)), module: "RayGraph") { return true }
    return false
  }
}

extension Set<Point>? {
  mutating func add(_ more: Self) {
    if let more { self = (self ?? []).union(more) }
  }
}
