extension Lowering {
  /// What has no meaning of its own in Swift: ownership, scopes, debugging.
  static let ignored: Set = [
    "debug_step", "dealloc_stack", "dealloc_box", "destroy_value", "strong_retain",
    "strong_release", "retain_value", "release_value", "end_access", "end_borrow", "destroy_addr",
    "fix_lifetime", "extend_lifetime", "end_lifetime", "alloc_global", "end_apply",
    "retain_value_addr", "release_value_addr", "unmanaged_retain_value", "dealloc_existential_box",
    "autorelease_value", "end_cow_mutation_addr", "deinit_existential_addr", "specify_test",
    "unowned_retain", "unowned_release", "strong_retain_unowned",
  ]

  /// What gives its operand, or that as a type that Swift converts to by itself.
  private static let transparent: Set = [
    "begin_access", "begin_borrow", "copy_value", "move_value", "mark_dependence",
    "convert_function", "convert_escape_to_noescape", "upcast", "open_existential_ref",
    "open_existential_addr", "open_existential_box", "open_existential_value",
    "open_existential_metatype", "thin_to_thick_function", "init_existential_addr",
    "init_existential_ref", "init_existential_value", "init_existential_metatype", "project_box",
    "project_existential_box", "end_cow_mutation", "address_to_pointer", "pointer_to_address",
    "ref_tail_addr", "unchecked_ref_cast", "mark_unresolved_non_copyable_value",
    "copy_block", "begin_dealloc_ref", "thick_to_objc_metatype", "objc_to_thick_metatype",
    "strong_copy_unowned_value", "ref_to_unmanaged", "unmanaged_to_ref", "ref_to_unowned",
    "unowned_to_ref", "moveonlywrapper_to_copyable", "copyable_to_moveonlywrapper",
    "moveonlywrapper_to_copyable_addr", "copyable_to_moveonlywrapper_addr",
    "strong_copy_weak_value",
    "drop_deinit", "value_to_bridge_object", "end_init_let_ref",
  ]

  func lower(_ instruction: SILInstruction) throws(SourceError) {
    let opcode = instruction.opcode
    if Self.ignored.contains(opcode) { return }
    if Self.transparent.contains(opcode) { return try pass(instruction) }
    switch opcode {
    case "debug_value": try name(instruction)
    case "alloc_stack": try allocate(instruction, isBox: false)
    case "alloc_box": try allocate(instruction, isBox: true)
    case "alloc_existential_box": try allocateError(instruction)
    case "store", "store_weak", "store_unowned", "assign": try store(instruction)
    case "load", "load_borrow", "load_weak", "load_unowned": try load(instruction)
    case "copy_addr", "explicit_copy_addr": try copy(instruction)
    case "struct_extract", "tuple_extract", "struct_element_addr", "tuple_element_addr",
      "ref_element_addr":
      try project(instruction)
    case "index_addr": try index(instruction)
    case "init_enum_data_addr": try beginPayload(instruction)
    case "inject_enum_addr": try inject(instruction)
    case "unchecked_take_enum_data_addr", "unchecked_enum_data": try takePayload(instruction)
    case "integer_literal", "float_literal", "string_literal": try literal(instruction)
    case "metatype": try metatype(instruction)
    case "value_metatype", "existential_metatype": try dynamicType(instruction)
    case "function_ref", "dynamic_function_ref", "prev_dynamic_function_ref":
      try reference(instruction)
    case "witness_method", "class_method", "super_method": try lookup(instruction)
    case "apply": try apply(instruction)
    case "begin_apply": try beginApply(instruction)
    case "partial_apply": try partialApply(instruction)
    case "tuple": try tuple(instruction)
    case "destructure_tuple", "destructure_struct": try destructure(instruction)
    case "struct": try structure(instruction)
    case "enum": try enumeration(instruction)
    case "global_addr": try global(instruction)
    case "unconditional_checked_cast", "unconditional_checked_cast_addr": try cast(instruction)
    case "builtin": try builtin(instruction)
    case "keypath": try keyPath(instruction)
    case "select_enum", "select_enum_addr": try choose(instruction)
    case "cond_fail":
      guard let name = Self.values(in: instruction.operands).first else { return }
      if case .nothing = try value(name) { return }
      emit(
        .expression(
          .compound(
            Compound(
              [.text("precondition(!"), .expression(try expression(name), .prefix), .text(")")],
              .postfix, .traps, type: .void))))
    default: throw fail("the instruction '\(opcode)'")
    }
  }

