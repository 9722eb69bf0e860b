/// Prints statements as Swift, two blanks a level.
struct Writer {
  private(set) var lines: [String] = []
  private var indent: Int
  private let uses: Uses
  private let isInitializer: Bool

  init(_ body: [Statement], indent: Int, isInitializer: Bool = false) {
    uses = Uses(body)
    self.indent = indent
    self.isInitializer = isInitializer
    write(body)
  }

  private init(_ uses: Uses, indent: Int) {
    self.uses = uses
    self.indent = indent
    isInitializer = false
  }

  private mutating func line(_ text: String) {
    lines.append(String(repeating: "  ", count: indent) + text)
  }

  private mutating func write(_ body: [Statement]) {
    for statement in body { write(statement) }
  }

  private mutating func inside(_ body: [Statement]) {
    indent += 1
    write(body)
    indent -= 1
  }

  private mutating func write(_ statement: Statement) {
    switch statement {
    case .declare(let variable, let value): declare(variable, value)
    case .assign(let place, let value):
      line("\(text(place)) = \(trying(value, isTyped: true))")
    case .expression(let value): line(discarded(value))
    case .branch(let condition, let then, let other): branch("if", condition, then, other)
    case .select(let subject, let cases): select(subject, cases)
    case .loop(let label, let kind, let body): loop(label, kind, body)
    case .block(let label, let body):
      line("\(label.shown): do {")
      inside(body)
      line("}")
    case .attempt(let body, let error, let handler):
      line("do {")
      inside(body)
      line(error.shown == "error" ? "} catch {" : "} catch let \(error.shown) {")
      inside(handler)
      line("}")
    case .leave(let label): line(label.shown.isEmpty ? "break" : "break \(label.shown)")
    case .again(let label): line(label.shown.isEmpty ? "continue" : "continue \(label.shown)")
    case .result(let value):
      line(value.map { "return \(trying($0, isTyped: true))" } ?? "return")
    case .raise(let error): line("throw \(text(error))")
    }
  }

  private mutating func declare(_ variable: Variable, _ value: Expression?) {
    let isConstant = uses.isConstant(variable)
    guard let value else {
      let type = variable.type.map { ": \($0)" } ?? ""
      return line("var \(variable.shown)\(type)")
    }
    let type = variable.needsType(for: value) ? variable.type.map { ": \($0)" } ?? "" : ""
    let text = trying(value, isTyped: !type.isEmpty)
    line("\(isConstant ? "let" : "var") \(variable.shown)\(type) = \(text)")
  }

  private func discarded(_ value: Expression) -> String {
    let text = trying(value, isTyped: false)
    if case .compound(let compound) = value {
      if compound.precedence == .assignment || value.isNever { return text }
      if let type = compound.type, type.isVoid { return text }
    }
    return "_ = " + text
  }

  private mutating func branch(
    _ keyword: String, _ condition: Condition, _ then: [Statement], _ other: [Statement]
  ) {
    line("\(keyword) \(text(condition)) {")
    inside(then)
    var rest = other
    while rest.count == 1, case .branch(let condition, let then, let last) = rest[0] {
      line("} else if \(text(condition)) {")
      inside(then)
      rest = last
    }
    if !rest.isEmpty {
      line("} else {")
      inside(rest)
    }
    line("}")
  }

  private mutating func select(_ subject: Expression, _ cases: [Case]) {
    line("switch \(trying(subject, isTyped: false)) {")
    for item in cases {
      if let name = item.name {
        let parts = item.bindings.map { binding -> String in
          let label = binding.label.map { $0 + ": " } ?? ""
          let isUsed = item.body.uses(binding.variable)
          let keyword = item.body.writes(binding.variable) ? "var" : "let"
          return label + (isUsed ? "\(keyword) \(binding.variable.shown)" : "_")
        }
        let isBare = !item.bindings.contains { item.body.uses($0.variable) }
        let payload = parts.isEmpty || isBare ? "" : "(" + parts.joined(separator: ", ") + ")"
        line("case .\(name.asIdentifier)\(payload):")
      } else {
        line("default:")
      }
      if item.body.isEmpty {
        indent += 1
        line("break")
        indent -= 1
      } else {
        inside(item.body)
      }
    }
    line("}")
  }

  private mutating func loop(_ label: Label, _ kind: Loop, _ body: [Statement]) {
    let name = label.shown.isEmpty ? "" : label.shown + ": "
    switch kind {
    case .forever: line("\(name)while true {")
    case .whileTrue(let condition): line("\(name)while \(text(condition)) {")
    case .over(let variable, let sequence):
      let shown = body.uses(variable) ? variable.shown : "_"
      line("\(name)for \(shown) in \(trying(sequence, isTyped: false)) {")
    case .repeatWhile: line("\(name)repeat {")
    }
    inside(body)
    if case .repeatWhile(let condition) = kind {
      line("} while \(trying(condition, isTyped: false))")
    } else {
      line("}")
    }
  }

