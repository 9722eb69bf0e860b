// Instructions that make, read and write places.
extension Lowering {
  /// `[var_decl] $Int, var, name "t", type $Int`
  func allocate(_ instruction: SILInstruction, isBox: Bool) throws(SourceError) {
    guard let result = instruction.results.first,
      let dollar = instruction.operands.firstIndex(of: "$")
    else { throw fail("'\(instruction.opcode)' of another form") }
    let text = Substring(instruction.operands[dollar...])
    let type = try readType(Scanner.split(text).first ?? text)
    let variable = Variable(Self.debugName(instruction.operands), type: type)
    variable.isCaptured = isBox
    if isInitializer, variable.name == nil, instruction.operands.contains("[var_decl]"),
      type.base == CalleeName(function.name).context
    {
      // An initializer of the compiler's own.
      variable.name = "self"
      variable.shown = "self"
    }
    if isInitializer, variable.name == "self" {
      variable.isParameter = true
      variable.isInout = true
    } else {
      emit(.declare(variable, nil))
    }
    values[result] = .place(.variable(variable))
    types[result] = type
  }

  func store(_ value: Expression, to name: String) throws(SourceError) {
    var value = value
    if existentialPlaces.contains(name) {
      value = .compound(Compound([.expression(value, .assignment)], .assignment, []))
    }
    emit(.assign(try place(name), value))
  }

  /// `store %1 to [init] %2`
  func store(_ instruction: SILInstruction) throws(SourceError) {
    let names = Self.values(in: instruction.operands)
    guard names.count == 2 else { throw fail("'\(instruction.opcode)' of another form") }
    if isInitializer, case .value(.variable(let source)) = try value(names[0]),
      let target = try place(names[1]).asVariable, source.name == "self", target.name == "self",
      source.isParameter, target.isParameter
    {
      return values[names[1]] = .place(.variable(source))
    }
    if emptyBoxes.contains(names[0]), let target = try place(names[1]).asVariable, !target.isNamed,
      !target.isParameter
    {
      return values[names[1]] = values[names[0]]
    }
    try store(try expression(names[0]), to: names[1])
  }

  /// `copy_addr [take] %1 to [init] %2`
  func copy(_ instruction: SILInstruction) throws(SourceError) {
    let names = Self.values(in: instruction.operands)
    guard names.count == 2 else { throw fail("'copy_addr' of another form") }
    try store(.reading(place(names[0])), to: names[1])
  }

  func load(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first,
      let name = Self.values(in: instruction.operands).first
    else { throw fail("'load' of another form") }
    let place = try place(name)
    if isInitializer, case .variable(let variable) = place, variable.name == "self" {
      // Until it is whole, `self` cannot be handed on; it is always the same.
      return alias(result, place, type: types[name])
    }
    bind(result, .reading(place), type: types[name])
  }

  /// A field of a struct, an element of a tuple, a property of an object.
  func project(_ instruction: SILInstruction) throws(SourceError) {
    let parts = Scanner.split(instruction.operands[...])
    guard let result = instruction.results.first, parts.count >= 2,
      let name = Self.values(in: parts[0]).first
    else { throw fail("'\(instruction.opcode)' of another form") }
    if case .elements = try value(name) { return values[result] = try value(name) }
    let field = Self.field(parts[1])
    let owner = types[name]
    let type = program.declarations.type(ofField: field, in: owner)
    switch instruction.opcode {
    case "struct_extract", "tuple_extract":
      if case .tuple(let elements) = try value(name), let index = Int(field),
        index < elements.count
      {
        values[result] = elements[index]
        return
      }
      let base = try expression(name)
      if field == "0", instruction.opcode == "tuple_extract" {
        // A single labelled value is written without the tuple.
        if case .tuple = owner {} else if owner != nil { return alias(result, base, type: owner) }
      }
      if let index = Int(field), let part = base.element(index) {
        return alias(result, part, type: element(field, owner) ?? part.type)
      }
      if field == "_value" || field == "_rawValue" || field.hasPrefix("_guts") {
        return alias(result, base, type: owner)
      }
      let known = element(field, owner) ?? type
      var member = Compound(
        [.expression(base, .postfix), .text("." + field.asIdentifier)], .postfix, [])
      member.type = known
      alias(result, .compound(member), type: known)
    case "ref_element_addr":
      let object = try expression(name)
      let place = Compound(
        [.text(""), .expression(object, .postfix), .text("." + field)], .postfix, .reads,
        type: type)
      values[result] = .place(.compound(place))
      types[result] = type
    default:
      if field == "_value" || field == "_rawValue" {
        values[result] = try value(name)
        types[result] = owner
        return
      }
      var place = Compound(
        [.expression(try place(name), .postfix), .text("." + field)], .postfix, [])
      place.type = element(field, owner) ?? type
      values[result] = .place(.compound(place))
      types[result] = place.type
    }
  }

  private func element(_ field: String, _ owner: SILType?) -> SILType? {
    guard case .tuple(let elements) = owner, let index = Int(field), index < elements.count else {
      return nil
    }
    return elements[index].type
  }

  // MARK: Enums in memory

