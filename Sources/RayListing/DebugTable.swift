/// The places in the source that a module's debug information names.
struct DebugTable {
  private let bytes: [UInt8]
  /// Where the node `!12 = …` begins, behind the `=`.
  private var nodes: [Int: Range<Int>] = [:]
  private var places: [Int: SourcePlace?] = [:]

  /// Inlining nests no deeper in earnest; a circle would be invalid IR.
  private static let deepest = 512

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if bytes[start] == UInt8(ascii: "!"), let number = Bytes.number(bytes[(start + 1)..<end]),
        let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "="))
      {
        nodes[number] = (equals + 2)..<end
      }
      start = end + 1
    }
  }

  /// The place of the `!dbg` among an instruction's metadata: that in the function itself, where
  /// something was inlined.
  mutating func place(in metadata: ArraySlice<UInt8>) -> SourcePlace? {
    guard let found = Self.find("!dbg !", in: metadata),
      let number = Bytes.number(metadata[found...])
    else { return nil }
    if let known = places[number] { return known }
    let place = resolve(number)
    places[number] = place
    return place
  }

  private func resolve(_ number: Int) -> SourcePlace? {
    var number = number
    for _ in 0..<Self.deepest {
      guard let next = reference("inlinedAt: !", of: number) else { break }
      number = next
    }
    guard let line = reference("line: ", of: number), line > 0,
      let scope = reference("scope: !", of: number), let file = file(ofScope: scope)
    else { return nil }
    return SourcePlace(file: file, line: line, column: reference("column: ", of: number) ?? 0)
  }

  private func file(ofScope scope: Int) -> String? {
    var scope = scope
    for _ in 0..<Self.deepest {
      if let file = reference("file: !", of: scope) {
        guard let name = string("filename: \"", of: file) else { return nil }
        let folder = string("directory: \"", of: file) ?? ""
        return name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
      }
      guard let outer = reference("scope: !", of: scope) else { return nil }
      scope = outer
    }
    return nil
  }

  private func reference(_ field: StaticString, of node: Int) -> Int? {
    guard let range = nodes[node], let found = Self.find(field, in: bytes[range]) else {
      return nil
    }
    return Bytes.number(bytes[found..<range.upperBound])
  }

  private func string(_ field: StaticString, of node: Int) -> String? {
    guard let range = nodes[node], let found = Self.find(field, in: bytes[range]) else {
      return nil
    }
    let rest = bytes[found..<range.upperBound]
    return Bytes.text(rest[..<(rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.endIndex)])
  }

  /// The end of a word's first occurrence.
  private static func find(_ word: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
    let length = word.utf8CodeUnitCount
    guard bytes.count >= length else { return nil }
    return word.withUTF8Buffer { word in
      var start = bytes.startIndex
      let last = bytes.endIndex - length
      while start <= last {
        if bytes[start] == word[0], bytes[start..<(start + length)].elementsEqual(word) {
          return start + length
        }
        start += 1
      }
      return nil
    }
  }
}