  private func text(_ condition: Condition) -> String {
    switch condition {
    case .boolean(let value): trying(value, isTyped: false)
    case .some(let variable, let value):
      "let \(variable.shown) = \(trying(value, isTyped: false))"
    case .isSome(let value):
      text(
        .compound(
          Compound(
            [.expression(value, Precedence.comparison.above), .text(" != nil")], .comparison, [])))
    }
  }

  // MARK: Expressions

  private func trying(_ value: Expression, isTyped: Bool) -> String {
    (value.canThrow ? "try " : "") + text(value, isTyped: isTyped)
  }

  func text(_ value: Expression, isTyped: Bool = false) -> String {
    switch value {
    case .variable(let variable): variable.shown
    case .literal(let text, let type): isTyped ? Self.bare(text, type) : Self.literal(text, type)
    case .defaultArgument: ""
    case .closure(let closure): self.text(closure)
    case .compound(let compound):
      self.text(compound, isTyped: isTyped)
    }
  }

  private func text(_ compound: Compound, isTyped: Bool) -> String {
    // `Optional(x)` where the place says that it is optional.
    if isTyped, compound.pieces.count == 3, case .text("Optional(") = compound.pieces[0],
      let inner = compound.pieces[1].expression, !inner.isNilLiteral
    {
      return text(inner, isTyped: true)
    }
    var result = ""
    for piece in compound.pieces {
      switch piece {
      case .text(let text): result += text
      case .place(let value): result += text(value)
      case .expression(let value, let minimum):
        result += text(value, isTyped: false, minimum)
      case .typed(let value, let minimum): result += text(value, isTyped: true, minimum)
      }
    }
    return result
  }

  private func text(_ value: Expression, isTyped: Bool, _ minimum: Precedence) -> String {
    let plain = text(value, isTyped: isTyped)
    guard case .compound(let compound) = value, compound.precedence < minimum else {
      if case .literal = value, plain.hasPrefix("-"), minimum > .prefix { return "(\(plain))" }
      return plain
    }
    return "(\(plain))"
  }

  /// A literal where nothing says its type.
  private static func literal(_ text: String, _ type: SILType) -> String {
    let plain = bare(text, type)
    switch type {
    case .named("Int", []), .named("String", []), .named("Bool", []), .named("Double", []):
      return plain
    case .tuple([]): return plain
    case .named("Optional", _): return "\(type).none"
    case .named("Array", _) where text == "[]": return "\(type)()"
    default: return "(\(plain) as \(type))"
    }
  }

  private static func bare(_ text: String, _ type: SILType) -> String {
    let isFloat = ["Double", "Float", "Float80", "CGFloat"].contains(type.base)
    return isFloat && text.allSatisfy { $0.isNumber || $0 == "-" } ? text + ".0" : text
  }

  private func text(_ closure: Closure) -> String {
    if closure.isImplicit, closure.body.count == 1, case .result(let value?) = closure.body[0] {
      // The `try` of the call around it is for this, too.
      return text(value, isTyped: true)
    }
    let parameters = closure.parameters.map { parameter in
      let type = parameter.type.map { type in
        ": " + (closure.inoutParameters.contains(parameter) ? "inout " : "") + "\(type)"
      }
      return parameter.shown + (type ?? "")
    }.joined(separator: ", ")
    let effect = closure.doesThrow ? " throws" : ""
    var writer = Writer(uses.merging(closure.body), indent: indent + 1)
    writer.write(closure.body)
    let call = closure.isImplicit ? "()" : ""
    let head =
      closure.isImplicit
      ? ""
      : " (\(parameters))\(effect) -> \(closure.result.isVoid ? "Void" : "\(closure.result)") in"
    if closure.body.count == 1, case .result(let value?) = closure.body[0] {
      let body = trying(value, isTyped: true)
      if !body.contains("\n") { return "{\(head) \(body) }\(call)" }
    }
    if writer.lines.isEmpty { return "{\(head) }\(call)" }
    return "{\(head)\n" + writer.lines.joined(separator: "\n") + "\n"
      + String(repeating: "  ", count: indent) + "}\(call)"
  }
}

extension Uses {
  /// A closure's body is counted where it stands.
  fileprivate func merging(_ body: [Statement]) -> Uses { self }
}

extension [Statement] {
  fileprivate func writes(_ variable: Variable) -> Bool {
    var found = false
    forEachVariable { used, isWritten in if isWritten, used == variable { found = true } }
    return found
  }
}

extension Expression {
  fileprivate var isNilLiteral: Bool {
    if case .literal("nil", _) = self { return true }
    return false
  }
}

extension Variable {
  /// Whether a declaration has to say the type.
  fileprivate func needsType(for value: Expression) -> Bool {
    guard let type, !type.description.contains("τ_") else { return false }
    switch value {
    case .literal(let text, let literal):
      if literal != type || text == "nil" || text == "[]" { return true }
      return !["Int", "String", "Bool", "Double"].contains(type.base)
    case .closure: return false
    case .variable(let other): return other.type != type
    case .compound(let compound):
      return compound.needsType || compound.type == nil || compound.type != type
    case .defaultArgument: return false
    }
  }
}
