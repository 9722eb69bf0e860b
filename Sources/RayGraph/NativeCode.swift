// Data-flow graphs: as a function in LLVM's IR.

/// Writes a graph as IR.
///
///     n2: fadd n0, n1; guard n3 == true    ->    %n2 = fadd double %n0, %n1
///                                                br i1 %n3, label %after4, label %fail4
///
/// The function takes the arguments, one behind the other as in a tuple, and the place of the
/// result, whose arrays are there already. It returns 0, or the number of the guard that does not
/// hold, with what was found there in `%found`; then it has not touched the result.
struct NativeCode {
  let graph: Graph
  private(set) var text = ""
  private var declarations: Set<String> = []
  private var failures = ""
  private var next = 0

  static let function = "rayc_graph"

  /// The guards in the order of their numbers, from 1: first the counts of arrays.
  enum Guard {
    case count(Graph.ArrayShape)
    case node(Node)
  }
  private(set) var guards: [Guard] = []

  /// - Throws: `GraphError.cannotCall`.
  init(_ graph: Graph) throws(GraphError) {
    self.graph = graph
    var body = ""
    let offsets = Graph.offsets(graph.parameters)
    for (parameter, offset) in zip(graph.parameters, offsets) {
      for shape in parameter.arrays { body += count(of: shape, at: offset) }
    }
    for node in graph.nodes { body += try code(of: node, offsets) }
    for output in graph.outputs { body += store(output) }
    text =
      "target triple = \"x86_64-unknown-linux-gnu\"\n\n"
      + "define i32 @\(Self.function)(ptr noalias %arguments, ptr noalias %result, "
      + "ptr noalias %found) {\n" + body + "  ret i32 0\n" + failures + "}\n\n"
      + declarations.sorted().joined(separator: "\n")
      + "\nattributes #0 = { nobuiltin nounwind willreturn memory(none) }\n"
  }

  private mutating func fresh() -> String {
    next += 1
    return "%t\(next)"
  }

  private mutating func declare(_ text: String) { declarations.insert("declare \(text)") }

  /// A constant by its bits, so that none is lost on the way.
  private func name(_ operand: Operand) -> String {
    switch operand {
    case .node(let id): "%n\(id)"
    case .constant(let scalar):
      switch scalar.type {
      case .double: "bitcast (i64 \(Int64(bitPattern: scalar.bits)) to double)"
      case .float: "bitcast (i32 \(scalar.bits) to float)"
      case .bool: scalar.bool ? "true" : "false"
      default: "\(scalar.int)"
      }
    }
  }

  private func type(_ operand: Operand) -> ScalarType {
    switch operand {
    case .node(let id): graph.node(id)?.type ?? .int64
    case .constant(let scalar): scalar.type
    }
  }

  /// Follows references to where a path leads.
  private mutating func address(_ base: String, _ path: [Int], plus offset: Int) -> (String, String)
  {
    var code = ""
    var place = base
    for (step, distance) in path.enumerated() {
      if step > 0 {
        let reference = fresh()
        code += "  \(reference) = load ptr, ptr \(place), align 8\n"
        place = reference
      }
      let moved = fresh()
      let distance = distance + (step == 0 ? offset : 0)
      code += "  \(moved) = getelementptr i8, ptr \(place), i64 \(distance)\n"
      place = moved
    }
    return (code, place)
  }

  private mutating func count(of shape: Graph.ArrayShape, at offset: Int) -> String {
    // A Swift array is a reference; its count lies 16 bytes behind where it refers to.
    let (code, place) = address("%arguments", shape.path + [16], plus: offset)
    let count = fresh()
    return code + "  \(count) = load i64, ptr \(place), align 8\n"
      + check("i64", count, "\(shape.count)", .count(shape))
  }

  /// Goes on only where two values are the same.
  private mutating func check(
    _ type: String, _ found: String, _ expected: String, _ condition: Guard
  ) -> String {
    guards.append(condition)
    let number = guards.count
    let holds = fresh()
    let wide = type == "i64" ? found : fresh()
    failures += "fail\(number):\n"
    if wide != found { failures += "  \(wide) = zext \(type) \(found) to i64\n" }
    failures += "  store i64 \(wide), ptr %found, align 8\n  ret i32 \(number)\n"
    return """
        \(holds) = icmp eq \(type) \(found), \(expected)
        br i1 \(holds), label %after\(number), label %fail\(number)
      after\(number):

      """
  }

  private mutating func code(of node: Node, _ offsets: [Int]) throws(GraphError) -> String {
    let result = "%n\(node.id)"
    let type = node.type.llvmName
    switch node.kind {
    case .input(_, let place):
      let (code, address) = address(
        "%arguments", place.path, plus: offsets[place.parameter])
      guard node.type == .bool else {
        return code + "  \(result) = load \(type), ptr \(address), align 1\n"
      }
      let byte = fresh()
      return code + "  \(byte) = load i8, ptr \(address), align 1\n"
        + "  \(result) = trunc i8 \(byte) to i1\n"
    case .require(let expected):
      let operand = node.operands[0]
      if node.type.isFloatingPoint {
        let bits = fresh()
        let integer = "i\(node.type.bits)"
        return "  \(bits) = bitcast \(type) \(name(operand)) to \(integer)\n"
          + check(integer, bits, "\(Int64(bitPattern: expected))", .node(node))
      }
      return check(
        type, name(operand), name(.constant(Scalar(node.type, bits: expected))), .node(node))
    case .call(let callee): return try call(callee, node)
    case .operation(let opcode): return operation(opcode, node)
    }
  }