  /// `init_enum_data_addr %1, #Optional.some!enumelt`: a variable stands for the payload until
  /// `inject_enum_addr` puts the case around it.
  func beginPayload(_ instruction: SILInstruction) throws(SourceError) {
    let parts = Scanner.split(instruction.operands[...])
    guard let result = instruction.results.first, parts.count == 2,
      let name = Self.values(in: parts[0]).first
    else { throw fail("'init_enum_data_addr' of another form") }
    let (_, element) = Self.element(parts[1])
    let variable = Variable(type: program.declarations.payload(element, of: types[name]))
    emit(.declare(variable, nil))
    values[result] = .place(.variable(variable))
    types[result] = variable.type
    payloads[name] = (try place(name), variable)
  }

  func inject(_ instruction: SILInstruction) throws(SourceError) {
    let parts = Scanner.split(instruction.operands[...])
    guard parts.count == 2, let name = Self.values(in: parts[0]).first else {
      throw fail("'inject_enum_addr' of another form")
    }
    let (_, element) = Self.element(parts[1])
    let payload = payloads.removeValue(forKey: name).map { Value.value(.variable($0.payload)) }
    try store(try enumValue(element, types[name], payload), to: name)
  }

  /// `unchecked_take_enum_data_addr %1, #E.b!enumelt`, `unchecked_enum_data %1, #E.b!enumelt`
  func takePayload(_ instruction: SILInstruction) throws(SourceError) {
    let parts = Scanner.split(instruction.operands[...])
    guard let result = instruction.results.first, parts.count == 2,
      let name = Self.values(in: parts[0]).first
    else { throw fail("'\(instruction.opcode)' of another form") }
    let (_, element) = Self.element(parts[1])
    types[result] = program.declarations.payload(element, of: types[name])
    if let bound = boundPayloads["\(try place(name).key).\(element)"] {
      if instruction.opcode == "unchecked_take_enum_data_addr", case .value(let value) = bound {
        return values[result] = .place(value)
      }
      return values[result] = bound
    }
    guard element == "some" else {
      throw fail("the payload of '\(element)' outside of a switch over it")
    }
    let forced = Compound(
      [.expression(.reading(try place(name)), .postfix), .text("!")], .postfix, .traps,
      type: types[result])
    if instruction.opcode == "unchecked_take_enum_data_addr" {
      values[result] = .place(.compound(forced))
    } else {
      alias(result, .compound(forced), type: types[result])
    }
  }

  /// A value of an enum.
  func enumValue(
    _ element: String, _ type: SILType?, _ payload: Value?
  ) throws(SourceError) -> Expression {
    guard let type else { throw fail("an enum whose type is not known") }
    if type.base == "Optional" {
      guard let payload else { return .literal("nil", type) }
      return .compound(
        Compound(
          [.text("Optional("), .expression(try expression(of: payload), .assignment), .text(")")],
          .postfix, [], type: type))
    }
    var pieces: [Compound.Piece] = [.text("\(type.withoutInference).\(element.asIdentifier)")]
    if let payload {
      pieces.append(.text("("))
      let labels = program.declarations.labels(ofCase: element, in: type)
      let parts = try self.parts(of: payload, count: labels.count)
      for (index, part) in parts.enumerated() {
        if index > 0 { pieces.append(.text(", ")) }
        if index < labels.count, let label = labels[index] { pieces.append(.text(label + ": ")) }
        pieces.append(.typed(part, .assignment))
      }
      pieces.append(.text(")"))
    }
    return .compound(Compound(pieces, .postfix, [], type: type))
  }

  /// The elements of a tuple, as many as there are; one for anything else.
  func parts(of value: Value, count: Int) throws(SourceError) -> [Expression] {
    if count == 1 { return [try expression(of: value)] }
    if case .value(let whole) = value, whole.element(count - 1) != nil {
      return (0..<count).compactMap { whole.element($0) }
    }
    if case .tuple(let values) = value, values.count == count {
      var parts: [Expression] = []
      for value in values { parts.append(try expression(of: value)) }
      return parts
    }
    let whole = try expression(of: value)
    return (0..<count).map { .member(whole, String($0)) }
  }
}

extension Expression {
  /// What a place holds now.
  static func reading(_ place: Expression) -> Expression { place }

  /// A text that is the same for the same place.
  var key: String {
    switch self {
    case .variable(let variable): "\(ObjectIdentifier(variable).hashValue)"
    case .literal(let text, _): text
    case .compound(let compound):
      compound.pieces.map { piece in
        if case .text(let text) = piece { return text }
        return piece.expression?.key ?? ""
      }.joined()
    case .closure(let closure): "\(ObjectIdentifier(closure).hashValue)"
    case .defaultArgument: ""
    }
  }
}

extension SILType {
  /// `E` where Swift infers the arguments: `E<Int>` stays as it is.
  var withoutInference: String { description }
}

extension String {
  /// In backticks where it is a word of the language.
  var asIdentifier: String {
    let reserved: Set = [
      "default", "case", "for", "in", "is", "as", "switch", "let", "var", "func", "class", "struct",
      "enum", "return", "repeat", "while", "if", "else", "true", "false", "nil", "where", "guard",
      "do", "try", "throw", "catch", "import", "static", "public", "private", "internal",
      "extension", "protocol", "operator", "continue", "break", "defer", "super", "Any",
    ]
    return reserved.contains(self) ? "`\(self)`" : self
  }
}
