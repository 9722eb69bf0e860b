// The last instructions of blocks.
extension Lowering {
  typealias Jump = (Int, [Expression]) throws(SourceError) -> [Statement]

  /// The blocks that a block goes to.
  func successors(_ block: Int) throws(SourceError) -> [Int] {
    let last = try terminator(block)
    switch last.opcode {
    case "return", "throw", "throw_addr", "unreachable": return []
    case "br", "cond_br", "switch_enum", "switch_enum_addr", "try_apply", "checked_cast_br",
      "checked_cast_addr_br":
      var targets: [Int] = []
      for part in Self.targets(last.operands) {
        let number = try number(part)
        if !targets.contains(number) { targets.append(number) }
      }
      return targets
    default: throw fail("the instruction '\(last.opcode)'")
    }
  }

  /// `bb1(%2 : $Int)`, `case #E.a!enumelt: bb2`, `normal bb3`
  private static func targets(_ operands: String) -> [String] {
    operands.ranges(of: "bb").compactMap { found in
      let before = operands[..<found.lowerBound].last ?? " "
      guard before == " " else { return nil }
      let digits = operands[found.upperBound...].prefix(while: \.isNumber)
      guard !digits.isEmpty else { return nil }
      let after = operands[digits.endIndex...].first ?? " "
      guard !after.isLetter, after != "." else { return nil }
      return "bb" + digits
    }
  }

  func terminate(_ block: Int, _ jump: Jump) throws(SourceError) -> [Statement] {
    let last = try terminator(block)
    statements = []
    switch last.opcode {
    case "return": return try finish(last)
    case "throw":
      let name = Self.values(in: last.operands).first ?? ""
      return [.raise(try expression(name))]
    case "throw_addr":
      return [.raise(try errorVariable())]
    case "unreachable": return unreachable(block)
    case "br":
      let (target, values) = try target(last.operands)
      return try jump(target, values)
    case "cond_br": return try conditional(last, jump)
    case "switch_enum", "switch_enum_addr": return try select(last, block, jump)
    case "try_apply": return try attempt(last, jump)
    case "checked_cast_br", "checked_cast_addr_br": return try checkedCast(last, jump)
    default: throw fail("the instruction '\(last.opcode)'")
    }
  }

  /// Whether a block only ends the function; it may stand wherever a jump leads to it.
  func isReturn(_ block: Int) -> Bool {
    let simple: Set = [
      "load", "struct_extract", "tuple_extract", "tuple", "debug_value", "begin_access", "enum",
      "struct", "copy_addr",
    ]
    let instructions = function.blocks[block].instructions
    guard let last = instructions.last, ["return", "throw", "throw_addr"].contains(last.opcode)
    else { return false }
    return instructions.dropLast().allSatisfy {
      simple.contains($0.opcode) || Self.ignored.contains($0.opcode)
    }
  }

  /// Whether a block only hands an error on.
  func isThrow(_ block: Int) -> Bool {
    isReturn(block) && function.blocks[block].instructions.last?.opcode != "return"
  }

  private func errorVariable() throws(SourceError) -> Expression {
    guard let entry = function.blocks.first else { throw fail("'throw_addr'") }
    let count = type.results.count { $0.isIndirectResult }
    guard count < entry.arguments.count else { throw fail("'throw_addr'") }
    return try place(entry.arguments[count].value)
  }

  private func finish(_ last: SILInstruction) throws(SourceError) -> [Statement] {
    if let globalResult { return [.result(.variable(globalResult))] }
    if isInitializer {
      // What is returned is `self`, or nil of an initializer that can fail.
      let name = Self.values(in: last.operands).first ?? ""
      if case .value(.literal("nil", _)) = values[name] ?? .nothing {
        return [.result(.literal("nil", .named("Optional", [])))]
      }
      return [.result(nil)]
    }
    let name = Self.values(in: last.operands).first ?? ""
    if resultVariables.isEmpty {
      if type.results.allSatisfy(\.type.isVoid) { return [.result(nil)] }
      return [.result(try expression(name))]
    }
    if resultVariables.count == 1, type.results.count == 1 {
      if type.results[0].type.isVoid { return [.result(nil)] }
      return [.result(.variable(resultVariables[0]))]
    }
    var direct: [Value] = []
    let directCount = type.results.count - resultVariables.count
    if directCount > 0 {
      let value = try value(name)
      for part in try parts(of: value, count: directCount) { direct.append(.value(part)) }
    }
    var indirect = resultVariables[...]
    var all: [Value] = []
    for part in type.results {
      if part.isIndirectResult, let variable = indirect.popFirst() {
        all.append(.value(.variable(variable)))
      } else {
        all.append(direct.removeFirst())
      }
    }
    return [.result(try expression(of: .tuple(all)))]
  }

