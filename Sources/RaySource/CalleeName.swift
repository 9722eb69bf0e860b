/// What a function is, told from the name that the compiler gives it in a comment:
/// `static Int.+ infix(_:_:)`, `Array.subscript.getter`, `closure #1 in f(_:)`.
struct CalleeName: Equatable {
  enum Kind: Equatable {
    case function
    case initializer
    case infix, prefix, postfix
    case getter, setter, modify, read
    case addressor
    case closure
    case implicitClosure
    case local
    case defaultArgument
    case initialValue
    case thunk
    case other
  }

  var kind = Kind.function
  var isStatic = false
  /// The type or types around it, without generic arguments.
  var context = ""
  /// Without its arguments: `append`, `+`, `count`.
  var base = ""
  /// One for each argument; nil is `_`. Nil where the name has none, as accessors.
  var labels: [String?]?
  var text: String

  init(_ text: String) {
    self.text = text
    var rest = text[...]
    for prefix in ["@objc ", "@nonobjc ", "specialized ", "merged ", "generic specialization of "]
    where rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
    if rest.hasPrefix("default argument ") {
      kind = .defaultArgument
      return
    }
    if rest.hasPrefix("variable initialization expression of ") {
      kind = .initialValue
      base = String(rest.dropFirst("variable initialization expression of ".count))
      return
    }
    if rest.hasPrefix("implicit closure #") {
      kind = .implicitClosure
      return
    }
    if rest.hasPrefix("closure #") {
      kind = .closure
      return
    }
    if rest.contains("thunk for ") || rest.hasPrefix("protocol witness for ") {
      kind = .thunk
      return
    }
    if rest.hasPrefix("one-time initialization") || rest.hasPrefix("protocol conformance") {
      kind = .other
      return
    }
    if let local = rest.firstRange(of: ") in "), rest.contains(" #") {
      kind = .local
      rest = rest[..<local.lowerBound] + ")"
      base = String(rest.prefix { $0 != " " })
      labels = Self.labels(rest)
      return
    }
    if rest.hasPrefix("static ") {
      isStatic = true
      rest = rest.dropFirst("static ".count)
    }
    readPath(rest)
  }

  private mutating func readPath(_ path: Substring) {
    var scan = path
    if scan.hasPrefix("(extension in "), let close = scan.firstRange(of: "):") {
      scan = scan[close.upperBound...]
    }
    var names: [String] = []
    while let first = scan.first {
      guard first.isLetter || first.isNumber || first == "_" || first == "$" || first == "`" else {
        // An operator, or the parentheses of a private name.
        if first == "(", let close = scan.firstIndex(of: ")"),
          names.isEmpty || scan.contains(" in ")
        {
          let inside = scan[..<close].dropFirst()
          names.append(String(inside.prefix { $0 != " " }))
          scan = scan[scan.index(after: close)...]
          if scan.hasPrefix(".") { scan = scan.dropFirst() }
          continue
        }
        break
      }
      let name = scan.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" || $0 == "`" }
      scan = scan[name.endIndex...]
      names.append(String(name))
      skipGenerics(&scan)
      guard scan.hasPrefix(".") else { break }
      scan = scan.dropFirst()
    }
    finish(&names, scan)
  }

  private func skipGenerics(_ scan: inout Substring) {
    guard scan.hasPrefix("<") else { return }
    var depth = 0
    for index in scan.indices {
      if scan[index] == "<" { depth += 1 }
      if scan[index] == ">" { depth -= 1 }
      if depth == 0 {
        scan = scan[scan.index(after: index)...]
        return
      }
    }
  }

  private mutating func finish(_ names: inout [String], _ scan: Substring) {
    for (mark, kind) in [(" infix", Kind.infix), (" prefix", .prefix), (" postfix", .postfix)] {
      if let found = scan.firstRange(of: mark) {
        self.kind = kind
        var symbol = scan[..<found.lowerBound]
        if let generics = symbol.firstRange(of: "<A"), generics.lowerBound > symbol.startIndex {
          symbol = symbol[..<generics.lowerBound]
        }
        base = String(symbol)
        context = names.joined(separator: ".")
        labels = Self.labels(scan[found.upperBound...])
        return
      }
    }
    labels = scan.hasPrefix("(") ? Self.labels(scan) : nil
    if labels == nil, let last = names.last, names.count > 1 {
      let accessors: [String: Kind] = [
        "getter": .getter, "setter": .setter, "modify": .modify, "read": .read,
        "modify2": .modify, "read2": .read, "unsafeMutableAddressor": .addressor,
        "unsafeAddressor": .addressor,
      ]
      if let accessor = accessors[last] {
        kind = accessor
        names.removeLast()
      }
    }
    base = names.popLast() ?? ""
    context = names.joined(separator: ".")
    if base == "init" || base == "__allocating_init" {
      kind = .initializer
    } else if base == "deinit" || base == "__deallocating_deinit"
      || labels == nil && kind == .function
    {
      kind = .other
    }
  }

  /// `(_:at:)` → nil, "at"
  static func labels(_ text: Substring) -> [String?] {
    guard let open = text.firstIndex(of: "("), let close = text.firstIndex(of: ")"), open < close
    else { return [] }
    return text[open..<close].dropFirst().split(separator: ":").map { $0 == "_" ? nil : String($0) }
  }
}
