// Data-flow graphs: as Swift source.

extension Graph {
  /// The graph as straight-line Swift: a function of the traced one's name and type, with a
  /// constant for each node that the result or a guard needs.
  ///
  /// - Throws: `GraphError.cannotCall` for a call that is no function of the C library.
  public func swiftSource() throws(GraphError) -> String {
    var writer = SourceWriter(graph: essential())
    return try writer.text()
  }
}

private struct SourceWriter {
  let graph: Graph
  /// How each node is written where it is used.
  var names: [Int: String] = [:]

  mutating func text() throws(GraphError) -> String {
    var body = ""
    for parameter in graph.parameters {
      for shape in parameter.arrays {
        body += "  precondition(\(argument(shape.name)).count == \(shape.count), "
        body += "\"recorded with \(shape.count) elements\")\n"
      }
    }
    for node in graph.nodes { body += try statement(node) }
    body += "  return \(result())\n"
    let parameters = zip(graph.parameters, labels).map { parameter, label in
      let name = argument(parameter.name)
      return (label == name ? name : "\(label) \(name)") + ": \(parameter.type)"
    }
    let head = "/// What `\(graph.function)` computed, for inputs that take the same path.\n"
    // The library is needed for more than the calls: the compiler calls it for square roots.
    return "import Glibc\n\n" + head
      + "func \(name)(\(parameters.joined(separator: ", "))) -> \(graph.result.type) {\n"
      + body + "}\n"
  }

  /// `rosenbrock` of `Main.rosenbrock(_:)`.
  private var name: String {
    let path = graph.function.prefix { $0 != "(" }
    let last = path.split(separator: ".").last.map(String.init) ?? ""
    let isName = !last.isEmpty && last.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isName && last.first?.isNumber == false ? last : "recorded"
  }

  private var labels: [String] {
    guard let open = graph.function.firstIndex(of: "("), graph.function.hasSuffix(")") else {
      return graph.parameters.map { _ in "_" }
    }
    let inner = graph.function[graph.function.index(after: open)...].dropLast()
    let labels = inner.split(separator: ":").map(String.init)
    return labels.count == graph.parameters.count ? labels : graph.parameters.map { _ in "_" }
  }

  /// `$0` is no name outside closures.
  private func argument(_ name: String) -> String { name.replacing("$", with: "argument") }

  private func use(_ operand: Operand) -> String {
    switch operand {
    case .node(let id): names[id] ?? "n\(id)"
    case .constant(let scalar): literal(scalar)
    }
  }

  private func literal(_ scalar: Scalar) -> String {
    let isFinite = scalar.type.isFloatingPoint ? scalar.double.isFinite : true
    switch scalar.type {
    case .double where !isFinite: return "Double(bitPattern: 0x\(String(scalar.bits, radix: 16)))"
    case .float where !isFinite: return "Float(bitPattern: 0x\(String(scalar.bits, radix: 16)))"
    case .double, .bool: return scalar.description
    case .float: return "Float(\(scalar))"
    default:
      return scalar.type == .int64 ? "\(scalar.int)" : "\(scalar.type.swiftName)(\(scalar.int))"
    }
  }

  private func type(_ operand: Operand) -> ScalarType {
    switch operand {
    case .node(let id): graph.node(id)?.type ?? .int64
    case .constant(let scalar): scalar.type
    }
  }

  private mutating func statement(_ node: Node) throws(GraphError) -> String {
    let comment = node.location.map { $0.line > 0 ? "  // \($0)" : "" } ?? ""
    switch node.kind {
    case .input(let name, _):
      names[node.id] = input(argument(name), node)
      return ""
    case .require(let expected):
      let condition =
        node.type == .bool
        ? (expected == 1 ? "" : "!") + use(node.operands[0])
        : "\(use(node.operands[0])) == \(literal(Scalar(node.type, bits: expected)))"
      return "  precondition(\(condition), \"the inputs take another path\")\(comment)\n"
    case .call(let callee):
      guard let symbol = callee.symbol, Callee.mathFunctions.contains(symbol) else {
        throw .cannotCall(name: callee.name, location: node.location)
      }
      let list = node.operands.map { use($0) }.joined(separator: ", ")
      return "  let n\(node.id): \(node.type.swiftName) = \(symbol)(\(list))\(comment)\n"
    case .operation(let opcode):
      let text = expression(opcode, node)
      return "  let n\(node.id): \(node.type.swiftName) = \(text)\(comment)\n"
    }
  }

