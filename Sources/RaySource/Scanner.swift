/// Goes through a line of SIL.
struct Scanner {
  private(set) var rest: Substring

  init(_ text: some StringProtocol) { rest = Substring(text) }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func blanks() { rest = rest.drop { $0 == " " } }

  /// Letters, digits and `_`.
  mutating func word() -> Substring {
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest[word.endIndex...]
    return word
  }

  /// Takes a text off, if it comes next.
  mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  /// What comes before a text; takes that off, too.
  mutating func until(_ text: String) -> Substring {
    guard let found = rest.firstRange(of: text) else {
      defer { rest = "" }
      return rest
    }
    defer { rest = rest[found.upperBound...] }
    return rest[..<found.lowerBound]
  }

  /// `%12`
  mutating func value() -> String {
    let value = rest.prefix { $0 == "%" || $0.isNumber }
    rest = rest[value.endIndex...]
    return String(value)
  }

  /// What comes before a closing bracket that is nobody else's; takes the bracket off, too.
  mutating func balanced(until close: Character) -> Substring {
    let end = Self.close(close, in: rest)
    defer { rest = end < rest.endIndex ? rest[rest.index(after: end)...] : "" }
    return rest[..<end]
  }

  private static func close(_ close: Character, in text: Substring) -> String.Index {
    var depth = 0
    var quoted = false
    var last: Character = " "
    for index in text.indices {
      let letter = text[index]
      defer { last = letter }
      if letter == "\"", last != "\\" { quoted.toggle() }
      if quoted { continue }
      if depth == 0, letter == close, !(letter == ">" && last == "-") { return index }
      switch letter {
      case "(", "[", "<", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case ">" where last != "-": depth -= 1
      default: break
      }
    }
    return text.endIndex
  }

  /// Parts with a comma between them that is in no bracket.
  static func split(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var rest = text
    while !rest.isEmpty {
      let end = close(",", in: rest)
      parts.append(rest[..<end].trimmed())
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
    }
    return parts
  }

  /// A line without what the compiler tells about users and numbers.
  static func withoutComment(_ text: Substring) -> Substring {
    guard let comment = firstUnquoted("//", in: text) else { return text.trimmed() }
    return text[..<comment.lowerBound].trimmed()
  }

  static func firstUnquoted(_ part: String, in text: Substring) -> Range<String.Index>? {
    unquoted(part, in: text).first
  }

  static func lastUnquoted(_ part: String, in text: Substring) -> Range<String.Index>? {
    unquoted(part, in: text).last
  }

  private static func unquoted(_ part: String, in text: Substring) -> [Range<String.Index>] {
    guard text.contains("\"") else { return text.ranges(of: part) }
    let quotes = quoted(in: text)
    return text.ranges(of: part).filter { found in
      !quotes.contains { $0.contains(found.lowerBound) }
    }
  }

  private static func quoted(in text: Substring) -> [Range<String.Index>] {
    var ranges: [Range<String.Index>] = []
    var open: String.Index?
    var escaped = false
    for index in text.indices {
      if escaped {
        escaped = false
        continue
      }
      switch text[index] {
      case "\\": escaped = open != nil
      case "\"":
        if let begin = open {
          ranges.append(begin..<index)
          open = nil
        } else {
          open = index
        }
      default: break
      }
    }
    return ranges
  }
}

extension Substring {
  func trimmed() -> Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text.drop { $0 == " " }
  }
}