  private mutating func call(_ callee: Callee, _ node: Node) throws(GraphError) -> String {
    let types = node.operands.map { self.type($0) }
    guard let symbol = callee.symbol, ForeignFunction.takes(types),
      let function = ForeignFunction(symbol: symbol)
    else { throw .cannotCall(name: callee.name, location: node.location) }
    let arguments = zip(types, node.operands).map { "\($0.llvmName) \(name($1))" }
    let list = arguments.joined(separator: ", ")
    let type = node.type.llvmName
    if callee.isPure, Callee.mathFunctions.contains(symbol) {
      declare("\(type) @\(symbol)(\(types.map(\.llvmName).joined(separator: ", ")))")
      return "  %n\(node.id) = call \(type) @\(symbol)(\(list)) #0\n"
    }
    return "  %n\(node.id) = call \(type) inttoptr (i64 \(function.number) to ptr)(\(list))\n"
  }

  private mutating func operation(_ opcode: Opcode, _ node: Node) -> String {
    let result = "%n\(node.id)"
    let operandType = type(node.operands[0]).llvmName
    let names = node.operands.map { name($0) }
    let list = names.joined(separator: ", ")
    let raw = opcode.rawValue
    switch opcode {
    case .select:
      let type = node.type.llvmName
      return "  \(result) = select i1 \(names[0]), \(type) \(names[1]), \(type) \(names[2])\n"
    case .truncate, .zext, .sext, .fptrunc, .fpext, .fptosi, .fptoui, .sitofp, .uitofp, .bitcast:
      return "  \(result) = \(raw) \(operandType) \(list) to \(node.type.llvmName)\n"
    case .fneg: return "  \(result) = fneg \(operandType) \(list)\n"
    default: break
    }
    if raw.hasPrefix("icmp.") || raw.hasPrefix("fcmp.") {
      let (kind, predicate) = (raw.prefix(4), raw.dropFirst(5))
      return "  \(result) = \(kind) \(predicate) \(operandType) \(list)\n"
    }
    if Self.instructions.contains(opcode) {
      return "  \(result) = \(raw) \(operandType) \(list)\n"
    }
    return intrinsic(opcode, result, operandType, names)
  }

  private static let instructions: Set<Opcode> = [
    .add, .sub, .mul, .sdiv, .udiv, .srem, .urem, .shl, .lshr, .ashr, .and, .or, .xor, .fadd,
    .fsub, .fmul, .fdiv, .frem,
  ]

  private mutating func intrinsic(
    _ opcode: Opcode, _ result: String, _ type: String, _ operands: [String]
  ) -> String {
    var arguments = operands.map { "\(type) \($0)" }
    var types = operands.map { _ in type }
    if [.abs, .ctlz, .cttz].contains(opcode) {
      arguments.append("i1 false")
      types.append("i1")
    }
    let suffix = type == "double" ? "f64" : type == "float" ? "f32" : type
    let name = opcode == .trunc ? "trunc" : opcode.rawValue
    let list = arguments.joined(separator: ", ")
    let parameters = types.joined(separator: ", ")
    guard name.hasSuffix(".overflow") else {
      declare("\(type) @llvm.\(name).\(suffix)(\(parameters))")
      return "  \(result) = call \(type) @llvm.\(name).\(suffix)(\(list))\n"
    }
    let function = "@llvm.\(name.dropLast(9)).with.overflow.\(suffix)"
    let pair = fresh()
    declare("{ \(type), i1 } \(function)(\(parameters))")
    return "  \(pair) = call { \(type), i1 } \(function)(\(list))\n"
      + "  \(result) = extractvalue { \(type), i1 } \(pair), 1\n"
  }

  private mutating func store(_ output: Graph.Output) -> String {
    let type = self.type(output.operand)
    var (code, place) = address("%result", output.path, plus: 0)
    var value = name(output.operand)
    if type == .bool {
      let byte = fresh()
      code += "  \(byte) = zext i1 \(value) to i8\n"
      value = byte
    }
    let stored = type == .bool ? "i8" : type.llvmName
    return code + "  store \(stored) \(value), ptr \(place), align 1\n"
  }
}

extension Graph {
  /// Where parameters lie, one behind the other, as in a tuple.
  static func offsets(_ parameters: [Parameter]) -> [Int] {
    var end = 0
    return parameters.map { parameter in
      let start = (end + parameter.alignment - 1) & ~(parameter.alignment - 1)
      end = start + parameter.size
      return start
    }
  }

  /// The graph as IR of LLVM.
  /// - Throws: `GraphError.cannotCall`.
  public func llvmIR() throws(GraphError) -> String { try NativeCode(self).text }
}