  /// Inside, an integer has a sign: the machine's operations say when it has none.
  private func input(_ name: String, _ node: Node) -> String {
    guard node.swiftType != node.type.swiftName else { return name }
    return node.swiftType.hasPrefix("UInt")
      ? "\(node.type.swiftName)(truncatingIfNeeded: \(name))" : "\(node.type.swiftName)(\(name))"
  }

  private func result() -> String {
    func value(_ output: Graph.Output) -> String {
      let text = use(output.operand)
      let own = type(output.operand).swiftName
      guard output.type != own else { return text }
      return "\(output.type)(truncatingIfNeeded: \(text))"
    }
    if graph.outputs.isEmpty { return "()" }
    let values = graph.outputs.map(value)
    if let shape = graph.result.arrays.first, shape.path == [0], graph.result.type.hasPrefix("[") {
      return "[\(values.joined(separator: ", "))]"
    }
    if graph.result.type.hasPrefix("(") { return "(\(values.joined(separator: ", ")))" }
    guard graph.outputs.contains(where: { $0.name.contains(".") }) else { return values[0] }
    let fields = zip(graph.outputs, values).map { output, value in
      "\(output.name.split(separator: ".").last ?? ""): \(value)"
    }
    return "\(graph.result.type)(\(fields.joined(separator: ", ")))"
  }

