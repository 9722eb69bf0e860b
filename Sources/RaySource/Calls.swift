/// A call as SIL has it: `%13<Array<Int>>(%8, %10) : $@convention(method) …`.
struct Application {
  var callee: String
  var generics: [SILType] = []
  var arguments: [String]
  /// With the generic arguments put in.
  var type: SILFunctionType
  /// Whether the type of a parameter is the callee's own, not a generic one.
  var isConcrete: [Bool]

  init(_ text: some StringProtocol) throws(SourceError) {
    var scan = Scanner(text)
    while scan.take("[") {
      _ = scan.balanced(until: "]")
      scan.blanks()
    }
    callee = scan.value()
    if scan.take("<") {
      for part in Scanner.split(scan.balanced(until: ">")) {
        generics.append(try SILType(reading: part))
      }
    }
    guard !callee.isEmpty, scan.take("(") else {
      throw SourceError("a call of another form")
    }
    arguments = Scanner.split(scan.balanced(until: ")")).map(String.init)
    guard scan.take(" : "), scan.take("$") else { throw SourceError("a call without a type") }
    var reader = SILTypeReader(scan)
    guard case .function(let type) = try reader.type() else {
      throw SourceError("a call of something that is no function")
    }
    let names = Set(type.generics)
    isConcrete = type.parameters.map { part in
      names.isEmpty || !names.contains { part.type.description.contains($0) }
    }
    self.type = type.applied(to: generics)
    scan = reader.scan
    rest = scan.rest
  }

  /// What comes behind: `, normal bb3, error bb7`.
  private(set) var rest: Substring = ""

  var indirectResults: [String] {
    Array(arguments.prefix(type.results.count { $0.isIndirectResult }))
  }

  /// Without indirect results and error slots.
  var passed: ArraySlice<String> {
    let isIndirectError = type.error?.has("error_indirect") ?? false
    return arguments.dropFirst(indirectResults.count + (isIndirectError ? 1 : 0))
  }
}

extension Lowering {
  func application(_ text: some StringProtocol) throws(SourceError) -> Application {
    do { return try Application(text) } catch { throw fail(error.reason) }
  }

  func reference(_ instruction: SILInstruction) throws(SourceError) {
    guard let result = instruction.results.first,
      let colon = instruction.operands.firstRange(of: " : $")
    else { throw fail("'function_ref' of another form") }
    var symbol = String(instruction.operands[..<colon.lowerBound].drop { $0 == "@" })
    if symbol.hasPrefix("\"") { symbol = String(symbol.dropFirst().dropLast()) }
    guard case .function(let type) = try readType(instruction.operands[colon.upperBound...]) else {
      throw fail("'function_ref' of another form")
    }
    let text = instruction.callee ?? program.module.function(symbol)?.name ?? symbol
    values[result] = .function(
      CalleeReference(symbol: symbol, name: CalleeName(text), type: type))
  }

  /// `$T, #Comparable."<" : <Self …> (Self.Type) -> … : $@convention(witness_method: Comparable) …`,
  /// `%0 : $C, #C.f : (C) -> () -> Int, $@convention(method) …`
  func lookup(_ instruction: SILInstruction) throws(SourceError) {
    let operands = instruction.operands
    guard let result = instruction.results.first, let hash = operands.firstIndex(of: "#"),
      let dollar = operands.lastRange(of: instruction.opcode == "witness_method" ? ": $" : ", $")
    else { throw fail("'\(instruction.opcode)' of another form") }
    guard case .function(let type) = try readType(operands[dollar.upperBound...]) else {
      throw fail("'\(instruction.opcode)' of another form")
    }
    let path = String(operands[hash...].prefix { $0 != " " && $0 != "," })
    var lookup: SILType?
    if instruction.opcode == "witness_method" {
      lookup = try readType(Scanner.split(operands[...]).first ?? "")
    }
    let known = program.module.methods[path] ?? program.declarations.requirement(path)
    let formal = operands[hash...].firstRange(of: " : ").map {
      operands[$0.upperBound..<dollar.lowerBound]
    }
    let name =
      known.map { CalleeName($0) }
      ?? CalleeName(requirement: path, arguments: type.parameters.count - 1)
    _ = formal
    values[result] = .function(
      CalleeReference(symbol: path, name: name, type: type, lookup: lookup))
  }

  func apply(_ instruction: SILInstruction) throws(SourceError) {
    let application = try application(instruction.operands)
    guard let result = instruction.results.first else { return }
    if try applySpecial(application, result) { return }
    if try inline(application, result) { return }
    let call = try call(application)
    if isInitializer, case .function(let reference) = try value(application.callee),
      reference.name.kind == .initializer, let this = application.passed.last,
      case .value(.variable(let variable)) = try value(this), variable.name == "self"
    {
      // `super.init(…)`, `self.init(…)`: what they give is `self`.
      guard case .compound(var statement) = call else { throw fail("an initializer") }
      statement.type = .void
      emit(.expression(.compound(statement)))
      return values[result] = .value(.variable(variable))
    }
    try deliver(call, of: application, to: result)
  }

