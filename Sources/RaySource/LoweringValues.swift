// Values by their names, and what they are as expressions.
extension Lowering {
  func value(_ name: String) throws(SourceError) -> Value {
    guard let value = values[name] else { throw fail("the value \(name), which is not known here") }
    return value
  }

  func expression(_ name: String) throws(SourceError) -> Expression {
    try expression(of: value(name))
  }

  func expression(of value: Value) throws(SourceError) -> Expression {
    switch value {
    case .value(let expression), .place(let expression): return expression
    case .function(let reference): return try functionValue(reference, captures: [])
    case .metatype(let type): return .fixed("\(type).self")
    case .raw(let text): return .fixed(text)
    case .tuple(let values):
      if values.isEmpty { return .literal("()", .void) }
      if values.count == 1 { return try expression(of: values[0]) }
      var pieces: [Compound.Piece] = [.text("(")]
      var elements: [SILType.Element] = []
      for (index, value) in values.enumerated() {
        if index > 0 { pieces.append(.text(", ")) }
        let element = try expression(of: value)
        pieces.append(.expression(element, .assignment))
        if let type = element.type { elements.append(SILType.Element(label: nil, type: type)) }
      }
      let type = elements.count == values.count ? SILType.tuple(elements) : nil
      return .compound(Compound(pieces + [.text(")")], .postfix, [], type: type))
    case .elements(let array): return array.expression
    case .nothing: throw fail("a value that Swift has no expression for")
    }
  }

  func place(_ name: String) throws(SourceError) -> Expression {
    switch try value(name) {
    case .place(let place), .value(let place): return place
    default: throw fail("an address of '\(name)'")
    }
  }

  /// Gives a result a variable of its own, so that it is evaluated here and once.
  func bind(_ result: String, _ expression: Expression, type: SILType?) {
    let variable = Variable(type: type ?? expression.type)
    types[result] = variable.type
    values[result] = .value(.variable(variable))
    emit(.declare(variable, expression))
  }

  /// Gives a result as it stands, because it is the same wherever it is evaluated.
  func alias(_ result: String, _ expression: Expression, type: SILType?) {
    values[result] = .value(expression)
    types[result] = type ?? expression.type
  }

  /// `$Int` and the like behind a value: `%3 : $Int`.
  func readType(_ text: some StringProtocol) throws(SourceError) -> SILType {
    do {
      return try SILType(reading: text)
    } catch {
      throw fail("the type '\(text)'")
    }
  }

  /// `#P.x` → `x`
  static func field(_ text: some StringProtocol) -> String {
    var name = Substring(text)
    if let dot = name.lastIndex(of: ".") { name = name[name.index(after: dot)...] }
    if let end = name.firstIndex(where: { $0 == " " || $0 == "!" || $0 == "," }) {
      name = name[..<end]
    }
    return String(name.trimmed()).replacing("\"", with: "")
  }

  /// `#E.b!enumelt` → `E`, `b`
  static func element(_ text: some StringProtocol) -> (type: String, name: String) {
    let path = Substring(text).drop { $0 == "#" }.prefix { $0 != "!" }
    guard let dot = path.lastIndex(of: ".") else { return ("", String(path)) }
    return (String(path[..<dot]), String(path[path.index(after: dot)...]))
  }

  static func values(in text: some StringProtocol) -> [String] {
    var names: [String] = []
    var scan = Substring(text)
    while let index = scan.firstIndex(of: "%") {
      let name = scan[index...].prefix { $0 == "%" || $0.isNumber }
      if name.count > 1 { names.append(String(name)) }
      scan = scan[name.endIndex...]
    }
    return names
  }

  // MARK: Literals

  /// The value of an integer literal of a type, as Swift writes it.
  func literal(_ text: String, _ type: SILType) -> Expression {
    .literal(text, type)
  }

  /// What a number in the x87 format is: `0x4000A000000000000000`.
  static func double(_ hex: some StringProtocol) -> Double? {
    let digits = hex.hasPrefix("0x") ? Substring(hex.dropFirst(2)) : Substring(hex)
    if digits.count <= 16 {
      return UInt64(digits, radix: 16).map(Double.init(bitPattern:))
    }
    guard let head = UInt16(digits.dropLast(16), radix: 16),
      let significand = UInt64(digits.suffix(16), radix: 16)
    else { return nil }
    let number = Float80(
      sign: head >> 15 == 1 ? .minus : .plus, exponentBitPattern: UInt(head & 0x7FFF),
      significandBitPattern: significand & (1 << 63 - 1))
    return Double(number)
  }
}
