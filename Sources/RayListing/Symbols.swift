/// Names of globals in IR: `@main`, `@"$s4main3fooyyF"`.
enum Symbols {
  /// The name that a text begins with, behind its `@`.
  static func name(in text: Substring) -> String {
    let bytes = Array(text.utf8.dropFirst())
    return name(bytes[..<Bytes.endOfName(bytes[...], from: 0)])
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let isQuoted = bytes.first == UInt8(ascii: "\"")
    return Bytes.text(isQuoted ? bytes.dropFirst().dropLast() : bytes)
  }

  /// The text with every global's name replaced, where there is another one.
  static func replacing(_ text: String, with replacement: (String) -> String?) -> String {
    let at = UInt8(ascii: "@")
    guard text.utf8.contains(at) else { return text }
    let bytes = Array(text.utf8)
    var result = ""
    var copied = 0
    var index = 0
    while index < bytes.count {
      // A string constant may hold anything.
      if bytes[index] == UInt8(ascii: "\"") {
        index = Bytes.endOfQuoted(bytes[...], from: index)
        continue
      }
      guard bytes[index] == at else {
        index += 1
        continue
      }
      let end = Bytes.endOfName(bytes[...], from: index + 1)
      if let new = replacement(name(bytes[(index + 1)..<end])) {
        result += Bytes.text(bytes[copied...index])
        result += !new.isEmpty && new.utf8.allSatisfy(Bytes.isName) ? new : "\"\(new)\""
        copied = end
      }
      index = max(end, index + 1)
    }
    return copied == 0 ? text : result + Bytes.text(bytes[copied...])
  }
}