  private func pass(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first,
      let name = Self.values(in: instruction.operands).first
    else { throw fail("'\(instruction.opcode)' of another form") }
    var value = try value(name)
    types[result] = types[name]
    switch instruction.opcode {
    case "init_existential_addr":
      existentialPlaces.insert(result)
    case "ref_tail_addr", "pointer_to_address":
      if case .elements(let array) = value, !array.elements.isEmpty {
        starts[result] = array
        value = array.place(0)
      } else if case .value(let expression) = value {
        value = .place(expression)
      }
    case "open_existential_addr", "begin_access", "project_box": break
    case "open_existential_box":
      if case .value(let expression) = value { value = .place(expression) }
    default: break
    }
    if instruction.opcode == "upcast" || instruction.opcode == "unchecked_ref_cast",
      let type = instruction.operands.lastRange(of: "$")
    {
      types[result] = try? readType(instruction.operands[type.upperBound...])
    }
    values[result] = value
  }

  /// `debug_value %24, let, name "x"`
  private func name(_ instruction: SILInstruction) throws(SourceError) {
    guard let value = Self.values(in: instruction.operands).first,
      let name = Self.debugName(instruction.operands), name != "self",
      !instruction.operands.contains("argno"), !instruction.operands.contains("undef"),
      case .value(let expression) = values[value] ?? .nothing
    else { return }
    if let variable = expression.asVariable, !variable.isNamed, !variable.isParameter {
      variable.name = name
      variable.shown = name
    } else if expression.asVariable == nil, types[value]?.isVoid != true,
      definitions[value] == current
    {
      // All that uses the value comes behind this, because it was made in this block.
      let variable = Variable(name, type: types[value] ?? expression.type)
      emit(.declare(variable, expression))
      values[value] = .value(.variable(variable))
    }
  }

  /// `$any Error, $Bad`: where an error is put together before it is thrown.
  private func allocateError(_ instruction: SILInstruction) throws(SourceError) {
    let parts = Scanner.split(instruction.operands[...])
    guard let result = instruction.results.first, parts.count == 2 else {
      throw fail("'alloc_existential_box' of another form")
    }
    let variable = Variable(type: try readType(parts[0]), shown: "error")
    emit(.declare(variable, nil))
    values[result] = .place(.variable(variable))
    existentialPlaces.insert(result)
    emptyBoxes.insert(result)
    types[result] = variable.type
  }

  /// `index_addr %8, %17`
  private func index(_ instruction: SILInstruction) throws(SourceError) {
    let names = Self.values(in: instruction.operands)
    guard let result = instruction.results.first, names.count == 2, let array = starts[names[0]],
      case .raw(let text) = try value(names[1]), let index = Int(text),
      index < array.elements.count
    else { throw fail("an address in an array's storage") }
    values[result] = array.place(index)
    types[result] = array.type
  }

  private func literal(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first else { return }
    if instruction.opcode == "string_literal" {
      guard let quote = instruction.operands.firstIndex(of: "\"") else {
        throw fail("a text literal of another form")
      }
      let encoding = instruction.operands[..<quote].trimmed()
      guard encoding == "utf8" || encoding == "oslog" else {
        throw fail("a literal of bytes ('\(encoding)')")
      }
      return values[result] = .raw(String(instruction.operands[quote...]))
    }
    let parts = Scanner.split(instruction.operands[...])
    guard parts.count == 2 else { throw fail("a literal of another form") }
    if parts[0] == "$Builtin.Int1" {
      return alias(
        result, .literal(parts[1] == "0" ? "false" : "true", .named("Bool", [])),
        type: .named("Bool", []))
    }
    values[result] = .raw(String(parts[1]))
  }

