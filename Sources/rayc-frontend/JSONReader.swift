/// JSON without Foundation: enough to read what SwiftPM writes.
indirect enum JSONValue: Equatable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  /// Numbers, true, false, null: nobody here asks for them.
  case other

  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }
  var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }
}

struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  /// - Returns: nil for what is not JSON.
  static func parse(_ bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes: bytes)
    return reader.value()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() -> JSONValue? {
    skipBlanks()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    default:
      let start = position
      while position < bytes.count, !",]} \n\r\t".utf8.contains(bytes[position]) { position += 1 }
      return position > start ? .other : nil
    }
  }

  private mutating func object() -> JSONValue? {
    var members: [String: JSONValue] = [:]
    position += 1
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), let key = string(),
        take(UInt8(ascii: ":")), let value = value()
      else { return nil }
      members[key] = value
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array() -> JSONValue? {
    var elements: [JSONValue] = []
    position += 1
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      guard let value = value() else { return nil }
      elements.append(value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .array(elements) : nil
  }

  /// Escapes other than `\"`, `\\` and `\/` do not occur in names of targets; they stay as they are.
  private mutating func string() -> String? {
    position += 1
    var start = position
    var text: [UInt8] = []
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        text += bytes[start..<position]
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\") where position + 1 < bytes.count:
        text += bytes[start..<position]
        start = "\"\\/".utf8.contains(bytes[position + 1]) ? position + 1 : position
        position += 2
      default: position += 1
      }
    }
    return nil
  }
}
