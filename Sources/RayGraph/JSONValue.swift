// Data-flow graphs: JSON, read and written without Foundation.

/// A value of JSON. Numbers keep their text, so that no bit is lost.
enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  /// In the order of the text.
  case object([(key: String, value: JSONValue)])

  static func == (a: JSONValue, b: JSONValue) -> Bool { a.text() == b.text() }

  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text, with members of the outer `levels` objects and arrays on lines of their own.
  func text(levels: Int = 0, indent: String = "") -> String {
    let inner = indent + "  "
    func list(_ parts: [String], _ open: String, _ close: String) -> String {
      guard levels > 0, !parts.isEmpty else { return open + parts.joined(separator: ", ") + close }
      return open + "\n" + parts.map { inner + $0 }.joined(separator: ",\n") + "\n" + indent + close
    }
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let text): return text
    case .string(let text): return Self.quoted(text)
    case .array(let values):
      return list(values.map { $0.text(levels: levels - 1, indent: inner) }, "[", "]")
    case .object(let members):
      return list(
        members.map {
          Self.quoted($0.key) + ": " + $0.value.text(levels: levels - 1, indent: inner)
        }, "{", "}")
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\0"..<" ":
        result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension JSONValue {
  /// - Throws: `GraphError.notJSON`, with the line.
  init(parsing text: String) throws(GraphError) {
    var parser = JSONParser(bytes: Array(text.utf8))
    self = try parser.document()
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position = 0
  var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(GraphError) -> JSONValue {
    let value = try self.value()
    skipSpace()
    guard position == bytes.count else { throw problem("there is more behind the value") }
    return value
  }

  private func problem(_ reason: String) -> GraphError {
    let line = bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
    return .notJSON(reason: reason, line: line)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0d).contains(byte) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(GraphError) -> JSONValue {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    guard depth < 200 else { throw problem("values are nested too deep") }
    switch next {
    case UInt8(ascii: "{"):
      position += 1
      var members: [(key: String, value: JSONValue)] = []
      if take("}") { return .object([]) }
      repeat {
        skipSpace()
        let key = try string()
        guard take(":") else { throw problem("a ':' is missing behind \"\(key)\"") }
        members.append((key, try value()))
      } while take(",")
      guard take("}") else { throw problem("a '}' or ',' is missing") }
      return .object(members)
    case UInt8(ascii: "["):
      position += 1
      var values: [JSONValue] = []
      if take("]") { return .array([]) }
      repeat { values.append(try value()) } while take(",")
      guard take("]") else { throw problem("a ']' or ',' is missing") }
      return .array(values)
    case UInt8(ascii: "\""): return .string(try string())
    case nil: throw problem("the text ends too early")
    default: return try word()
    }
  }

  private mutating func word() throws(GraphError) -> JSONValue {
    let start = position
    while let byte = next, !",]} \n\t\r:".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      guard let first = text.utf8.first,
        first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
        Double(text) != nil
      else { throw problem("'\(text.prefix(20))' is no value") }
      return .number(text)
    }
  }

  private mutating func string() throws(GraphError) -> String {
    guard next == UInt8(ascii: "\"") else { throw problem("a string is missing") }
    position += 1
    var scalars = String.UnicodeScalarView()
    var plain = position
    func flush(_ parser: JSONParser, _ scalars: inout String.UnicodeScalarView) {
      let run = parser.bytes[plain..<parser.position]
      scalars += String(decoding: run, as: UTF8.self).unicodeScalars
    }
    while let byte = next {
      if byte == UInt8(ascii: "\"") {
        flush(self, &scalars)
        position += 1
        return String(scalars)
      }
      guard byte == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      flush(self, &scalars)
      position += 1
      scalars.append(try escape())
      plain = position
    }
    throw problem("a string does not end")
  }

  private mutating func escape() throws(GraphError) -> Unicode.Scalar {
    let byte = next
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte!)
    case UInt8(ascii: "u"):
      let high = try hexadecimal()
      guard (0xd800..<0xdc00).contains(high) else {
        guard let scalar = Unicode.Scalar(high) else { break }
        return scalar
      }
      guard next == UInt8(ascii: "\\"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "u")
      else { break }
      position += 2
      let low = try hexadecimal()
      guard (0xdc00..<0xe000).contains(low) else { break }
      return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))!
    default: break
    }
    throw problem("an escape in a string is not known")
  }

  private mutating func hexadecimal() throws(GraphError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(
        String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw problem("'\\u' takes four digits") }
    position += 4
    return value
  }
}