  /// What never returns has said so; anything else is what the compiler proved impossible.
  private func unreachable(_ block: Int) -> [Statement] {
    let isCall = function.blocks[block].instructions.dropLast().last {
      $0.opcode == "apply" || $0.opcode == "builtin"
    }
    if let isCall, isCall.operands.contains("-> Never") || isCall.operands.contains("-> @out Never")
    {
      return []
    }
    return [
      .expression(
        .compound(
          Compound(
            [.text("fatalError(\"unreachable\")")], .postfix, .call, type: .named("Never", []))))
    ]
  }

  /// `bb3(%1 : $Int, %2 : $Bool)`
  private func target(_ text: some StringProtocol) throws(SourceError) -> (Int, [Expression]) {
    var scan = Scanner(text)
    scan.blanks()
    let number = try number(String(scan.word()))
    var values: [Expression] = []
    if scan.take("(") {
      for part in Scanner.split(scan.balanced(until: ")")) {
        values.append(try expression(Self.values(in: part).first ?? ""))
      }
    }
    return (number, values)
  }

  /// `%10, bb1, bb2`
  private func conditional(_ last: SILInstruction, _ jump: Jump) throws(SourceError) -> [Statement]
  {
    let parts = Scanner.split(last.operands[...])
    guard parts.count >= 3 else { throw fail("'cond_br' of another form") }
    let condition = try expression(Self.values(in: parts[0]).first ?? "")
    let (yes, yesValues) = try target(parts[1])
    let (no, noValues) = try target(parts[2])
    let then = try jump(yes, yesValues)
    return [.branch(.boolean(condition), then, try jump(no, noValues))]
  }

  /// `%21, case #Optional.some!enumelt: bb2, default bb6`
  private func select(
    _ last: SILInstruction, _ block: Int, _ jump: Jump
  ) throws(SourceError) -> [Statement] {
    let parts = Scanner.split(last.operands[...])
    guard let name = Self.values(in: parts.first ?? "").first else {
      throw fail("a switch of another form")
    }
    let subject = try place(name)
    let type = types[name]
    var cases: [Case] = []
    for part in parts.dropFirst() {
      guard let colon = part.firstRange(of: "enumelt: ") else {
        let (number, _) = try target(part.drop { $0 != "b" }.description.dropDefault)
        if isImpossible(number) { continue }
        cases.append(Case(name: nil, body: try jump(number, argumentOf(number, subject))))
        continue
      }
      let (_, element) = Self.element(part.drop { $0 != "#" })
      let (number, _) = try target(part[colon.upperBound...])
      if type?.base == "Optional", element == "none", isNilTrap(number) { continue }
      let (bindings, value) = bindings(element, type)
      let key = "\(subject.key).\(element)"
      let before = boundPayloads[key]
      boundPayloads[key] = value
      var payload: [Expression] = []
      if last.opcode == "switch_enum", function.blocks[number].arguments.count == 1 {
        payload = [try expression(of: value)]
      }
      let body = try jump(number, payload)
      boundPayloads[key] = before
      cases.append(Case(name: element, bindings: bindings, body: body))
    }
    if type?.base == "Optional", cases.count == 1, cases[0].name == "some",
      let variable = cases[0].bindings.first?.variable
    {
      // The other case ends the program: `x!`.
      let forced = Compound(
        [.expression(subject, .postfix), .text("!")], .postfix, .traps, type: variable.type)
      return [.declare(variable, .compound(forced))] + cases[0].body
    }
    return [.select(subject, cases)]
  }

  private func argumentOf(_ block: Int, _ subject: Expression) -> [Expression] {
    function.blocks[block].arguments.isEmpty ? [] : [subject]
  }

  /// A payload's variables: one for each part, so that patterns take it apart.
  private func bindings(
    _ element: String, _ type: SILType?
  ) -> ([(label: String?, variable: Variable)], Value) {
    guard let payload = program.declarations.payload(element, of: type), !payload.isVoid else {
      return ([], .tuple([]))
    }
    let labels = program.declarations.labels(ofCase: element, in: type)
    guard labels.count > 1, case .tuple(let elements) = payload else {
      let variable = Variable(type: payload)
      return ([(labels.first ?? nil, variable)], .value(.variable(variable)))
    }
    let variables = elements.map { Variable(type: $0.type) }
    return (
      zip(labels, variables).map { ($0, $1) },
      .tuple(variables.map { .value(.variable($0)) })
    )
  }

  private func isImpossible(_ block: Int) -> Bool {
    function.blocks[block].instructions.allSatisfy {
      $0.opcode == "unreachable" || $0.opcode == "debug_step"
    }
  }

