// Data-flow graphs: drawn.

extension Graph {
  /// The graph in the language of graphviz's `dot`, with the nodes of a function in a frame.
  public var dot: String {
    var text = "digraph \(JSONValue.quoted(function)) {\n  rankdir=TB;\n"
    text +=
      "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f4f4f8\", fontname=\"sans-serif\"];\n"
    for (index, group) in groups.enumerated() {
      let isFramed = !group.function.isEmpty
      if isFramed {
        text += "  subgraph cluster_\(index) {\n    label=\(JSONValue.quoted(group.function));\n"
      }
      for node in group.nodes {
        text += (isFramed ? "    " : "  ") + "n\(node.id) [label=\(JSONValue.quoted(node.label))"
        text += node.dotStyle
        if let location = node.location { text += ", tooltip=\(JSONValue.quoted("\(location)"))" }
        text += "];\n"
      }
      if isFramed { text += "  }\n" }
    }
    for node in nodes {
      for (position, operand) in node.operands.enumerated() {
        guard case .node(let id) = operand else { continue }
        text += "  n\(id) -> n\(node.id)"
        if node.operands.count > 1 { text += " [taillabel=\"\", headlabel=\"\(position)\"]" }
        text += ";\n"
      }
    }
    for (index, output) in outputs.enumerated() {
      text +=
        "  out\(index) [label=\(JSONValue.quoted(output.name)), shape=oval, fillcolor=\"#d8ecd8\"];\n"
      if case .node(let id) = output.operand { text += "  n\(id) -> out\(index);\n" }
    }
    return text + "}\n"
  }

  /// The graph as Mermaid has it.
  public var mermaid: String {
    var text = "flowchart TB\n"
    for group in groups {
      let isFramed = !group.function.isEmpty
      if isFramed {
        text += "  subgraph f\(group.nodes[0].id)[\(JSONValue.mermaid(group.function))]\n"
      }
      for node in group.nodes {
        let (open, close) = node.isInput ? ("([", "])") : node.isGuard ? ("{{", "}}") : ("[", "]")
        let label = JSONValue.mermaid(node.label)
        text += (isFramed ? "    " : "  ") + "n\(node.id)\(open)\(label)\(close)\n"
      }
      if isFramed { text += "  end\n" }
    }
    for (index, output) in outputs.enumerated() {
      text += "  out\(index)((\(JSONValue.mermaid(output.name))))\n"
    }
    for node in nodes {
      for case .node(let id) in node.operands { text += "  n\(id) --> n\(node.id)\n" }
    }
    for (index, output) in outputs.enumerated() {
      if case .node(let id) = output.operand { text += "  n\(id) --> out\(index)\n" }
    }
    return text
  }

  /// The nodes by the function that they are of, in the order in which functions come first.
  private var groups: [(function: String, nodes: [Node])] {
    var places: [String: Int] = [:]
    var groups: [(function: String, nodes: [Node])] = []
    for node in nodes {
      let function = node.location?.function ?? ""
      if let place = places[function] {
        groups[place].nodes.append(node)
      } else {
        places[function] = groups.count
        groups.append((function, [node]))
      }
    }
    return groups
  }

  /// One page that shows the graph, without anything from a network.
  ///
  /// - Parameters:
  ///   - template: the page, with `__GRAPH__` and `__SOURCES__`.
  ///   - source: the text of a line of a file, if it is at hand.
  public func html(template: String, source: (SourceLocation) -> String?) -> String {
    var lines: [(key: String, value: JSONValue)] = []
    var seen: Set<String> = []
    for location in nodes.compactMap(\.location) {
      let key = "\(location.file):\(location.line)"
      guard location.line > 0, seen.insert(key).inserted, let text = source(location) else {
        continue
      }
      lines.append((key, .string(text)))
    }
    let labels = nodes.map { ("\($0.id)", JSONValue.string($0.label)) }
    let data = JSONValue.object([
      ("sources", .object(lines)), ("labels", .object(labels.map { (key: $0.0, value: $0.1) })),
    ])
    var page = template
    for (mark, text) in [("__GRAPH__", json), ("__SOURCES__", data.text())] {
      guard let place = page.firstRange(of: mark) else { continue }
      // A script ends at `</script`, wherever that is.
      page.replaceSubrange(place, with: text.replacing("</", with: "<\\/"))
    }
    return page
  }
}

extension JSONValue {
  /// A label for Mermaid, which has no escapes but entities.
  fileprivate static func mermaid(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "#quot;").replacing("\n", with: "<br>") + "\""
  }
}

extension Node {
  /// What the node is, in two lines: `x * 2.0`, and the value that it had.
  public var label: String {
    let value = scalar.text(as: swiftType)
    let parts = operands.map { operand in
      if case .constant(let scalar) = operand { scalar.description } else { "_" }
    }
    switch kind {
    case .input(let name, _): return "\(name)\n\(value)"
    case .require(let expected):
      return "guard == \(Scalar(type, bits: expected).text(as: swiftType))"
    case .call(let callee): return "\(callee.name)(\(parts.joined(separator: ", ")))\n\(value)"
    case .operation(let opcode):
      if let sign = opcode.swiftOperator, parts.count == 2 {
        return "\(parts[0]) \(sign) \(parts[1])\n\(value)"
      }
      return "\(opcode.rawValue)(\(parts.joined(separator: ", ")))\n\(value)"
    }
  }

  fileprivate var dotStyle: String {
    if isInput { return ", shape=oval, fillcolor=\"#dce8f8\"" }
    if isGuard { return ", shape=diamond, fillcolor=\"#f8ecd0\"" }
    return hasEffect ? ", fillcolor=\"#f8dcdc\"" : ""
  }
}
