/// `@file` arguments, in the quoting the compilers share (GNU's: quotes and backslashes).
enum ResponseFile {
  /// Replaces each `@file` by what it holds; one that cannot be read stays as it is.
  static func expand(_ arguments: [String], read: (String) -> String?) -> [String] {
    guard arguments.contains(where: { $0.hasPrefix("@") }) else { return arguments }
    return arguments.flatMap { argument -> [String] in
      guard argument.hasPrefix("@"), let text = read(String(argument.dropFirst())) else {
        return [argument]
      }
      return expand(tokens(of: text), read: read)
    }
  }

  static func tokens(of text: String) -> [String] {
    var tokens: [String] = []
    var token: [UInt8]?
    var quote: UInt8?
    var escaped = false
    for byte in text.utf8 {
      if escaped {
        token = token ?? []
        token!.append(byte)
        escaped = false
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        escaped = true
      } else if let open = quote {
        if byte == open {
          quote = nil
        } else {
          token = token ?? []
          token!.append(byte)
        }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        token = token ?? []
      } else if byte == 32 || (9...13).contains(byte) {
        if let complete = token { tokens.append(String(decoding: complete, as: UTF8.self)) }
        token = nil
      } else {
        token = token ?? []
        token!.append(byte)
      }
    }
    if let complete = token { tokens.append(String(decoding: complete, as: UTF8.self)) }
    return tokens
  }

  /// One argument a line, quoted so that `tokens(of:)` gives them back.
  static func text(for arguments: [String]) -> String {
    var text = ""
    for argument in arguments {
      text += "\""
      for character in argument.unicodeScalars {
        if character == "\"" || character == "\\" { text += "\\" }
        text.unicodeScalars.append(character)
      }
      text += "\"\n"
    }
    return text
  }
}