  private func metatype(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first else { return }
    let type = try readType(instruction.operands)
    values[result] = .metatype(type.instance ?? type)
    types[result] = type
  }

  private func dynamicType(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first,
      let name = Self.values(in: instruction.operands).first
    else { return }
    let call = Compound(
      [.text("type(of: "), .expression(try expression(name), .assignment), .text(")")], .postfix,
      [])
    alias(result, .compound(call), type: nil)
  }

  private func tuple(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first else { return }
    var elements: [Value] = []
    var elementTypes: [SILType.Element] = []
    for name in Self.values(in: instruction.operands) {
      elements.append(try value(name))
      elementTypes.append(SILType.Element(label: nil, type: types[name] ?? .void))
    }
    values[result] = .tuple(elements)
    var type = SILType.tuple(elementTypes)
    if instruction.operands.hasPrefix("$"), let end = instruction.operands.firstRange(of: ") (") {
      type = (try? readType(instruction.operands[..<end.lowerBound] + ")")) ?? type
    }
    types[result] = type
  }

  private func destructure(_ instruction: SILInstruction) throws(SourceError) {
    guard let name = Self.values(in: instruction.operands).first else { return }
    if case .tuple(let elements) = try value(name) {
      for (result, element) in zip(instruction.results, elements) { values[result] = element }
      return
    }
    guard instruction.opcode == "destructure_tuple" else {
      throw fail("the instruction 'destructure_struct'")
    }
    let whole = try expression(name)
    for (index, result) in instruction.results.enumerated() {
      alias(result, .member(whole, String(index)), type: nil)
    }
  }

  /// `$P (%0, %1)`
  private func structure(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first,
      let open = instruction.operands.lastIndex(of: "(")
    else { throw fail("'struct' of another form") }
    let type = try readType(instruction.operands[..<open].trimmed())
    let names = Self.values(in: instruction.operands[open...])
    if names.count == 1, case .value(let inner) = try value(names[0]),
      inner.type == nil || inner.type == type || type.base == "Bool",
      program.declarations.declaration(of: type) == nil
    {
      return alias(result, inner, type: type)
    }
    if names.count == 1, case .raw(let text) = try value(names[0]) {
      return alias(result, .literal(text, type), type: type)
    }
    guard let fields = program.declarations.storedFields(of: type), fields.count == names.count
    else { throw fail("a value of '\(type)' made of its parts") }
    if isInitializer, let metatype = function.blocks.first?.arguments.last,
      case .metatype(type) = values[metatype.value] ?? .nothing
    {
      let this = Variable("self", type: type)
      this.isParameter = true
      this.isInout = true
      for (field, name) in zip(fields, names) {
        emit(.assign(.member(.variable(this), field), try expression(name)))
      }
      return values[result] = .value(.variable(this))
    }
    var pieces: [Compound.Piece] = [.text("\(type)(")]
    for (index, (field, name)) in zip(fields, names).enumerated() {
      pieces.append(.text((index > 0 ? ", " : "") + field + ": "))
      pieces.append(.typed(try expression(name), .assignment))
    }
    bind(result, .compound(Compound(pieces + [.text(")")], .postfix, [], type: type)), type: type)
  }

