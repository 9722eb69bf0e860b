// Stage 5: values and calls as `trace` shows them.
import Glibc
import Ray

/// TraceValues as Swift shows them, cut at a length. What is shown of a value may call the program's
/// code (`description` of a struct or enum); objects are named only, since theirs may take locks.
enum TraceValues {
  static func text<T>(of value: T, _ site: Site) -> String {
    guard TraceOptions.current.values else { return "" }
    switch site.typing {
    case .none: return ""
    case .function: return "(function)"
    // Registers of something that may be a string as well as an object.
    case .indirectCall where !(value is any BinaryInteger || value is Bool || value is Double):
      return ""
    default:
      return text(ofAny: value)
    }
  }

  static func text(ofAny value: Any) -> String {
    shortText(of: value, length: TraceOptions.current.length)
  }

  /// `(3, label: "a")`.
  static func arguments(_ arguments: Arguments, from first: Int = 0) -> String {
    guard TraceOptions.current.values else { return "(…)" }
    let texts = arguments.indices.dropFirst(first).map { position -> String in
      let label = arguments.label(at: position).map { "\($0): " } ?? ""
      if arguments.typing(at: position) == .function { return label + "(function)" }
      return label + (arguments.isInout(at: position) ? "&" : "") + text(ofAny: arguments[position])
    }
    return "(" + texts.joined(separator: ", ") + ")"
  }

  /// A call as Swift writes it: `area(width: 3.0, 4.0)`, `[1, 2][0]`, `"a" == "b"`.
  static func text(of arguments: Arguments, _ site: Site) -> String {
    let name = withoutModule(site.shortCallee, of: site)
    guard !name.hasPrefix("closure #") else { return name + " " + Self.arguments(arguments) }
    let given = Self.arguments(arguments)
    var path = name.split(separator: "(", maxSplits: 1).first.map(String.init) ?? name
    let accessor = path.split(separator: ".").last.map(String.init) ?? ""
    let isAccessor = ["getter", "setter", "modify", "read"].contains(accessor)
    if isAccessor { path.removeLast(accessor.count + 1) }
    let parts = path.split(separator: ".")
    let base = parts.last.map(String.init) ?? ""
    if path.hasSuffix(" infix"), arguments.count == 2, TraceOptions.current.values {
      let symbol = base.dropLast(6)
      return "\(text(ofAny: arguments[0])) \(symbol) \(text(ofAny: arguments[1]))"
    }
    if ["init", "__allocating_init"].contains(base) {
      // An object's initialiser proper, inside of what makes the object.
      let isOfObject = site.calleeMangled.hasSuffix("fc")
      return parts.dropLast().joined(separator: ".") + (isOfObject ? ".init" : "") + given
    }
    if base.hasSuffix("deinit") { return path }
    let type = parts.dropLast().joined(separator: ".")
    var owner = TraceOptions.current.values ? arguments.receiver.map { text(ofAny: $0) } : nil
    if let text = owner, text.utf8.count > 40 { owner = nil }
    let whose = owner ?? type
    let dotted = whose.isEmpty ? base : "\(whose).\(base)"
    guard isAccessor else { return dotted + given }
    guard base == "subscript" else {
      return accessor == "setter"
        ? "\(dotted) = \(given.dropFirst().dropLast())"
        : dotted + (accessor == "getter" ? "" : ".\(accessor)")
    }
    let isSetter = accessor == "setter" && arguments.count > 1 && TraceOptions.current.values
    let indices = Self.arguments(arguments, from: isSetter ? 1 : 0)
    return "\(whose)[\(indices.dropFirst().dropLast())]"
      + (isSetter ? " = \(text(ofAny: arguments[0]))" : accessor == "getter" ? "" : ".\(accessor)")
  }

  /// An operator as Swift writes it: `1 + 2`, `!true`, `Double(3)`.
  static func text(of operands: Arguments, operator site: Site) -> String {
    let callee = site.shortCallee
    let symbol = callee.split(separator: ".").last.map(String.init) ?? callee
    let isSymbol = symbol.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic }
    guard TraceOptions.current.values, isSymbol else {
      let name = symbol == "init" ? String(callee.dropLast(5)) : symbol
      return (name.isEmpty ? "init" : name) + arguments(operands)
    }
    switch operands.count {
    case 2: return "\(text(ofAny: operands[0])) \(symbol) \(text(ofAny: operands[1]))"
    case 1: return symbol + text(ofAny: operands[0])
    default: return symbol
    }
  }

  /// A name without the program's own module in front.
  static func withoutModule(_ name: String, of site: Site) -> String {
    let module = site.module + "."
    let words = name.split(separator: " ", omittingEmptySubsequences: false)
    return words.map { $0.hasPrefix(module) ? String($0.dropFirst(module.count)) : String($0) }
      .joined(separator: " ")
  }

  /// A call of a function that was found out when it was entered: its own labels, where they fit
  /// what the machine passes, the object being last.
  static func text(of name: String, _ arguments: [String]) -> String {
    guard name.hasSuffix(")"), let begin = name.lastIndex(of: "(") else {
      return name.hasPrefix("<") ? "\(name)(\(arguments.joined(separator: ", ")))" : name
    }
    let labels = name[begin...].dropFirst().dropLast().split(separator: ":")
    guard labels.count...labels.count + 1 ~= arguments.count else { return name }
    let given = zip(labels, arguments).map { $0 == "_" ? $1 : "\($0): \($1)" }
    return "\(name[..<begin])(\(given.joined(separator: ", ")))"
  }

  static func texts(of arguments: Arguments) -> [String] {
    guard TraceOptions.current.values else { return [] }
    return arguments.indices.map { text(ofAny: arguments[$0]) }
  }

  /// `[{"label": "width", "type": "Double", "value": "3.0"}]`
  static func json(of arguments: Arguments) -> String {
    guard TraceOptions.current.values else { return "[]" }
    let fields = arguments.indices.map { position -> String in
      let value: Any =
        arguments.typing(at: position) == .function ? "(function)" : arguments[position]
      let label = arguments.label(at: position).map { "\"label\": \(_quoted($0)), " } ?? ""
      return "{\(label)\"type\": \(_quoted("\(type(of: value))")), "
        + "\"value\": \(_quoted(text(ofAny: value)))}"
    }
    return "[" + fields.joined(separator: ", ") + "]"
  }
}
