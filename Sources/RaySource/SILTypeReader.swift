extension SILType {
  /// Reads a type as SIL writes it; `$` and `*` in front of it are passed over.
  /// - Throws: `SourceError` for a type of another form.
  init(reading text: some StringProtocol) throws(SourceError) {
    var reader = SILTypeReader(text)
    self = try reader.type()
    reader.scan.blanks()
    guard reader.scan.isAtEnd else {
      throw SourceError("a type that is not known: '\(text)'")
    }
  }
}

/// Reads types; stops behind them.
struct SILTypeReader {
  var scan: Scanner

  init(_ text: some StringProtocol) { scan = Scanner(text) }

  init(_ scan: Scanner) { self.scan = scan }

  mutating func type() throws(SourceError) -> SILType {
    try part().type
  }

  /// A type with what is said of it before: `@guaranteed Array<Int>`.
  mutating func part() throws(SourceError) -> SILFunctionType.Part {
    var attributes: [String] = []
    var substituted: [String]?
    var generics: [String] = []
    while true {
      scan.blanks()
      if scan.take("$") || scan.take("*") { continue }
      if scan.rest.hasPrefix("@opened(") {
        _ = scan.take("@opened(")
        _ = scan.until("\", ")
        let existential = try SILType(reading: scan.balanced(until: ")"))
        scan.blanks()
        _ = scan.word()
        return SILFunctionType.Part(
          conventions: attributes, type: try suffix(Self.opened(existential)))
      }
      if scan.take("@substituted ") {
        substituted = genericNames()
      } else if scan.take("@") {
        var name = String(scan.word())
        if scan.rest.hasPrefix("("), ["convention", "isolated", "lifetime"].contains(name) {
          _ = scan.take("(")
          name += "(" + scan.balanced(until: ")") + ")"
        }
        attributes.append(name)
      } else if scan.rest.hasPrefix("<") {
        generics += genericNames()
      } else if scan.rest.hasPrefix("sending ") {
        _ = scan.take("sending ")
      } else {
        break
      }
    }
    // What a closure shares with others is in a box; Swift passes it `inout`.
    if scan.rest.hasPrefix("{ var ") { attributes.append("inout_aliasable") }
    var type = try function(attributes, generics)
    if let substituted {
      scan.blanks()
      if scan.take("for ") {
        _ = scan.take("<")
        var arguments: [SILType] = []
        for text in Scanner.split(scan.balanced(until: ">")) {
          arguments.append(try SILType(reading: text))
        }
        type = type.substituting(
          Dictionary(zip(substituted, arguments)) { first, _ in first })
      }
    }
    return SILFunctionType.Part(conventions: attributes, type: type)
  }

  private static func opened(_ existential: SILType) -> SILType { existential }

  /// `<τ_0_0, τ_0_1 where …>` → the names.
  private mutating func genericNames() -> [String] {
    scan.blanks()
    guard scan.take("<") else { return [] }
    let text = scan.balanced(until: ">")
    let names = text.firstRange(of: " where ").map { text[..<$0.lowerBound] } ?? text
    return Scanner.split(names).map { name in
      String(name.prefix { $0 != " " && $0 != ":" })
    }
  }

  private mutating func function(
    _ attributes: [String], _ generics: [String]
  ) throws(SourceError) -> SILType {
    let begin = scan
    guard scan.take("(") else { return try union() }
    let inside = scan.balanced(until: ")")
    scan.blanks()
    let isAsync = scan.take("async ") || scan.take("@async ")
    guard scan.take("-> ") || scan.take("throws -> ") else {
      scan = begin
      return try union()
    }
    var function = SILFunctionType(attributes: attributes, generics: generics)
    function.isAsync = isAsync || attributes.contains("async")
    function.parameters = try Self.parts(inside)
    scan.blanks()
    if scan.take("(") {
      let close = scan.balanced(until: ")")
      let isTuple = close.isEmpty
      function.results = isTuple ? [] : try Self.parts(close)
    } else {
      let result = try part()
      function.results = [result]
    }
    if let index = function.results.firstIndex(where: {
      $0.has("error") || $0.has("error_indirect")
    }) {
      function.error = function.results.remove(at: index)
    }
    return .function(function)
  }

  private static func parts(_ text: Substring) throws(SourceError) -> [SILFunctionType.Part] {
    var parts: [SILFunctionType.Part] = []
    for piece in Scanner.split(text) {
      var reader = SILTypeReader(piece)
      parts.append(try reader.part())
    }
    return parts
  }

  private mutating func union() throws(SourceError) -> SILType {
    let first = try primary()
    var all = [first]
    while scan.take(" & ") { all.append(try primary()) }
    return all.count == 1 ? first : .composition(all)
  }

  private mutating func primary() throws(SourceError) -> SILType {
    scan.blanks()
    for mark in ["any", "some", "inout", "repeat", "each", "~Copyable", "borrowing", "__owned"]
    where scan.take(mark + " ") {
      return .marked(mark, try union())
    }
    if scan.take("(") {
      let elements = try Self.elements(scan.balanced(until: ")"))
      if elements.count == 1 { return try suffix(elements[0].type) }
      return try suffix(.tuple(elements))
    }
    if scan.take("[") {
      let inside = scan.balanced(until: "]")
      var reader = SILTypeReader(inside)
      let key = try reader.type()
      if reader.scan.take(" : ") || reader.scan.take(": ") {
        return try suffix(.named("Dictionary", [key, try reader.type()]))
      }
      return try suffix(.named("Array", [key]))
    }
    if scan.take("{ ") {
      // A box: the type of what is in it.
      _ = scan.take("var ") || scan.take("let ")
      let type = try type()
      _ = scan.take(" }")
      scan.blanks()
      if scan.take("<") { _ = scan.balanced(until: ">") }
      return type
    }
    if scan.take("Builtin.") { return .named("Builtin." + scan.word(), []) }
    let name = String(scan.word())
    guard !name.isEmpty else {
      throw SourceError("a type that is not known: '\(scan.rest)'")
    }
    return try suffix(.named(name, try arguments()))
  }

  private static func elements(_ text: Substring) throws(SourceError) -> [SILType.Element] {
    var elements: [SILType.Element] = []
    for piece in Scanner.split(text) {
      var label: String?
      var rest = piece
      let word = piece.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if !word.isEmpty, piece[word.endIndex...].hasPrefix(": ") {
        label = String(word)
        rest = piece[word.endIndex...].dropFirst(2)
      }
      var reader = SILTypeReader(rest)
      elements.append(SILType.Element(label: label, type: try reader.type()))
    }
    return elements
  }

  private mutating func arguments() throws(SourceError) -> [SILType] {
    guard scan.take("<") else { return [] }
    var types: [SILType] = []
    for text in Scanner.split(scan.balanced(until: ">")) {
      types.append(try SILType(reading: text))
    }
    return types
  }

  private mutating func suffix(_ base: SILType) throws(SourceError) -> SILType {
    var type = base
    while true {
      if scan.take("?") {
        type = .named("Optional", [type])
      } else if scan.rest.hasPrefix("."), !scan.rest.hasPrefix("...") {
        _ = scan.take(".")
        let name = String(scan.word())
        type = .member(type, name, try arguments())
      } else {
        return type
      }
    }
  }
}
