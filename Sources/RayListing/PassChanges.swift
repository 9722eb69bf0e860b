/// What one LLVM pass changed.
public struct PassChange: Sendable {
  /// As LLVM calls it: `SROAPass`.
  public var pass: String
  /// A function's symbol, `[module]`, or a call graph's part: `(a, b)`.
  public var unit: String
  /// Empty if only debug information, metadata or attributes changed.
  public var diff: ModuleDiff
}

/// Reads what `opt -print-changed=quiet` prints.
public struct PassChanges {
  public private(set) var changes: [PassChange] = []
  /// The functions as they are now, by symbol.
  private var functions: [String: ListedFunction] = [:]

  public init(
    _ text: String, wanted: (String) -> Bool = { _ in true },
    shown: @escaping (String) -> String? = { _ in nil }
  ) {
    for part in Self.parts(text) {
      var reader = ListingReader(String(part.body))
      let listing = reader.read()
      defer { remember(listing, isModule: part.isWhole) }
      guard let pass = part.pass else { continue }
      var before = Listing()
      before.functions =
        part.isWhole
        ? functions.values.sorted { $0.symbol < $1.symbol }
        : listing.functions.compactMap { functions[$0.symbol] }
      if part.isDeleted, let gone = functions[part.unit] { before.functions = [gone] }
      changes.append(
        PassChange(
          pass: pass, unit: part.unit,
          diff: ModuleDiff(
            before, listing, wanted: wanted, comparesGlobals: false, shown: shown)))
      if part.isDeleted { functions[part.unit] = nil }
    }
  }

  private mutating func remember(_ listing: Listing, isModule: Bool) {
    if isModule { functions = [:] }
    for function in listing.functions { functions[function.symbol] = function }
  }

  struct Part: Equatable {
    /// Nil for the module at the start.
    var pass: String?
    var unit: String
    var isDeleted: Bool
    var body: Substring
    var isWhole: Bool { pass == nil || unit == "[module]" }
  }

  /// `*** IR Dump After SROAPass on main ***` and what follows, up to the next.
  static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var text = text[...]
    // The lines are many: as UTF-8.
    let utf8 = text.utf8
    var start = utf8.startIndex
    var bodyStart = start
    func close(at end: String.Index) {
      if !parts.isEmpty { parts[parts.count - 1].body = text[bodyStart..<end] }
    }
    while start < utf8.endIndex {
      let end = utf8[start...].firstIndex(of: UInt8(ascii: "\n")) ?? utf8.endIndex
      if utf8[start] == UInt8(ascii: "*") || utf8[start] == UInt8(ascii: ";"),
        let part = header(text[start..<end])
      {
        close(at: start)
        parts.append(part)
        bodyStart = end
      }
      start = end < utf8.endIndex ? utf8.index(after: end) : end
    }
    close(at: utf8.endIndex)
    text = ""
    return parts
  }

  private static func header(_ line: Substring) -> Part? {
    var line = line.drop { $0 == ";" || $0 == " " }
    guard line.hasPrefix("*** IR "), line.hasSuffix(" ***") else { return nil }
    line = line.dropFirst(7).dropLast(4)
    if line.hasPrefix("Dump At Start") {
      return Part(pass: nil, unit: "[module]", isDeleted: false, body: "")
    }
    for (words, isDeleted) in [("Dump After ", false), ("Deleted After ", true)]
    where line.hasPrefix(words) {
      let rest = line.dropFirst(words.count)
      guard let on = rest.firstRange(of: " on ") else { return nil }
      return Part(
        pass: String(rest[..<on.lowerBound]), unit: String(rest[on.upperBound...]),
        isDeleted: isDeleted, body: "")
    }
    return nil
  }
}
