// Data-flow graphs: inputs and outputs as JSON.

extension Graph {
  /// The values of the inputs in a JSON object by the names of the parameters.
  ///
  ///     {"xs": [1, 2, 3], "p": {"x": 0.5}}
  ///
  /// An array instead has the parameters in order.
  /// - Throws: `GraphError.missingInput`, `.wrongInput`, `.notJSON`, or `.guardFailed` for an array
  ///   of another length.
  public func inputs(json text: String) throws(GraphError) -> [Scalar] {
    var value = try JSONValue(parsing: text)
    if case .array(let values) = value {
      value = .object(zip(parameters, values).map { (key: $0.name, value: $1) })
    }
    for parameter in parameters {
      for shape in parameter.arrays {
        guard case .array(let elements)? = value.member(shape.name) else {
          throw .missingInput(shape.name)
        }
        guard elements.count == shape.count else {
          throw .guardFailed(shape.failure(found: elements.count))
        }
      }
    }
    var result: [Scalar] = []
    for node in nodes {
      guard case .input(let name, _) = node.kind else { continue }
      guard let member = value.member(name) else { throw .missingInput(name) }
      guard let scalar = member.scalar(node.type, node.swiftType) else {
        throw .wrongInput(name: name, type: node.swiftType, found: member.text())
      }
      result.append(scalar)
    }
    return result
  }

  /// The values of the inputs that the graph was recorded with.
  public var recordedInputs: [Scalar] { inputs.map(\.scalar) }

  /// The result as JSON; a NaN or an infinity is a string.
  public func resultJSON(_ values: [Scalar]) -> String {
    func text(_ output: Output, _ value: Scalar) -> JSONValue {
      if value.type.isFloatingPoint, !value.double.isFinite { return .string(value.description) }
      if value.type == .bool { return .bool(value.bool) }
      return .number(value.text(as: output.type))
    }
    let all = zip(outputs, values).map { (key: $0.name, value: text($0, $1)) }
    if all.count == 1, all[0].key == "result" { return all[0].value.text() + "\n" }
    if result.arrays.count == 1, result.arrays[0].path == [0] {
      return JSONValue.array(all.map(\.value)).text() + "\n"
    }
    return JSONValue.object(all).text(levels: 1) + "\n"
  }
}

extension JSONValue {
  /// Follows `xs[1].x` or `pair.0`.
  fileprivate func member(_ path: String) -> JSONValue? {
    var value = self
    var rest = path[...]
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let end = rest.firstIndex(of: "]"),
          let index = Int(rest[rest.index(after: rest.startIndex)..<end]),
          case .array(let elements) = value, elements.indices.contains(index)
        else { return nil }
        value = elements[index]
        rest = rest[rest.index(after: end)...]
        continue
      }
      if rest.first == "." { rest = rest.dropFirst() }
      let name = rest.prefix { $0 != "." && $0 != "[" }
      rest = rest.dropFirst(name.count)
      if case .array(let elements) = value, let index = Int(name), elements.indices.contains(index)
      {
        value = elements[index]
      } else if let member = value[String(name)] {
        value = member
      } else {
        return nil
      }
    }
    return value
  }

  fileprivate func scalar(_ type: ScalarType, _ swiftType: String) -> Scalar? {
    switch (self, type) {
    case (.bool(let value), .bool): return Scalar(value)
    case (.number(let text), .double), (.string(let text), .double):
      return Double(text).map { Scalar($0) }
    case (.number(let text), .float), (.string(let text), .float):
      return Float(text).map { Scalar($0) }
    case (.number(let text), _) where type != .bool:
      if swiftType.hasPrefix("UInt") {
        guard let value = UInt64(text), value & ~type.mask == 0 else { return nil }
        return Scalar(type, bits: value)
      }
      guard let value = Int64(text) else { return nil }
      let scalar = Scalar(type, bits: UInt64(bitPattern: value))
      return scalar.int == value ? scalar : nil
    default: return nil
    }
  }
}
