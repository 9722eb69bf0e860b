// Stage 5: demangled names, cut to what one looks for in a list.

/// Shortens a demangled name: no argument and result types, no constraints, no module of
/// the standard library, no words about how the compiler made the function.
///
///     generic specialization <Swift.Int> of Swift.Array.append(__owned A) -> ()   Array.append(_:)
///     main.area(width: Swift.Double, Swift.Double) -> Swift.Double                main.area(width:_:)
///     Swift.Array.subscript.getter : (Swift.Int) -> A                             Array.subscript.getter
///     (2) await resume partial function for main.load() async -> ()               main.load()
///     closure #1 (Swift.Int) -> Swift.Int in main.f() -> ()                       closure #1 in main.f()
///
/// Cost: a pass over the name.
enum ShortName {
  static func shortened(_ name: String) -> String {
    var bytes = Array(name.utf8)[...]
    // `(3) suspend resume partial function for f` is a part of the async f.
    if let resumed = index(of: " resume partial function for ", in: bytes) {
      bytes = bytes[(resumed + 29)...]
    }
    for prefix in specializations { dropSpecialization(prefix, &bytes) }
    return parts(of: bytes).map(shortenedPart).joined(separator: " in ")
  }

  private static let specializations = [
    "generic specialization ", "generic not re-abstracted specialization ",
    "function signature specialization ", "generic partial specialization ",
  ]

  // `generic specialization <Int> of f` is f.
  private static func dropSpecialization(_ prefix: String, _ bytes: inout ArraySlice<UInt8>) {
    guard bytes.starts(with: prefix.utf8), let end = index(of: " of ", in: bytes) else { return }
    bytes = bytes[(end + 4)...]
    for inner in specializations { dropSpecialization(inner, &bytes) }
  }

  // `closure #1 (Int) -> Int in f()` are the closure and what it is in.
  private static func parts(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes
    while let end = index(of: " in ", in: rest) {
      parts.append(rest[..<end])
      rest = rest[(end + 4)...]
    }
    return parts + [rest]
  }

  private static func shortenedPart(_ part: ArraySlice<UInt8>) -> String {
    var rest = part
    if let type = index(of: " : ", in: rest) { rest = rest[..<type] }
    if let arrow = index(of: " -> ", in: rest) { rest = rest[..<arrow] }
    // `throws(E)`; the error's type is none of the labels.
    if let effect = index(of: " throws(", in: rest) { rest = rest[..<effect] }
    // `throws(E)`; the error's type is none of the labels.
    if let effect = index(of: " throws(", in: rest) { rest = rest[..<effect] }
    for effect in [" async throws", " throws", " async"] where rest.ends(with: effect) {
      rest = rest.dropLast(effect.utf8.count)
    }
    var result: [UInt8] = []
    while let byte = rest.first {
      if rest.starts(with: "(extension in ".utf8), let end = rest.firstIndex(of: UInt8(ascii: ":"))
      {
        rest = rest[(end + 1)...]
      } else if byte == UInt8(ascii: "<"), !isOperator(at: rest.startIndex, in: part),
        let end = end(ofGroupIn: rest)
      {
        rest = rest[end...]
      } else if byte == UInt8(ascii: "("), let end = end(ofGroupIn: rest) {
        let group = rest[(rest.startIndex + 1)..<(end - 1)]
        // A closure's own argument list says nothing about which closure it is.
        if result.last == UInt8(ascii: " ") {
          result.removeLast()
        } else if let discriminator = index(of: " in _", in: group) {
          // A private name: `(name in _0123…)`.
          result += group[..<discriminator]
        } else {
          result += labels(group)
        }
        rest = rest[end...]
      } else if rest.starts(with: "Swift.".utf8), isStart(result.last) {
        rest = rest.dropFirst(6)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isStart(_ before: UInt8?) -> Bool {
    guard let before else { return true }
    return before == UInt8(ascii: " ") || before == UInt8(ascii: "(")
  }

  // `width: Int, Int` are the labels `(width:_:)`.
  private static func labels(_ arguments: ArraySlice<UInt8>) -> [UInt8] {
    var result = Array("(".utf8)
    var rest = arguments
    while !rest.isEmpty {
      let end = index(of: ", ", in: rest) ?? rest.endIndex
      let argument = rest[..<end]
      let colon = argument.firstIndex(of: UInt8(ascii: ":"))
      let isLabel = colon.map { argument[..<$0].allSatisfy(isIdentifier) } ?? false
      result += isLabel ? Array(argument[...colon!]) : Array("_:".utf8)
      rest = end == rest.endIndex ? [] : rest[(end + 2)...]
    }
    return result + Array(")".utf8)
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      return true
    default: return false
    }
  }

  /// The end of the bracketed group that the bytes begin with; nil where it is not closed,
  /// as in an operator's name.
  private static func end(ofGroupIn bytes: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    for index in bytes.indices {
      depth += change(at: index, in: bytes)
      if depth == 0 { return index + 1 }
    }
    return nil
  }

  /// The first place of a text outside all brackets.
  private static func index(of text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    for index in bytes.indices {
      depth += change(at: index, in: bytes)
      if depth == 0, bytes[index...].starts(with: text.utf8) { return index }
    }
    return nil
  }

  /// How a byte changes the depth of brackets.
  private static func change(at index: Int, in bytes: ArraySlice<UInt8>) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "("), UInt8(ascii: "["): return 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): return -1
    case UInt8(ascii: "<"): return isOperator(at: index, in: bytes) ? 0 : 1
    case UInt8(ascii: ">"): return isOperator(at: index, in: bytes) ? 0 : -1
    default: return 0
    }
  }

  /// Whether a `<` or `>` is part of an arrow, or of an operator's name: `Int.<= infix`.
  private static func isOperator(at index: Int, in bytes: ArraySlice<UInt8>) -> Bool {
    let before = bytes[..<index]
    if before.last == UInt8(ascii: "-") { return true }
    let name = before.reversed().drop { "<>=-+*/%!&|^~?".utf8.contains($0) }
    return name.first == UInt8(ascii: ".")
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
