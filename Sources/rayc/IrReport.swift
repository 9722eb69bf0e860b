import RayDriver
import RayListing
import SystemPackage

/// Shows a comparison in the form that was asked for.
struct IrReport {
  var format: DiffFormat
  var destination: String?
  /// Patterns as the user wrote them.
  var functions: [String]
  var patterns: [FunctionPattern]
  var colors: Bool
  var width: Int
  var sideBySide: Bool
  var word: Bool
  var stat: Bool
  var all: Bool

  func isWanted(_ symbol: String) -> Bool {
    patterns.isEmpty || patterns.contains { $0.matches(symbol) }
  }

  /// - Returns: whether anything differs.
  /// - Throws: `Diagnostic.noSuchFunction`.
  func show(_ before: IrSide, _ after: IrSide) throws -> Bool {
    let names = IrNames()
    try checkFunctions(before.listing.functions + after.listing.functions, names)
    let diff = ModuleDiff(
      before.listing, after.listing, wanted: isWanted, comparesGlobals: patterns.isEmpty,
      shown: names.shown)
    switch format {
    case .text:
      let text = self.text(names)
      try write(
        diff.isEmpty ? "" : text.text(diff, before: before.title, after: after.title))
    case .json:
      try write(
        DiffDocument(diff, before: before.title, after: after.title, name: names.title).json)
    case .html:
      let document = DiffDocument(
        diff, before: before.title, after: after.title, name: names.title, sources: sources)
      let template = Toolkit.ofThisProcess().diffTemplate
      try write(document.html(template: try Files.read(template)))
    }
    return !diff.isEmpty
  }

  func checkFunctions(_ known: [ListedFunction], _ names: IrNames) throws(Diagnostic) {
    guard let pattern = functions.first, !known.contains(where: { isWanted($0.symbol) }) else {
      return
    }
    throw .noSuchFunction(pattern, functions: known.map { names.title($0.symbol) })
  }

  func text(_ names: IrNames) -> DiffText {
    var text = DiffText(sources: sources, name: names.title)
    text.colors = colors
    text.width = width
    text.sideBySide = sideBySide
    text.words = word
    text.onlyCounts = stat
    text.showsAll = all
    return text
  }

  var sources: SourceLines { SourceLines { try? Files.read(FilePath($0)) } }

  func write(_ text: String) throws(Diagnostic) {
    if let destination {
      try Files.write(text, to: FilePath(destination))
    } else {
      print(text, terminator: "")
    }
  }
}
