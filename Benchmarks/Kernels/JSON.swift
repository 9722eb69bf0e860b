// A real program: parse a JSON document into an enum, walk it, write it out again.

indirect enum JSONValue {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])
}

struct JSONError: Error {
  let offset: Int
  let message: String
}

struct JSONParser {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func parseDocument() throws -> JSONValue {
    let value = try parseValue()
    skipSpace()
    guard offset == bytes.count else { throw error("trailing text") }
    return value
  }

  private mutating func parseValue() throws -> JSONValue {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return try parseObject()
    case UInt8(ascii: "["): return try parseArray()
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    default: return .number(try parseNumber())
    }
  }

  private mutating func parseObject() throws -> JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    try parseList(until: UInt8(ascii: "}")) { parser in
      parser.skipSpace()
      let key = try parser.parseString()
      parser.skipSpace()
      try parser.expect(UInt8(ascii: ":"))
      members.append((key, try parser.parseValue()))
    }
    return .object(members)
  }

  private mutating func parseArray() throws -> JSONValue {
    var elements: [JSONValue] = []
    try parseList(until: UInt8(ascii: "]")) { elements.append(try $0.parseValue()) }
    return .array(elements)
  }

  /// Parses `( element , element … end`; the parser stands on the opening bracket.
  private mutating func parseList(
    until end: UInt8, element: (inout JSONParser) throws -> Void
  ) throws {
    offset += 1
    skipSpace()
    if peek() == end { return offset += 1 }
    while true {
      try element(&self)
      skipSpace()
      if peek() == end { return offset += 1 }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func parseString() throws -> String {
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while let byte = peek() {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = peek() else { throw error("string ends after a backslash") }
        offset += 1
        text.append(escaped == UInt8(ascii: "n") ? 10 : escaped)
      default: text.append(byte)
      }
    }
    throw error("string without an end")
  }

  private mutating func parseNumber() throws -> Double {
    let isNegative = peek() == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    let first = offset
    var value = 0.0
    while let digit = peekDigit() {
      value = value * 10 + digit
      offset += 1
    }
    guard offset > first else { throw error("a value was expected") }
    if peek() == UInt8(ascii: ".") {
      offset += 1
      var place = 0.1
      while let digit = peekDigit() {
        value += digit * place
        place /= 10
        offset += 1
      }
    }
    return isNegative ? -value : value
  }

  private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
    return value
  }

  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func peekDigit() -> Double? {
    guard let byte = peek(), byte >= 48, byte <= 57 else { return nil }
    return Double(byte - 48)
  }

  private mutating func expect(_ byte: UInt8) throws {
    guard peek() == byte else { throw error("'\(UnicodeScalar(byte))' was expected") }
    offset += 1
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 32 || byte == 10 { offset += 1 }
  }

  private func error(_ message: String) -> JSONError { JSONError(offset: offset, message: message) }
}

func write(_ value: JSONValue, to out: inout [UInt8]) {
  switch value {
  case .null: out.append(contentsOf: "null".utf8)
  case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
  case .number(let number): out.append(contentsOf: "\(Int(number * 100))".utf8)
  case .string(let text):
    out.append(34)
    out.append(contentsOf: text.utf8)
    out.append(34)
  case .array(let elements):
    out.append(91)
    for (index, element) in elements.enumerated() {
      if index > 0 { out.append(44) }
      write(element, to: &out)
    }
    out.append(93)
  case .object(let members):
    out.append(123)
    for (index, member) in members.enumerated() {
      if index > 0 { out.append(44) }
      write(.string(member.key), to: &out)
      out.append(58)
      write(member.value, to: &out)
    }
    out.append(125)
  }
}

@main
struct JSON: Kernel {
  static var rounds: Int { 120 }

  let document: [UInt8]

  init() {
    var random = Sequence64(seed: 3)
    let rows = (0..<2_000).map { id in
      let score = "\(random.next(below: 1000)).\(random.next(below: 100))"
      let tags = #"["red", "blue \"\#(random.next(below: 9))\""]"#
      return #"{"id": \#(id), "score": -\#(score), "tags": \#(tags), "old": true, "next": null}"#
    }
    document = Array("[\(rows.joined(separator: ",\n"))]".utf8)
  }

  mutating func round(_ index: Int) -> Int {
    do {
      var parser = JSONParser(document)
      var out: [UInt8] = []
      write(try parser.parseDocument(), to: &out)
      return out.reduce(index) { ($0 &* 31 &+ Int($1)) & 0xffff_ffff }
    } catch {
      fatalError("\(error)")
    }
  }
}
