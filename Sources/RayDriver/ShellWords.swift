/// Splits as a shell does: blanks separate, quotes and backslashes keep together.
public enum ShellWords {
  public struct Unclosed: Error, Equatable {
    public var quote: Character
  }

  public static func split(_ text: String) throws(Unclosed) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var escaped = false
    for character in text {
      if escaped {
        // Inside double quotes a backslash is only special before these.
        if quote == "\"", character != "\"", character != "\\" { word?.append("\\") }
        word = (word ?? "") + String(character)
        escaped = false
      } else if character == "\\", quote != "'" {
        escaped = true
        word = word ?? ""
      } else if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let complete = word { words.append(complete) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let quote { throw Unclosed(quote: quote) }
    if escaped { word?.append("\\") }
    if let complete = word { words.append(complete) }
    return words
  }

  /// The word as a shell would have to read it.
  public static func quote(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || "0"..."9" ~= $0
          || "_-./=:,+@%".unicodeScalars.contains($0))
    }
    if plain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
