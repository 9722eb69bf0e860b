/// IR text is read as bytes: it is ASCII but for what stands in quotes.
enum Bytes {
  static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "$"),
      UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The end of a name, plain or in quotes, that begins here.
  static func endOfName(_ line: ArraySlice<UInt8>, from start: Int) -> Int {
    guard start < line.endIndex else { return line.endIndex }
    if line[start] == UInt8(ascii: "\"") { return endOfQuoted(line, from: start) }
    return line[start...].firstIndex { !isName($0) } ?? line.endIndex
  }

  /// Behind the closing quote; quotes inside are written `\22`.
  static func endOfQuoted(_ line: ArraySlice<UInt8>, from start: Int) -> Int {
    let closing = line[(start + 1)...].firstIndex(of: UInt8(ascii: "\""))
    return closing.map { $0 + 1 } ?? line.endIndex
  }

  /// `12:`, `"a b":`, with or without a comment behind.
  static func isLabel(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first, first != UInt8(ascii: " ") else { return false }
    let end = endOfName(line, from: line.startIndex)
    return end > line.startIndex && end < line.endIndex && line[end] == UInt8(ascii: ":")
  }

  /// Where `, !dbg !1` or ` !dbg !1` begins, outside of brackets and quotes.
  static func startOfMetadata(_ line: ArraySlice<UInt8>) -> Int {
    var depth = 0
    var index = line.startIndex
    while index < line.endIndex {
      switch line[index] {
      case UInt8(ascii: "\""):
        index = endOfQuoted(line, from: index)
        continue
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        // The end of a switch closes what another line opened.
        depth = max(0, depth - 1)
      case UInt8(ascii: "!") where depth == 0 && index > line.startIndex + 2:
        let before = index - 1
        guard line[before] == UInt8(ascii: " ") else { break }
        return line[before - 1] == UInt8(ascii: ",") ? before - 1 : before
      default: break
      }
      index += 1
    }
    return line.endIndex
  }

  /// Where ` #12` at the end begins.
  static func startOfAttributes(_ line: ArraySlice<UInt8>) -> Int {
    var index = line.endIndex
    while index > line.startIndex, line[index - 1] >= 48, line[index - 1] <= 57 { index -= 1 }
    guard index < line.endIndex, index >= line.startIndex + 2,
      line[index - 1] == UInt8(ascii: "#"), line[index - 2] == UInt8(ascii: " ")
    else { return line.endIndex }
    return index - 2
  }

  /// The number that a text begins with.
  static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    var result: Int?
    for byte in bytes {
      guard byte >= 48, byte <= 57, (result ?? 0) < 1 << 40 else { break }
      result = (result ?? 0) * 10 + Int(byte - 48)
    }
    return result
  }
}
