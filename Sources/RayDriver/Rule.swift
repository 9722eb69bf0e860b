import Glibc

/// One line of what is instrumented and what not: `+pattern` or `-pattern`.
public struct Rule: Equatable, Sendable {
  public var includes: Bool
  public var pattern: String

  public var text: String { (includes ? "+" : "-") + pattern }

  /// - Parameter origin: where the pattern comes from, as a message names it.
  /// - Throws: `Diagnostic.malformedPattern`.
  public init(includes: Bool, pattern: String, origin: String) throws(Diagnostic) {
    self.includes = includes
    self.pattern = try Pattern.checked(pattern, origin: origin)
  }

  /// Reads `+pattern` or `-pattern`.
  /// - Throws: `Diagnostic.malformedPattern`.
  public init(parsing text: String, origin: String) throws(Diagnostic) {
    guard let sign = text.first, sign == "+" || sign == "-" else {
      throw .malformedPattern(
        text, origin: origin, reason: "a rule begins with '+' (include) or '-' (exclude)")
    }
    try self.init(includes: sign == "+", pattern: String(text.dropFirst()), origin: origin)
  }

  /// Reads what `RAYC_RULES` holds: rules with `;` between them.
  /// - Throws: `Diagnostic.malformedPattern`.
  public static func list(_ text: String, origin: String) throws(Diagnostic) -> [Rule] {
    var rules: [Rule] = []
    for part in text.split(separator: ";") {
      let rule = String(part).trimmingBlanks()
      if !rule.isEmpty { rules.append(try Rule(parsing: rule, origin: origin)) }
    }
    return rules
  }

  /// `--local`: the modules named, and no others.
  static func only(modules: [String]) -> [Rule] {
    [Rule(includes: false, unchecked: "module:*")]
      + modules.map { Rule(includes: true, unchecked: "module:\($0)") }
  }

  private init(includes: Bool, unchecked pattern: String) {
    self.includes = includes
    self.pattern = pattern
  }
}

/// What a pattern may look like; the pass matches it.
public enum Pattern {
  private static let kinds = ["module", "file"]

  /// - Returns: the pattern without blanks around it.
  /// - Throws: `Diagnostic.malformedPattern`.
  public static func checked(_ text: String, origin: String) throws(Diagnostic) -> String {
    let pattern = text.trimmingBlanks()
    if let reason = obstacle(pattern) {
      throw .malformedPattern(text, origin: origin, reason: reason)
    }
    return pattern
  }

  private static func obstacle(_ pattern: String) -> String? {
    if pattern.isEmpty {
      return "write 'module:NAME', 'file:GLOB', '/regex/' or how a function's name begins"
    }
    if pattern.contains(where: \.isNewline) { return "a pattern has one line" }
    if pattern.hasPrefix("/") { return regexObstacle(pattern) }
    guard let kind = kind(of: pattern) else { return nil }
    let glob = pattern.dropFirst(kind.count + 1)
    guard kinds.contains(kind) else {
      let closest = Suggestion.closest(to: kind, in: kinds).map { "; did you mean '\($0):'?" }
      return "there is no '\(kind):'" + (closest ?? "; a name may follow 'module:' or 'file:'")
    }
    if glob.isEmpty {
      return kind == "module"
        ? "after 'module:' comes a module, as in 'module:MyLib' or 'module:My*'"
        : "after 'file:' comes a source file, as in 'file:*Tests.swift'"
    }
    return globObstacle(glob)
  }

  /// The letters in front of a colon; labels of functions are behind a bracket.
  private static func kind(of pattern: String) -> String? {
    let letters = pattern.prefix { $0.isLetter }
    guard !letters.isEmpty, pattern.dropFirst(letters.count).first == ":" else { return nil }
    return String(letters)
  }

  private static func globObstacle(_ glob: Substring) -> String? {
    var open: Character?
    var escaped = false
    for letter in glob {
      defer { escaped = !escaped && letter == "\\" }
      if escaped { continue }
      switch (letter, open) {
      case ("[", nil), ("{", nil): open = letter
      case ("]", "["), ("}", "{"): open = nil
      default: continue
      }
    }
    return open.map { "the '\($0)' is not closed" }
  }

  private static func regexObstacle(_ pattern: String) -> String? {
    guard pattern.count >= 2, pattern.hasSuffix("/") else {
      return "the regular expression is not closed: write '\(pattern)/', "
        + "or 'file:\(pattern)' for a path"
    }
    let text = String(pattern.dropFirst().dropLast())
    if text.isEmpty { return "the regular expression is empty" }
    var regex = regex_t()
    let error = regcomp(&regex, text, REG_EXTENDED | REG_NOSUB)
    guard error != 0 else {
      regfree(&regex)
      return nil
    }
    var message = [UInt8](repeating: 0, count: 256)
    let length = message.withUnsafeMutableBytes {
      regerror(error, &regex, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    let words = String(decoding: message.prefix(max(0, Int(length) - 1)), as: UTF8.self)
    return "the regular expression cannot be read: \(words.lowercased())"
  }
}

extension String {
  func trimmingBlanks() -> String {
    let blanks: Set<Character> = [" ", "\t"]
    var text = self[...]
    while let first = text.first, blanks.contains(first) { text.removeFirst() }
    while let last = text.last, blanks.contains(last) { text.removeLast() }
    return String(text)
  }
}