  /// Whether a block only reports that an optional was nil.
  private func isNilTrap(_ block: Int) -> Bool {
    let instructions = function.blocks[block].instructions
    return instructions.last?.opcode == "unreachable"
      && instructions.contains { $0.callee?.hasPrefix("_diagnoseUnexpectedNilOptional") ?? false }
  }

  /// `%36(%33) : $…, normal bb3, error bb7`
  private func attempt(_ last: SILInstruction, _ jump: Jump) throws(SourceError) -> [Statement] {
    let application = try application(last.operands)
    let parts = Scanner.split(application.rest)
    guard let normal = parts.first(where: { $0.hasPrefix("normal ") }),
      let error = parts.first(where: { $0.hasPrefix("error ") })
    else { throw fail("'try_apply' of another form") }
    let (normalBlock, _) = try target(normal.dropFirst("normal ".count))
    let (errorBlock, _) = try target(error.dropFirst("error ".count))
    var call = try call(application)
    let isImpossible = neverThrows(errorBlock)
    if case .compound(var compound) = call, !isImpossible {
      compound.doesThrow = true
      call = .compound(compound)
    }
    let argument = function.blocks[normalBlock].arguments.first?.value ?? "%normal"
    let before = values[argument]
    statements = []
    try deliver(call, of: application, to: argument)
    var body = statements
    let given = values[argument].map { value -> Value in value } ?? .tuple([])
    values[argument] = before
    var passed: [Expression] = []
    if !function.blocks[normalBlock].arguments.isEmpty { passed = [try expression(of: given)] }
    if isImpossible {
      body += try jump(normalBlock, passed)
      return body
    }
    let caught = Variable(type: .marked("any", .named("Error", [])), shown: "error")
    // An error of a type that is not known goes through memory.
    var slot: [Statement] = []
    if application.type.error?.has("error_indirect") ?? false {
      let name = application.arguments[application.indirectResults.count]
      slot = [.assign(try place(name), .variable(caught))]
    }
    let handler =
      try slot
      + jump(
        errorBlock, function.blocks[errorBlock].arguments.isEmpty ? [] : [.variable(caught)])
    // What the call gives is seen behind the `do`.
    var outside: [Statement] = []
    body = body.map { statement in
      guard case .declare(let variable, let value?) = statement else { return statement }
      outside.append(.declare(variable, nil))
      return .assign(.variable(variable), value)
    }
    if case .tuple(let elements) = given, elements.isEmpty, !passed.isEmpty {
      passed = [.literal("()", .void)]
    }
    return outside + [.attempt(body, caught, handler)] + (try jump(normalBlock, passed))
  }

  /// Whether the block that an error leads to ends the program: nothing is thrown there.
  private func neverThrows(_ block: Int) -> Bool {
    let instructions = function.blocks[block].instructions
    return instructions.last?.opcode == "unreachable"
      && instructions.allSatisfy {
        !["apply", "builtin", "try_apply"].contains($0.opcode)
      }
  }

  /// `[exact] Any in %1 to Int, bb1, bb2`
  private func checkedCast(_ last: SILInstruction, _ jump: Jump) throws(SourceError) -> [Statement]
  {
    let names = Self.values(in: last.operands)
    let parts = Scanner.split(last.operands[...])
    guard let to = last.operands.firstRange(of: " to "), let name = names.first, parts.count >= 3
    else { throw fail("a cast of another form") }
    let text = last.operands[to.upperBound...]
    let first = Scanner.split(text).first ?? text
    let type = try readType(first.firstRange(of: " in %").map { first[..<$0.lowerBound] } ?? first)
    let (yes, _) = try target(parts[parts.count - 2])
    let (no, _) = try target(parts[parts.count - 1])
    let variable = Variable(type: type)
    let cast = Compound(
      [.expression(try expression(name), .casting), .text(" as? \(type)")], .casting, .reads,
      type: .named("Optional", [type]))
    var then: [Statement] = []
    var passed: [Expression] = []
    if last.opcode == "checked_cast_addr_br" {
      then = [.assign(try place(names[1]), .variable(variable))]
    } else if !function.blocks[yes].arguments.isEmpty {
      passed = [.variable(variable)]
    }
    then += try jump(yes, passed)
    let failed: [Expression] =
      last.opcode == "checked_cast_br" && !function.blocks[no].arguments.isEmpty
      ? [try expression(name)] : []
    return [.branch(.some(variable, .compound(cast)), then, try jump(no, failed))]
  }
}

extension String {
  /// `bb6` of `default bb6`.
  var dropDefault: Substring {
    hasPrefix("bb") ? self[...] : drop { $0 != " " }.dropFirst()
  }
}