  /// Puts what a call gives where SIL wants it.
  func deliver(
    _ call: Expression, of application: Application, to result: String?
  ) throws(SourceError) {
    let results = application.type.results.filter { !$0.type.isVoid }
    types[result ?? ""] = application.type.result
    if results.isEmpty {
      if let result { values[result] = .tuple([]) }
      return emit(.expression(call))
    }
    let indirect = application.indirectResults
    if application.type.results.count == 1 {
      if let target = indirect.first {
        if let result { values[result] = .tuple([]) }
        return try store(call, to: target)
      }
      guard let result else { return }
      return bind(result, call, type: application.type.result)
    }
    let whole = Variable(type: application.type.result)
    emit(.declare(whole, call))
    var direct: [Value] = []
    var rest = indirect[...]
    for (index, part) in application.type.results.enumerated() {
      let element = Expression.member(.variable(whole), String(index))
      if part.isIndirectResult, let target = rest.popFirst() {
        try store(element, to: target)
      } else {
        direct.append(.value(element))
      }
    }
    if let result { values[result] = direct.count == 1 ? direct[0] : .tuple(direct) }
  }

  /// `(%address, %token) = begin_apply …`: a place of an object's own.
  func beginApply(_ instruction: SILInstruction) throws(SourceError) {
    let application = try application(instruction.operands)
    guard case .function(let reference) = try value(application.callee),
      reference.name.kind == .modify || reference.name.kind == .read,
      let result = instruction.results.first
    else { throw fail("a coroutine") }
    let place = try accessor(reference, application)
    values[result] = .place(place)
    types[result] = application.type.results.first?.type
  }

  /// Calls that are no calls in Swift: literals, arrays' storage.
  private func applySpecial(
    _ application: Application, _ result: String
  ) throws(SourceError) -> Bool {
    guard case .function(let reference) = try value(application.callee) else { return false }
    let name = reference.name
    if name.kind == .defaultArgument {
      values[result] = .value(.defaultArgument)
      return true
    }
    if name.kind == .initializer, let label = name.labels?.first ?? nil, label.hasPrefix("_builtin")
    {
      let type = application.type.result
      let literal = Expression.literal(
        try literalText(application.passed.first ?? "", label), type)
      if let target = application.indirectResults.first {
        try store(literal, to: target)
        literals[target] = literal
        values[result] = .tuple([])
      } else {
        alias(result, literal, type: type)
      }
      return true
    }
    if name.kind == .initializer, name.context.hasPrefix("ExpressibleBy"),
      let argument = application.passed.first, case .literal(let text, _) = literals[argument],
      let target = application.indirectResults.first
    {
      // A literal of a generic type: `0 as T`.
      try store(.literal(text, application.type.result), to: target)
      values[result] = .tuple([])
      return true
    }
    switch name.base {
    case "_allocateUninitializedArray":
      guard case .raw(let text) = try value(application.passed.first ?? ""), let count = Int(text)
      else { throw fail("an array of unknown length") }
      let array = ArrayLiteral(
        count: count, type: application.type.results.first?.type.arguments.first ?? .void)
      for element in array.elements { emit(.declare(element, nil)) }
      values[result] = .tuple([.elements(array), .elements(array)])
      return true
    case "_finalizeUninitializedArray":
      values[result] = try value(application.passed.first ?? "")
      types[result] = application.type.result
      return true
    case "_diagnoseUnexpectedNilOptional", "_endMutation", "swift_willThrowTyped":
      values[result] = .tuple([])
      return true
    default: break
    }
    if name.base.hasPrefix("_convert"), name.base.hasSuffix("PointerArgument") {
      try convert(name.base, application, result)
      return true
    }
    if reference.symbol == "swift_getAtKeyPath" {
      let passed = Array(application.passed)
      let read = Compound(
        [
          .expression(try expression(passed[0]), .postfix), .text("[keyPath: "),
          .expression(try expression(passed[1]), .assignment), .text("]"),
        ], .postfix, .call, type: application.type.result)
      try deliver(.compound(read), of: application, to: result)
      return true
    }
    if name.kind == .addressor {
      let place =
        name.context.isEmpty || !application.passed.isEmpty
        ? try accessor(reference, application)
        : Expression.compound(
          Compound([.text(name.context + "." + name.base)], .postfix, .reads))
      values[result] = .value(place)
      return true
    }
    return false
  }

  /// `&x`, an array or a text where a pointer is wanted.
  private func convert(
    _ name: String, _ application: Application, _ result: String
  ) throws(SourceError) {
    guard let argument = application.passed.last, let target = application.indirectResults.first
    else { throw fail("'\(name)' of another form") }
    var pointer = Compound(
      [.expression(try expression(argument), .assignment)], .assignment, [], type: types[target])
    if name == "_convertInOutToPointerArgument" {
      pointer.pieces = [.text("&"), .place(try expression(argument))]
    }
    emit(.assign(try place(target), .compound(pointer)))
    values[result] = .tuple([.value(.literal("nil", .named("Optional", [])))])
  }

  private func literalText(_ argument: String, _ label: String) throws(SourceError) -> String {
    if case .value(.literal(let text, _)) = try value(argument) { return text }
    guard case .raw(let text) = try value(argument) else { throw fail("a literal of another form") }
    if label == "_builtinUnicodeScalarLiteral", let code = UInt32(text),
      let scalar = Unicode.Scalar(code)
    {
      return scalar.isASCII && code >= 32 && code != 34 && code != 92
        ? "\"\(Character(scalar))\"" : "\"\\u{\(String(code, radix: 16))}\""
    }
    if label == "_builtinFloatLiteral" {
      guard let number = Self.double(text) else { throw fail("a number of another form") }
      return number.description
    }
    return text
  }
}