  /// `$E, #E.b!enumelt, %60`
  private func enumeration(_ instruction: SILInstruction) throws(SourceError) {
    let parts = Scanner.split(instruction.operands[...])
    guard let result = instruction.results.first, parts.count >= 2 else {
      throw fail("'enum' of another form")
    }
    let type = try readType(parts[0])
    let (_, element) = Self.element(parts[1])
    let payload = parts.count > 2 ? Self.values(in: parts[2]).first : nil
    var inner: Value?
    if let payload { inner = try value(payload) }
    alias(result, try enumValue(element, type, inner), type: type)
  }

  /// `%1, case #Optional.some!enumelt: %2, case #Optional.none!enumelt: %3 : $Builtin.Int1`
  private func choose(_ instruction: SILInstruction) throws(SourceError) {
    let parts = Scanner.split(instruction.operands[...])
    guard let result = instruction.results.first, parts.count >= 2,
      let name = Self.values(in: parts[0]).first
    else { throw fail("'\(instruction.opcode)' of another form") }
    let variable = Variable()
    emit(.declare(variable, nil))
    var cases: [Case] = []
    for part in parts.dropFirst() {
      let chosen = try expression(Self.values(in: part).last ?? "")
      variable.type = variable.type ?? chosen.type
      let element =
        part.hasPrefix("default") ? nil : Self.element(part.drop { $0 != "#" }).name
      let payload =
        element.flatMap { program.declarations.payload($0, of: types[name]) }
      let count = element.map { program.declarations.labels(ofCase: $0, in: types[name]).count }
      let bindings: [(label: String?, variable: Variable)] =
        payload == nil ? [] : (0..<(count ?? 1)).map { _ in (nil, Variable()) }
      cases.append(
        Case(
          name: element, bindings: bindings,
          body: [.assign(.variable(variable), chosen)]))
    }
    emit(.select(try place(name), cases))
    values[result] = .value(.variable(variable))
    types[result] = variable.type
  }

  private func global(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first else { return }
    let symbol = instruction.operands.drop { $0 == "@" }.prefix { $0 != " " }
    if let globalResult { return values[result] = .place(.variable(globalResult)) }
    let name = program.globalName(String(symbol))
    program.wantGlobal(name)
    values[result] = .place(.compound(Compound([.text(name)], .postfix, .reads)))
  }

  /// `unconditional_checked_cast %1 to $T`, `… Any in %1 to T in %2`
  private func cast(_ instruction: SILInstruction) throws(SourceError) {
    let names = Self.values(in: instruction.operands)
    guard let to = instruction.operands.lastRange(of: " to "), let name = names.first else {
      throw fail("a cast of another form")
    }
    let rest = instruction.operands[to.upperBound...]
    let text = rest.firstRange(of: " in %").map { rest[..<$0.lowerBound] } ?? rest
    let type = try readType(Scanner.split(text[...]).first ?? text[...])
    let cast = Compound(
      [.expression(try expression(name), .casting), .text(" as! \(type)")], .casting, .traps,
      type: type)
    if instruction.opcode == "unconditional_checked_cast", let result = instruction.results.first {
      bind(result, .compound(cast), type: type)
    } else {
      emit(.assign(try place(names[names.count - 1]), .compound(cast)))
    }
  }

  /// `$KeyPath<P, Int>, (root $P; stored_property #P.x : $Int)`
  private func keyPath(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first,
      let root = instruction.operands.firstRange(of: "(root $")
    else { throw fail("'keypath' of another form") }
    let steps = instruction.operands[root.upperBound...].split(separator: ";")
    var text = "\\\(try readType(steps[0]))"
    for step in steps.dropFirst() {
      guard step.contains("_property"), let name = step.firstIndex(of: "#") else {
        throw fail("a key path with '\(step.trimmed())'")
      }
      text += "." + Self.field(step[name...].prefix { $0 != ":" && $0 != "," && $0 != ")" })
    }
    alias(result, .fixed(text), type: nil)
  }
}

extension ArrayLiteral {
  /// Where an element is stored. A tuple has a place for each of its elements.
  func place(_ index: Int) -> Value { .place(.variable(elements[index])) }
}
