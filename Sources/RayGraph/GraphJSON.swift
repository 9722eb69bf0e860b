// Data-flow graphs: saved and loaded.

extension Graph {
  /// The version of the form below; a graph with another one is refused.
  public static let schemaVersion = 1

  /// The graph as JSON, a node a line.
  public var json: String {
    JSONValue.object([
      ("schemaVersion", .number("\(Self.schemaVersion)")),
      ("function", .string(function)),
      ("parameters", .array(parameters.map(\.json))),
      ("result", result.json),
      ("nodes", .array(nodes.map(\.json))),
      ("outputs", .array(outputs.map(\.json))),
      ("lost", .array(lost.map(\.json))),
    ]).text(levels: 2) + "\n"
  }

  /// - Throws: `GraphError.notJSON`, `.malformed` or `.unsupportedVersion`.
  public init(json text: String) throws(GraphError) {
    let value = try JSONValue(parsing: text)
    guard case .object = value else { throw .malformed("it is no object") }
    guard let version = value["schemaVersion"] else { throw .malformed("it has no schemaVersion") }
    guard version == .number("\(Self.schemaVersion)") else {
      throw .unsupportedVersion(version.text())
    }
    let reader = GraphReader()
    self.init(
      function: try reader.string(value, "function"),
      parameters: try reader.list(value, "parameters", reader.parameter),
      result: try reader.parameter(try reader.member(value, "result")),
      nodes: try reader.list(value, "nodes", reader.node),
      outputs: try reader.list(value, "outputs", reader.output),
      lost: try reader.list(value, "lost") { item throws(GraphError) in
        Lost(callee: try reader.string(item, "callee"), count: try reader.int(item, "count"))
      })
    try check()
  }

  /// - Throws: `GraphError.malformed` for a graph that does not hold together.
  public func check() throws(GraphError) {
    var types: [Int: ScalarType] = [:]
    func type(_ operand: Operand, in place: String) throws(GraphError) -> ScalarType {
      switch operand {
      case .constant(let scalar): return scalar.type
      case .node(let id):
        guard let type = types[id] else {
          throw .malformed("\(place) uses node \(id), which has no value there")
        }
        return type
      }
    }
    var last = -1
    for node in nodes {
      guard node.id > last else { throw .malformed("node \(node.id) stands behind node \(last)") }
      last = node.id
      var operands: [ScalarType] = []
      for operand in node.operands {
        operands.append(try type(operand, in: "node \(node.id)"))
      }
      switch node.kind {
      case .operation(let opcode):
        guard opcode.accepts(operands, result: node.type) else {
          throw .malformed("the operands of node \(node.id) do not fit '\(opcode.rawValue)'")
        }
      case .input(let name, let place):
        guard parameters.indices.contains(place.parameter), !place.path.isEmpty,
          operands.isEmpty
        else { throw .malformed("the input '\(name)' has no place in a parameter") }
      case .require:
        guard operands == [node.type] else {
          throw .malformed("the guard \(node.id) does not have one operand of its type")
        }
      case .call: break
      }
      if !node.isGuard { types[node.id] = node.type }
    }
    for output in outputs { _ = try type(output.operand, in: "the output '\(output.name)'") }
  }
}

extension Opcode {
  /// Whether an operation has such operands and such a result.
  func accepts(_ operands: [ScalarType], result: ScalarType) -> Bool {
    guard operands.count == arity else { return false }
    let first = operands[0]
    switch self {
    case .select:
      return first == .bool && operands[1] == operands[2] && operands[1] == result
    case .truncate:
      return !first.isFloatingPoint && !result.isFloatingPoint && first.bits > result.bits
    case .zext, .sext:
      return !first.isFloatingPoint && !result.isFloatingPoint && first.bits < result.bits
    case .fptrunc: return first == .double && result == .float
    case .fpext: return first == .float && result == .double
    case .fptosi, .fptoui: return first.isFloatingPoint && !result.isFloatingPoint
    case .sitofp, .uitofp: return !first.isFloatingPoint && result.isFloatingPoint
    case .bitcast: return first.bits == result.bits
    default: break
    }
    guard operands.allSatisfy({ $0 == first }) else { return false }
    let isFloating = rawValue.hasPrefix("fcmp.") || Self.floating.contains(self)
    return first.isFloatingPoint == isFloating && result == (isComparison ? .bool : first)
  }

