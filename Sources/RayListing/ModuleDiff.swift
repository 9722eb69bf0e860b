/// What has become of a module: changed functions with their lines, the rest as numbers.
public struct ModuleDiff: Sendable {
  public var functions: [FunctionDiff] = []
  /// How many functions are the same on both sides.
  public var unchanged = 0
  public var addedGlobals: [String] = []
  public var removedGlobals: [String] = []

  public var isEmpty: Bool { functions.isEmpty && addedGlobals.isEmpty && removedGlobals.isEmpty }

  /// Compares two modules.
  ///
  /// - Parameters:
  ///   - wanted: which functions are compared, by symbol.
  ///   - comparesGlobals: whether the lines outside of functions are compared.
  ///   - shown: how a symbol is shown; nil keeps it.
  /// - Complexity: functions are matched by symbol first, and only those that differ are compared
  ///   line by line.
  public init(
    _ before: Listing, _ after: Listing, wanted: (String) -> Bool = { _ in true },
    comparesGlobals: Bool = true,
    shown: @escaping (String) -> String? = { _ in nil }
  ) {
    let matches = Matches(before.functions, after.functions)
    let renamed: (String) -> String? = { matches.names[$0] }
    for match in matches.pairs {
      let symbols = [match.before?.symbol, match.after?.symbol]
      guard symbols.contains(where: { $0.map(wanted) == true }) else { continue }
      guard let old = match.before, let new = match.after else {
        functions.append(Self.alone(match, shown))
        continue
      }
      let isRenamed = old.symbol != new.symbol
      if !isRenamed, old.isEqual(to: new, renamed) {
        unchanged += 1
        continue
      }
      let comparison = FunctionComparison(
        before: old, after: new, renamed: renamed, shown: shown)
      let rows = comparison.rows()
      guard isRenamed || rows != nil else {
        unchanged += 1
        continue
      }
      functions.append(
        FunctionDiff(
          status: isRenamed ? .renamed : .changed, before: old.symbol, after: new.symbol,
          rows: rows ?? []))
    }
    if comparesGlobals { compareGlobals(before.globals, after.globals, renamed) }
  }

  private static func alone(_ match: Matches.Pair, _ shown: (String) -> String?) -> FunctionDiff {
    let isAdded = match.before == nil
    let function = match.before ?? match.after!
    let naming = Naming(function)
    return FunctionDiff(
      status: isAdded ? .added : .removed, before: match.before?.symbol,
      after: match.after?.symbol,
      rows: function.comparedLines.map {
        FunctionDiff.Row(
          kind: isAdded ? .added : .removed, text: naming.text($0, symbols: shown),
          place: $0.place)
      })
  }

  /// Globals have no order that means anything.
  private mutating func compareGlobals(
    _ before: [String], _ after: [String], _ renamed: (String) -> String?
  ) {
    func plain(_ line: String) -> String {
      let bytes = Array(line.utf8)
      var rest = bytes[..<Bytes.startOfMetadata(bytes[...])]
      rest = rest[..<Bytes.startOfAttributes(rest)]
      return Bytes.text(rest)
    }
    let old = Set(before.map(plain))
    let new = after.map { Symbols.replacing(plain($0), with: renamed) }
    addedGlobals = new.filter { !old.contains($0) }
    let now = Set(new)
    removedGlobals = before.map(plain).filter { !now.contains($0) }
  }
}

extension ListedFunction {
  /// Whether the text is the same, but for debug information, metadata and attributes.
  func isEqual(to other: ListedFunction, _ renamed: (String) -> String?) -> Bool {
    let left = comparedLines
    let right = other.comparedLines
    guard left.count == right.count, values.count == other.values.count else { return false }
    return zip(left, right).allSatisfy { one, two in
      one.pieces == two.pieces || one.pieces == two.pieces.map { $0.renaming(renamed) }
    }
  }
}

extension ListedLine.Piece {
  func renaming(_ renamed: (String) -> String?) -> Self {
    guard case .text(let text) = self else { return self }
    return .text(Symbols.replacing(text, with: renamed))
  }
}