  private func expression(_ opcode: Opcode, _ node: Node) -> String {
    let names = node.operands.map { use($0) }
    let a = names[0]
    let b = names.count > 1 ? names[1] : a
    /// In front of a method: the sign of a literal would take the method's result.
    let r = a.hasPrefix("-") ? "(\(a))" : a
    let given = type(node.operands[0])
    let own = node.type.swiftName
    /// The same bits without a sign.
    func unsigned(_ text: String) -> String {
      given == .bool ? text : "U\(given.swiftName)(truncatingIfNeeded: \(text))"
    }
    func back(_ text: String) -> String { "\(own)(truncatingIfNeeded: \(text))" }
    switch opcode {
    case .add, .sub, .mul, .shl, .ashr: return "\(a) &\(opcode.swiftOperator!) \(b)"
    case .and where given == .bool, .or where given == .bool, .xor where given == .bool:
      let sign = opcode == .and ? "&&" : opcode == .or ? "||" : "!="
      return "\(a) \(sign) \(b)"
    case .sdiv, .srem, .and, .or, .xor, .fadd, .fsub, .fmul, .fdiv, .eq, .ne, .slt, .sle, .sgt,
      .sge, .oeq, .olt, .ole, .ogt, .oge, .une:
      return "\(a) \(opcode.swiftOperator!) \(b)"
    case .udiv, .urem: return back("\(unsigned(a)) \(opcode.swiftOperator!) \(unsigned(b))")
    case .lshr: return back("\(unsigned(a)) &>> \(unsigned(b))")
    case .ult, .ule, .ugt, .uge:
      return "\(unsigned(a)) \(opcode.swiftOperator!) \(unsigned(b))"
    case .fult, .fule, .fugt, .fuge:
      let opposite = [Opcode.fult: ">=", .fule: ">", .fugt: "<=", .fuge: "<"][opcode]!
      return "!(\(a) \(opposite) \(b))"
    case .ueq: return "!(\(a) < \(b) || \(a) > \(b))"
    case .one: return "\(a) < \(b) || \(a) > \(b)"
    case .ord: return "!\(r).isNaN && !(\(b)).isNaN"
    case .uno: return "\(r).isNaN || (\(b)).isNaN"
    case .frem: return "\(r).truncatingRemainder(dividingBy: \(b))"
    case .fneg: return "-\(a)"
    case .sqrt: return "\(r).squareRoot()"
    case .fabs: return "\(r).magnitude"
    case .abs: return back("\(r).magnitude")
    case .floor: return "\(r).rounded(.down)"
    case .ceil: return "\(r).rounded(.up)"
    case .trunc: return "\(r).rounded(.towardZero)"
    case .round: return "\(r).rounded(.toNearestOrAwayFromZero)"
    case .rint, .nearbyint, .roundeven: return "\(r).rounded(.toNearestOrEven)"
    case .copysign: return "\(own)(signOf: \(b), magnitudeOf: \(a))"
    case .fma: return "(\(names[2])).addingProduct(\(a), \(b))"
    case .minnum, .minimum: return "\(own).minimum(\(a), \(b))"
    case .maxnum, .maximum: return "\(own).maximum(\(a), \(b))"
    case .smin: return "min(\(a), \(b))"
    case .smax: return "max(\(a), \(b))"
    case .umin: return back("min(\(unsigned(a)), \(unsigned(b)))")
    case .umax: return back("max(\(unsigned(a)), \(unsigned(b)))")
    case .ctpop: return "\(own)(\(r).nonzeroBitCount)"
    case .ctlz: return "\(own)(\(r).leadingZeroBitCount)"
    case .cttz: return "\(own)(\(r).trailingZeroBitCount)"
    case .bswap: return "\(r).byteSwapped"
    case .bitreverse:
      return
        "{ (bits: \(own)) in (0..<\(given.bits)).reduce(0) { $0 | (bits &>> $1 & 1) &<< \(own)(\(given.bits - 1) - Int($1)) } }(\(a))"
    case .fshl, .fshr:
      let count = "(\(names[2]) & \(given.bits - 1))"
      let rest = "(\(given.bits) - \(count))"
      let (high, low) = (unsigned(a), unsigned(b))
      return opcode == .fshl
        ? back("\(high) << \(count) | \(low) >> \(rest)")
        : back("\(high) << \(rest) | \(low) >> \(count)")
    case .saddOverflow: return "\(r).addingReportingOverflow(\(b)).overflow"
    case .ssubOverflow: return "\(r).subtractingReportingOverflow(\(b)).overflow"
    case .smulOverflow: return "\(r).multipliedReportingOverflow(by: \(b)).overflow"
    case .uaddOverflow: return "\(unsigned(a)).addingReportingOverflow(\(unsigned(b))).overflow"
    case .usubOverflow: return "\(unsigned(a)) < \(unsigned(b))"
    case .umulOverflow:
      return "\(unsigned(a)).multipliedReportingOverflow(by: \(unsigned(b))).overflow"
    case .saddSat, .ssubSat:
      let method = opcode == .saddSat ? "adding" : "subtracting"
      return
        "{ $0.overflow ? (\(a) < 0 ? .min : .max) : $0.partialValue }(\(r).\(method)ReportingOverflow(\(b)))"
    case .uaddSat:
      return back(
        "{ $0.overflow ? .max : $0.partialValue }(\(unsigned(a)).addingReportingOverflow(\(unsigned(b))))"
      )
    case .usubSat:
      return back("\(unsigned(a)) < \(unsigned(b)) ? 0 : \(unsigned(a)) - \(unsigned(b))")
    case .truncate where node.type == .bool: return "\(a) & 1 != 0"
    case .zext where given == .bool: return "\(a) ? 1 : 0"
    case .sext where given == .bool: return "\(a) ? -1 : 0"
    case .truncate, .sext: return back(a)
    case .zext: return back(unsigned(a))
    case .fptrunc, .fpext, .fptosi, .sitofp: return "\(own)(\(a))"
    case .uitofp: return "\(own)(\(unsigned(a)))"
    case .fptoui: return back("U\(own)(\(a))")
    case .bitcast where given.isFloatingPoint: return back("\(r).bitPattern")
    case .bitcast:
      let word = node.type == .float ? "UInt32" : "UInt64"
      return "\(own)(bitPattern: \(word)(truncatingIfNeeded: \(a)))"
    case .select: return "\(a) ? \(names[1]) : \(names[2])"
    }
  }
}
