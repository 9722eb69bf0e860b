extension Lowering {
  /// A call as an expression.
  func call(_ application: Application) throws(SourceError) -> Expression {
    var compound = try compound(application)
    compound.isCall = true
    compound.type = application.type.result
    compound.needsType = !application.generics.isEmpty
    return .compound(compound)
  }

  private func compound(_ application: Application) throws(SourceError) -> Compound {
    guard case .function(let reference) = try value(application.callee) else {
      let callee = try expression(application.callee)
      return Compound(
        [.expression(callee, .postfix)]
          + (try list(application.passed, application, labels: [], callee: nil)), .postfix, .call)
    }
    let name = reference.name
    var effect = name.effect
    switch name.kind {
    case .infix, .prefix, .postfix:
      return try operation(reference, application, effect)
    case .getter, .modify, .read, .setter, .addressor:
      let place = try accessor(reference, application)
      guard case .compound(var compound) = place else { throw fail("an accessor") }
      if name.kind == .setter, let value = application.passed.first {
        compound.pieces = [
          .place(place), .text(" = "), .typed(try expression(value), .assignment),
        ]
        compound.precedence = .assignment
        effect = .call
      }
      compound.effect = effect
      return compound
    case .closure, .implicitClosure:
      let closure = try functionValue(
        reference, captures: Array(application.passed.dropFirst(ownParameters(reference))))
      return Compound(
        [.expression(closure, .postfix)]
          + (try list(
            application.passed.prefix(ownParameters(reference)), application, labels: [],
            callee: nil)),
        .postfix, .call)
    case .initialValue:
      if let body = try program.initialValue(reference.symbol) {
        return Compound([.typed(body, .assignment)], .assignment, .call)
      }
      throw fail("the initial value '\(name.base)'")
    case .local:
      let title = try program.require(reference)
      return Compound(
        [.text(title)]
          + (try list(application.passed, application, labels: [], callee: reference)),
        .postfix, .call)
    case .function, .initializer:
      return try ordinary(reference, application, effect)
    default:
      if let thunk = try unwrapped(reference, application) { return thunk }
      throw fail("a call of '\(name.text)'")
    }
  }

  private func unwrapped(
    _ reference: CalleeReference, _ application: Application
  ) throws(SourceError) -> Compound? { nil }

  /// How many parameters of a closure are its own; what follows is captured.
  private func ownParameters(_ reference: CalleeReference) -> Int { 0 }

  private func ordinary(
    _ reference: CalleeReference, _ application: Application, _ effect: Effect
  ) throws(SourceError) -> Compound {
    let name = reference.name
    let title = try program.require(reference)
    var passed = application.passed
    var head: [Compound.Piece] = []
    if application.type.isMethod, let this = passed.popLast() {
      let value = try value(this)
      if name.kind == .initializer {
        head = [.text(try initialized(value, reference, application))]
      } else if case .metatype(let type) = value {
        head = [.text("\(type).\(title)")]
      } else {
        let object = try expression(this)
        let part = application.type.parameters.last
        head = [
          part?.isInout ?? false ? .place(object) : .expression(object, .postfix),
          .text("." + title),
        ]
        if object.asVariable?.name == "self", isSuper(reference) {
          head = [.text("super." + title)]
        }
        if name.isStatic { head = [.expression(object, .postfix), .text("." + title)] }
      }
    } else if name.kind == .initializer {
      head = [.text("\(application.type.result)")]
    } else {
      // In a type that has a method of that name, a bare one would be the method.
      let isHidden =
        name.context.isEmpty && ["min", "max"].contains(title)
        && !CalleeName(function.name).context.isEmpty && program.declarations.member(name) == nil
      head = [.text(isHidden ? "Swift." + title : title)]
    }
    let list = try list(passed, application, labels: name.labels ?? [], callee: reference)
    if name.base == "init", name.context == "Dictionary", name.labels == ["dictionaryLiteral"],
      case .elements(let array) = try value(passed.first ?? "")
    {
      return try dictionary(array, application.type.result)
    }
    return Compound(head + list, .postfix, effect)
  }

  /// Whether a method is called past the class's own.
  private func isSuper(_ reference: CalleeReference) -> Bool {
    let own = CalleeName(function.name).context
    return reference.name.kind == .function && !reference.symbol.hasPrefix("#")
      && reference.name.context != own
      && program.declarations.type(reference.name.context)?.keyword == "class"
      && program.declarations.type(own)?.keyword == "class"
  }

  private func dictionary(_ array: ArrayLiteral, _ type: SILType) throws(SourceError) -> Compound {
    if array.elements.isEmpty { return Compound([.text("\(type)()")], .postfix, [], type: type) }
    var pieces: [Compound.Piece] = [.text("Dictionary(dictionaryLiteral: ")]
    for (index, element) in array.elements.enumerated() {
      if index > 0 { pieces.append(.text(", ")) }
      pieces.append(.typed(.variable(element), .assignment))
    }
    return Compound(pieces + [.text(")")], .postfix, .call, type: type)
  }

  /// `P(`, `super.init(`, `self.init(`
  private func initialized(
    _ value: Value, _ reference: CalleeReference, _ application: Application
  ) throws(SourceError) -> String {
    if case .metatype(let type) = value {
      return type == .named("Self", []) ? "Self" : "\(type)"
    }
    if reference.name.base == "init", case .value(.variable(let variable)) = value,
      variable.name == "self"
    {
      let own = CalleeName(function.name).context
      return reference.name.context == own ? "self.init" : "super.init"
    }
    if case .value(let type) = value, reference.name.base != "init" || true {
      _ = type
      return "\(application.type.result)"
    }
    return "\(application.type.result)"
  }

  private func operation(
    _ reference: CalleeReference, _ application: Application, _ effect: Effect
  ) throws(SourceError) -> Compound {
    let name = reference.name
    var passed = Array(application.passed)
    if application.type.isMethod { passed.removeLast() }
    _ = try program.require(reference)
    let symbol = name.base
    switch name.kind {
    case .infix where passed.count == 2:
      let precedence = Precedence(of: symbol)
      let isAssignment = application.type.parameters.first?.isInout ?? false
      let left = try expression(passed[0])
      let right = try expression(passed[1])
      let knows = left.type?.description == right.type?.description && !left.isLiteral
      let rightPiece: Compound.Piece =
        isAssignment || knows && right.isLiteral && application.isConcrete[1]
        ? .typed(right, precedence.above) : .expression(right, precedence.above)
      let leftPiece: Compound.Piece =
        left.isLiteral && !right.isLiteral && left.type == right.type
        ? .typed(left, precedence.leftAssociates ? precedence : precedence.above)
        : .expression(left, precedence.leftAssociates ? precedence : precedence.above)
      var compound = Compound(
        [
          isAssignment ? .place(left) : leftPiece,
          .text(precedence == .range ? symbol : " \(symbol) "), rightPiece,
        ],
        isAssignment ? .assignment : precedence, effect)
      compound.isOrdered = name.isNumeric && !["Double", "Float"].contains(name.context)
      return compound
    case .prefix where passed.count == 1:
      return Compound(
        [.text(symbol), .expression(try expression(passed[0]), .prefix)], .prefix, effect)
    case .postfix where passed.count == 1:
      return Compound(
        [.expression(try expression(passed[0]), .postfix), .text(symbol)], .postfix, effect)
    default: throw fail("the operator '\(symbol)' of another form")
    }
  }

  /// The place that a getter reads: `x.count`, `xs[i]`, `P.zero`, `limit`.
  func accessor(
    _ reference: CalleeReference, _ application: Application
  ) throws(SourceError) -> Expression {
    let name = reference.name
    var passed = application.passed
    if name.kind == .setter { passed = passed.dropFirst() }
    _ = try program.require(reference)
    var base: Compound.Piece?
    if application.type.isMethod, let this = passed.popLast() {
      switch try value(this) {
      case .metatype(let type): base = .text("\(type)")
      default:
        let object = try expression(this)
        let part = application.type.parameters.last
        base = part?.isInout ?? false ? .place(object) : .expression(object, .postfix)
      }
    }
    // What is reached through an object or a pointer does not change these.
    let isIndirect = name.kind != .getter && !(application.type.parameters.last?.isInout ?? false)
    let opening: [Compound.Piece] = isIndirect ? [.text("")] : []
    let effect: Effect = reference.name.isPure ? [] : .reads
    guard name.base == "subscript" else {
      let pieces: [Compound.Piece] =
        base.map { opening + [$0, .text("." + name.base.asIdentifier)] } ?? [
          .text(name.base.asIdentifier)
        ]
      return .compound(Compound(pieces, .postfix, effect, type: application.type.result))
    }
    guard let base else { throw fail("a subscript without an object") }
    let labels = program.subscriptLabels(reference)
    var pieces = try list(passed, application, labels: labels, callee: reference)
    pieces[0] = .text("[")
    pieces[pieces.count - 1] = .text("]")
    return .compound(
      Compound(
        opening + [base] + pieces, .postfix, [.reads, .traps], type: application.type.result))
  }

  /// `(1, to: &x)`
  private func list(
    _ names: ArraySlice<String>, _ application: Application, labels: [String?],
    callee: CalleeReference?
  ) throws(SourceError) -> [Compound.Piece] {
    var pieces: [Compound.Piece] = [.text("(")]
    let offset =
      names.startIndex - (application.arguments.count - application.type.parameters.count)
    var separator = ""
    for (position, name) in names.enumerated() {
      let value = try value(name)
      if case .value(.defaultArgument) = value { continue }
      let label = position < labels.count ? labels[position].map { $0 + ": " } ?? "" : ""
      let index = offset + position
      let part =
        index >= 0 && index < application.type.parameters.count
        ? application.type.parameters[index] : nil
      if case .elements(let array) = value,
        callee.map({ program.isVariadic($0, position) }) ?? false
      {
        pieces.append(.text(separator + label))
        for (index, element) in array.elements.enumerated() {
          if index > 0 { pieces.append(.text(", ")) }
          let isAny = array.type == .named("Any", [])
          pieces.append(
            isAny
              ? .expression(.variable(element), .assignment)
              : .typed(.variable(element), .assignment))
        }
        separator = ", "
        continue
      }
      pieces.append(.text(separator + label + (part?.isInout ?? false ? "&" : "")))
      separator = ", "
      let expression = try expression(of: value)
      if part?.isInout ?? false {
        pieces.append(.place(expression))
      } else if index >= 0, index < application.isConcrete.count, application.isConcrete[index] {
        pieces.append(.typed(expression, .assignment))
      } else {
        pieces.append(.expression(expression, .assignment))
      }
    }
    return pieces + [.text(")")]
  }
}

