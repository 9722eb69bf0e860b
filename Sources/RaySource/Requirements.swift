// What the standard library's protocols require. A `witness_method` names a requirement without
// the labels of its arguments.
extension CalleeName {
  /// - Parameters:
  ///   - path: `#Collection.index`, `#Comparable."<"`, `#Collection.subscript!getter`.
  ///   - arguments: how many there are, `self` aside.
  init(requirement path: String, arguments: Int) {
    var text = path.drop { $0 == "#" }
    var accessor = ""
    if let mark = text.lastIndex(of: "!") {
      accessor = String(text[text.index(after: mark)...])
      text = text[..<mark]
    }
    let dot = text.lastIndex(of: ".") ?? text.startIndex
    let quote = text.firstIndex(of: "\"")
    let split = quote.map { text.index(before: $0) } ?? dot
    let owner = String(text[..<split])
    let base = text[text.index(after: split)...].replacing("\"", with: "")
    let first = base.first ?? " "
    if !first.isLetter, first != "_" {
      let mark = arguments == 1 ? "prefix(_:)" : "infix(_:_:)"
      self.init("static \(owner).\(base) \(mark)")
      return
    }
    if ["getter", "setter", "modify", "read", "read2", "modify2"].contains(accessor) {
      self.init("\(owner).\(base).\(accessor)")
      return
    }
    let isKnown = Self.required["\(owner).\(base)/\(arguments)"] != nil
    if base == "init", arguments > 0, !isKnown {
      // Several have as many arguments, and SIL does not say which.
      self.init("\(owner).init")
      kind = .other
      self.text = "\(owner).init, a protocol's initializer"
      return
    }
    let labels =
      Self.required["\(owner).\(base)/\(arguments)"] ?? Self.required["\(base)/\(arguments)"]
      ?? Array(repeating: "_", count: max(0, arguments))
    self.init("\(owner).\(base)(\(labels.map { $0 + ":" }.joined()))")
  }

  private static let required: [String: [String]] = [
    "ExpressibleByIntegerLiteral.init/1": ["integerLiteral"],
    "_ExpressibleByBuiltinIntegerLiteral.init/1": ["_builtinIntegerLiteral"],
    "ExpressibleByFloatLiteral.init/1": ["floatLiteral"],
    "_ExpressibleByBuiltinFloatLiteral.init/1": ["_builtinFloatLiteral"],
    "ExpressibleByStringLiteral.init/1": ["stringLiteral"],
    "RangeReplaceableCollection.init/2": ["repeating", "count"],
    "RangeReplaceableCollection.init/1": ["_"], "RawRepresentable.init/1": ["rawValue"],
    "BidirectionalCollection.index/1": ["before"],
    "BidirectionalCollection.formIndex/1": ["before"], "formIndex/1": ["after"],
    "index/1": ["after"], "index/2": ["_", "offsetBy"],
    "index/3": ["_", "offsetBy", "limitedBy"], "distance/2": ["from", "to"],
    "formIndex/2": ["_", "offsetBy"], "formIndex/3": ["_", "offsetBy", "limitedBy"],
    "hash/1": ["into"], "distance/1": ["to"], "advanced/1": ["by"], "encode/1": ["to"],
    "append/1": ["_"], "replaceSubrange/2": ["_", "with"], "insert/2": ["_", "at"],
    "reserveCapacity/1": ["_"], "remove/1": ["at"], "write/1": ["to"],
    "addingReportingOverflow/1": ["_"], "quotientAndRemainder/1": ["dividingBy"],
    "isMultiple/1": ["of"],
  ]
}
