// Stage 5: values as text, cut at a length.

/// A value as Swift shows it, on one line and cut at about a length: `"text"`, `[1, 2, …]`,
/// `Point(x: 1.0, y: 2.0)`, `.circle(radius: 2.0)`, `Optional(3)`.
///
/// It may call the program's code: the `description` of a struct or an enum. Objects are named by
/// their type only, since their `description` may wait for a lock that the caller holds.
///
/// Cost: a microsecond or several; of a large collection, its first elements are looked at.
public func shortText(of value: Any, length: Int = 60) -> String {
  var room = length
  var text = ""
  ValueText.append(value, to: &text, room: &room, depth: 0)
  return text
}

private enum ValueText {
  static func append(_ value: Any, to text: inout String, room: inout Int, depth: Int) {
    guard room > 0 else { return }
    let before = text.utf8.count
    defer { room -= text.utf8.count - before }
    switch value {
    case let string as String: return appendQuoted(string[...], to: &text, room: room)
    case let string as Substring: return appendQuoted(string, to: &text, room: room)
    case let character as Character: return appendQuoted("\(character)", to: &text, room: room)
    case let pointer as UnsafeRawPointer:
      text += hexadecimal(pointer)
      return
    case is Void:
      text += "()"
      return
    case let type as Any.Type:
      text += "\(type).self"
      return
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      guard let wrapped = mirror.children.first?.value else {
        text += "nil"
        return
      }
      appendParts([(nil, wrapped)], "Optional(", ")", to: &text, room: room, depth: depth)
    case .collection, .set:
      appendParts(
        mirror.children.lazy.map { (nil, $0.value) }, "[", "]", to: &text, room: room,
        depth: depth)
    case .dictionary:
      let pairs = mirror.children.lazy.map { child -> (String?, Any) in
        let pair = Array(Mirror(reflecting: child.value).children)
        return pair.count == 2
          ? (shortText(of: pair[0].value, length: 24), pair[1].value) : (nil, child.value)
      }
      appendParts(
        pairs, "[", "]", to: &text, room: room, depth: depth, empty: "[:]")
    case .tuple:
      appendParts(
        mirror.children.map { (label($0), $0.value) }, "(", ")", to: &text, room: room,
        depth: depth)
    case .class, .foreignReference: text += "\(mirror.subjectType)"
    case .struct where !(value is any CustomStringConvertible):
      appendParts(
        mirror.children.map { (label($0), $0.value) }, "\(mirror.subjectType)(", ")", to: &text,
        room: room, depth: depth)
    case .enum where !(value is any CustomStringConvertible):
      guard let payload = mirror.children.first else {
        text += ".\(value)"
        return
      }
      let isTuple = Mirror(reflecting: payload.value).displayStyle == .tuple
      text += ".\(payload.label ?? "")"
      appendParts(
        [(nil, payload.value)], isTuple ? "" : "(", isTuple ? "" : ")", to: &text, room: room,
        depth: depth)
    default: appendCut("\(value)", to: &text, room: room)
    }
  }

  private static func appendParts(
    _ parts: some Sequence<(String?, Any)>, _ begin: String, _ end: String, to text: inout String,
    room: Int, depth: Int, empty: String? = nil
  ) {
    guard depth < 6 else {
      text += begin + "…" + end
      return
    }
    var room = room - begin.utf8.count
    text += begin
    var isFirst = true
    for (label, value) in parts {
      if !isFirst {
        text += ", "
        room -= 2
      }
      isFirst = false
      if room <= 0 {
        text += "…"
        break
      }
      if let label {
        text += label + ": "
        room -= label.utf8.count + 2
      }
      append(value, to: &text, room: &room, depth: depth + 1)
    }
    if isFirst, let empty {
      text.removeLast(begin.count)
      text += empty
    } else {
      text += end
    }
  }

  private static func label(_ child: Mirror.Child) -> String? {
    child.label.flatMap { $0.hasPrefix(".") ? nil : $0 }
  }

  private static func appendQuoted(_ string: Substring, to text: inout String, room: Int) {
    let cut = string.prefix(max(room, 1))
    text += String(cut).debugDescription
    if cut.endIndex != string.endIndex { text += "…" }
  }

  private static func appendCut(_ string: String, to text: inout String, room: Int) {
    let isLong = string.utf8.count > room && string.count > room
    let shown = isLong ? string.prefix(max(room - 1, 1)) + "…" : string[...]
    for scalar in shown.unicodeScalars {
      // One line an event, whatever a description says.
      text += scalar == "\n" ? "⏎" : scalar.value < 32 ? " " : String(scalar)
    }
  }

  private static func hexadecimal(_ pointer: UnsafeRawPointer) -> String {
    "0x" + String(UInt(bitPattern: pointer), radix: 16)
  }
}