  private static let floating: Set<Opcode> = [
    .fadd, .fsub, .fmul, .fdiv, .frem, .fneg, .sqrt, .fabs, .floor, .ceil, .trunc, .rint,
    .nearbyint, .round, .roundeven, .copysign, .fma, .minnum, .maxnum, .minimum, .maximum,
  ]
}

private func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .number("\($0)") }) }

private func hexadecimal(_ bits: UInt64) -> JSONValue {
  .string("0x" + String(bits, radix: 16))
}

extension Graph.Parameter {
  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)), ("type", .string(type)), ("size", .number("\(size)")),
      ("alignment", .number("\(alignment)")),
      (
        "arrays",
        .array(
          arrays.map {
            .object([
              ("name", .string($0.name)), ("path", numbers($0.path)),
              ("count", .number("\($0.count)")), ("element", .string($0.element)),
            ])
          })
      ),
    ])
  }
}

extension Graph.Output {
  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)), ("type", .string(type)), ("path", numbers(path)),
      ("value", operand.json),
    ])
  }
}

extension Graph.Lost {
  fileprivate var json: JSONValue {
    .object([("callee", .string(callee)), ("count", .number("\(count)"))])
  }
}

extension Operand {
  /// A node's id, or a constant with its bits: `["f64", "0x3ff0000000000000", "1.0"]`.
  fileprivate var json: JSONValue {
    switch self {
    case .node(let id): .number("\(id)")
    case .constant(let scalar): scalar.json
    }
  }
}

extension Scalar {
  fileprivate var json: JSONValue {
    .array([.string(type.rawValue), hexadecimal(bits), .string(description)])
  }
}

extension Node {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [("id", .number("\(id)"))]
    switch kind {
    case .input(let name, let place):
      members += [
        ("op", .string("input")), ("name", .string(name)),
        ("parameter", .number("\(place.parameter)")), ("path", numbers(place.path)),
      ]
    case .operation(let opcode): members += [("op", .string(opcode.rawValue))]
    case .call(let callee):
      members += [
        ("op", .string("call")), ("callee", .string(callee.name)),
        ("symbol", callee.symbol.map { .string($0) } ?? .null), ("pure", .bool(callee.isPure)),
      ]
    case .require(let expected):
      members += [("op", .string("guard")), ("expected", hexadecimal(expected))]
    }
    members += [
      ("operands", .array(operands.map(\.json))), ("type", .string(swiftType)),
      ("value", scalar.json),
    ]
    if let location {
      members += [
        ("file", .string(location.file)), ("line", .number("\(location.line)")),
        ("column", .number("\(location.column)")), ("function", .string(location.function)),
      ]
    }
    return .object(members)
  }
}

/// Takes a graph out of JSON.
private struct GraphReader {
  func member(_ value: JSONValue, _ key: String) throws(GraphError) -> JSONValue {
    guard let member = value[key] else {
      throw .malformed("'\(key)' is missing in \(value.text().prefix(60))")
    }
    return member
  }

  func string(_ value: JSONValue, _ key: String) throws(GraphError) -> String {
    try string(try member(value, key), as: key)
  }

  func string(_ value: JSONValue, as key: String) throws(GraphError) -> String {
    guard case .string(let text) = value else { throw .malformed("'\(key)' is no string") }
    return text
  }

  func int(_ value: JSONValue, _ key: String) throws(GraphError) -> Int {
    try int(try member(value, key), as: key)
  }