extension Expression {
  var isLiteral: Bool {
    if case .literal = self { return true }
    return false
  }
}

extension Precedence {
  /// Of an operator of the standard library; others bind as Swift's default does.
  init(of symbol: String) {
    self =
      switch symbol {
      case "*", "/", "%", "&*", "&": .multiplication
      case "+", "-", "&+", "&-", "|", "^": .addition
      case "<<", ">>", "&<<", "&>>": .shift
      case "...", "..<": .range
      case "??": .coalescing
      case "==", "!=", "<", ">", "<=", ">=", "===", "!==", "~=": .comparison
      case "&&": .conjunction
      case "||": .disjunction
      default: .assignment
      }
  }

  var above: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }

  var leftAssociates: Bool {
    switch self {
    case .addition, .multiplication: true
    default: false
    }
  }
}

extension CalleeName {
  /// Operations of numbers and `Bool`: nothing but their operands decides what they give.
  var isNumeric: Bool {
    let names: Set = [
      "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64",
      "Double", "Float", "Bool", "FixedWidthInteger", "BinaryInteger",
    ]
    return names.contains(context)
  }

  var isPure: Bool { isNumeric }

  var effect: Effect {
    let isAssignment =
      kind == .infix && base.hasSuffix("=")
      && !["==", "!=", "<=", ">=", "~="].contains(base)
    switch kind {
    case .infix where base == "&&" || base == "||" || base == "??": return .call
    case .infix, .prefix:
      if isNumeric { return isAssignment ? .traps : base.hasPrefix("&") ? [] : .traps }
      if context == "String" || context == "Comparable" { return [.traps, .reads] }
      return .call
    case .initializer where isNumeric: return .traps
    case .function where isNumeric: return .traps
    case .getter where isNumeric: return []
    case .getter where ["Array", "String", "Dictionary", "Set", "Optional"].contains(context):
      return [.reads, .traps]
    default: return .call
    }
  }
}
