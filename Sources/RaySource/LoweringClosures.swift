// Functions as values.
extension Lowering {
  /// A function that is not called but handed on.
  ///
  /// - Parameter captures: what its last parameters stand for.
  func functionValue(
    _ reference: CalleeReference, captures: [String]
  ) throws(SourceError) -> Expression {
    switch reference.name.kind {
    case .closure, .implicitClosure: return try closure(reference, captures)
    case .thunk:
      guard let inner = captures.first else { throw fail("'\(reference.name.text)'") }
      return try expression(inner)
    case .local:
      return try forwarding(reference, captures)
    case .function where captures.isEmpty && !reference.type.isMethod:
      return .fixed(try program.require(reference))
    case .initializer where captures.isEmpty:
      return .fixed("\(reference.type.result).init")
    case .function where captures.count == 1:
      let object = try expression(captures[0])
      let title = try program.require(reference)
      return .compound(
        Compound([.expression(object, .postfix), .text("." + title)], .postfix, .reads))
    case .infix, .prefix, .postfix: return .fixed("(\(reference.name.base))")
    default: throw fail("'\(reference.name.text)' as a value")
    }
  }

  func partialApply(_ instruction: SILInstruction) throws(SourceError) {
    let application = try application(instruction.operands)
    guard let result = instruction.results.first,
      case .function(let reference) = try value(application.callee)
    else {
      guard let result = instruction.results.first else { return }
      return alias(result, try expression(application.callee), type: nil)
    }
    let closure = try functionValue(reference, captures: application.arguments)
    alias(result, closure, type: nil)
  }

  private func closure(
    _ reference: CalleeReference, _ captures: [String]
  ) throws(SourceError) -> Expression {
    guard let body = program.module.function(reference.symbol) else {
      throw fail("'\(reference.name.text)', which has no body")
    }
    let lowering = try Lowering(program, body)
    var captured: [Value] = []
    for name in captures {
      var value = try value(name)
      // A closure sees the variable itself, or what has been taken out of it before.
      switch value {
      case .place(let place):
        place.forEachVariable { variable, _ in variable.isCaptured = true }
      case .elements, .raw: value = .value(try expression(of: value))
      default: break
      }
      captured.append(value)
    }
    let statements = try lowering.body(captures: captured)
    let closure = Closure(
      parameters: lowering.parameters, result: lowering.type.result,
      doesThrow: lowering.type.doesThrow, body: statements,
      isImplicit: reference.name.kind == .implicitClosure && lowering.parameters.isEmpty)
    closure.inoutParameters = lowering.inoutParameters
    if closure.doesThrow, !statements.throwsErrors { closure.doesThrow = false }
    return .closure(closure)
  }

  /// A local function as a value: a closure that calls it with what it captures.
  private func forwarding(
    _ reference: CalleeReference, _ captures: [String]
  ) throws(SourceError) -> Expression {
    let title = try program.require(reference)
    if captures.isEmpty { return .fixed(title) }
    let own = reference.type.parameters.dropLast(captures.count)
    var pieces: [Compound.Piece] = [.text(title + "(")]
    var parameters: [Variable] = []
    for part in own {
      let variable = Variable(type: part.type, shown: "argument")
      variable.isParameter = true
      if !parameters.isEmpty { pieces.append(.text(", ")) }
      parameters.append(variable)
      pieces.append(.typed(.variable(variable), .assignment))
    }
    for (index, name) in captures.enumerated() {
      if index > 0 || !own.isEmpty { pieces.append(.text(", ")) }
      let value = try expression(name)
      value.forEachVariable { variable, _ in variable.isCaptured = true }
      let isInout = reference.type.parameters[own.count + index].isInout
      if isInout { pieces.append(.text("&")) }
      pieces.append(isInout ? .place(value) : .expression(value, .assignment))
    }
    var call = Compound(pieces + [.text(")")], .postfix, .call, type: reference.type.result)
    call.doesThrow = reference.type.doesThrow
    return .closure(
      Closure(
        parameters: parameters, result: reference.type.result,
        doesThrow: reference.type.doesThrow, body: [.result(.compound(call))], isImplicit: false))
  }
}

extension [Statement] {
  /// Whether an error can leave them.
  var throwsErrors: Bool {
    contains { statement in
      if case .raise = statement { return true }
      if statement.expressions.contains(where: \.canThrow) { return true }
      if case .attempt(_, _, let handler) = statement { return handler.throwsErrors }
      return statement.bodies.contains { $0.throwsErrors }
    }
  }
}

extension Expression {
  /// Whether it has a call that needs `try`, outside of closures.
  var canThrow: Bool {
    guard case .compound(let compound) = self else {
      if case .closure(let closure) = self, closure.isImplicit { return closure.body.throwsErrors }
      return false
    }
    return compound.doesThrow || compound.pieces.contains { $0.expression?.canThrow ?? false }
  }
}