  func int(_ value: JSONValue, as key: String) throws(GraphError) -> Int {
    guard case .number(let text) = value, let number = Int(text) else {
      throw .malformed("'\(key)' is no whole number")
    }
    return number
  }

  func bits(_ value: JSONValue, as key: String) throws(GraphError) -> UInt64 {
    let text = try string(value, as: key)
    guard text.hasPrefix("0x"), let bits = UInt64(text.dropFirst(2), radix: 16) else {
      throw .malformed("'\(key)' is no hexadecimal number")
    }
    return bits
  }

  func list<T>(
    _ value: JSONValue, _ key: String, _ item: (JSONValue) throws(GraphError) -> T
  ) throws(GraphError) -> [T] {
    guard case .array(let items) = try member(value, key) else {
      throw .malformed("'\(key)' is no list")
    }
    var result: [T] = []
    for element in items { result.append(try item(element)) }
    return result
  }

  func path(_ value: JSONValue) throws(GraphError) -> [Int] {
    let path = try list(value, "path") { item throws(GraphError) in try int(item, as: "path") }
    guard path.allSatisfy({ 0..<(1 << 40) ~= $0 }) else { throw .malformed("a path is negative") }
    return path
  }

  func parameter(_ value: JSONValue) throws(GraphError) -> Graph.Parameter {
    let alignment = try int(value, "alignment")
    guard alignment > 0, alignment & (alignment - 1) == 0 else {
      throw .malformed("an alignment is \(alignment)")
    }
    return Graph.Parameter(
      name: try string(value, "name"), type: try string(value, "type"),
      size: try int(value, "size"), alignment: alignment,
      arrays: try list(value, "arrays") { item throws(GraphError) in
        Graph.ArrayShape(
          name: try string(item, "name"), path: try path(item), count: try int(item, "count"),
          element: try string(item, "element"))
      })
  }

  func scalar(_ value: JSONValue) throws(GraphError) -> Scalar {
    guard case .array(let parts) = value, parts.count >= 2,
      let type = ScalarType(rawValue: try string(parts[0], as: "type"))
    else { throw .malformed("\(value.text().prefix(40)) is no value") }
    return Scalar(type, bits: try bits(parts[1], as: "value"))
  }

  func operand(_ value: JSONValue) throws(GraphError) -> Operand {
    if case .number = value { return .node(try int(value, as: "operand")) }
    return .constant(try scalar(value))
  }

  func output(_ value: JSONValue) throws(GraphError) -> Graph.Output {
    Graph.Output(
      name: try string(value, "name"), type: try string(value, "type"), path: try path(value),
      operand: try operand(try member(value, "value")))
  }

  func node(_ value: JSONValue) throws(GraphError) -> Node {
    let recorded = try scalar(try member(value, "value"))
    var location: SourceLocation?
    if value["file"] != nil {
      location = SourceLocation(
        file: try string(value, "file"), line: try int(value, "line"),
        column: try int(value, "column"), function: try string(value, "function"))
    }
    return Node(
      id: try int(value, "id"), try kind(value), try list(value, "operands", operand),
      type: recorded.type, swiftType: try string(value, "type"), value: recorded.bits,
      location: location)
  }

  private func kind(_ value: JSONValue) throws(GraphError) -> Node.Kind {
    switch try string(value, "op") {
    case "input":
      return .input(
        name: try string(value, "name"),
        Graph.Place(parameter: try int(value, "parameter"), path: try path(value)))
    case "call":
      let symbol = try member(value, "symbol")
      guard case .bool(let isPure) = try member(value, "pure") else {
        throw .malformed("'pure' is neither true nor false")
      }
      return .call(
        Callee(
          name: try string(value, "callee"),
          symbol: symbol == .null ? nil : try string(symbol, as: "symbol"), isPure: isPure))
    case "guard": return .require(try bits(try member(value, "expected"), as: "expected"))
    case let name:
      guard let opcode = Opcode(rawValue: name) else {
        throw .malformed("the operation '\(name)' is not known")
      }
      return .operation(opcode)
    }
  }
}
