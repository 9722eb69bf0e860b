extension StaticGraph {
  /// The graph for graphviz: a frame for each loop, dashed edges from what decides.
  public var dot: String {
    var lines = [
      "digraph \(Self.quoted(function)) {", "  node [shape=box, style=rounded, fontname=sans];",
    ]
    lines += dotNodes(in: nil, indent: "  ")
    for node in nodes {
      for operand in node.operands {
        let role = operand.role.isEmpty ? "" : " [label=\(Self.quoted(operand.role)), style=bold]"
        lines.append("  n\(operand.node) -> n\(node.id)\(role);")
      }
      if let condition = node.condition {
        lines.append(
          "  n\(condition.node) -> n\(node.id) [style=dashed, color=gray, "
            + "label=\(Self.quoted(condition.role))];")
      }
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  private func dotNodes(in loop: Int?, indent: String) -> [String] {
    var lines: [String] = []
    for node in nodes where node.loop == loop {
      let shape =
        switch node.kind {
        case .parameter, .result: ", shape=ellipse"
        case .branch: ", shape=diamond"
        case .phi, .shared: ", shape=hexagon"
        case .constant: ", shape=plaintext"
        case .operation: ""
        }
      let place = node.location.map { ", tooltip=\(Self.quoted("\($0)"))" } ?? ""
      lines.append("\(indent)n\(node.id) [label=\(Self.quoted(node.title))\(shape)\(place)];")
    }
    for inner in loops where inner.parent == loop {
      lines.append("\(indent)subgraph cluster_loop\(inner.id) {")
      lines.append("\(indent)  label=\(Self.quoted(inner.title)); style=dotted;")
      lines += dotNodes(in: inner.id, indent: indent + "  ")
      lines.append(indent + "}")
    }
    return lines
  }

  public var mermaid: String {
    var lines = ["flowchart TD"]
    lines += mermaidNodes(in: nil, indent: "  ")
    for node in nodes {
      for operand in node.operands {
        let role = operand.role.isEmpty ? "" : "|\(operand.role)|"
        lines.append("  n\(operand.node) -->\(role) n\(node.id)")
      }
      if let condition = node.condition {
        lines.append("  n\(condition.node) -.->|\(condition.role)| n\(node.id)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func mermaidNodes(in loop: Int?, indent: String) -> [String] {
    var lines: [String] = []
    for node in nodes where node.loop == loop {
      let text =
        "\"" + node.title.replacing("\"", with: "#quot;").replacing("\n", with: "<br>") + "\""
      let shape =
        switch node.kind {
        case .parameter, .result: "([\(text)])"
        case .branch: "{\(text)}"
        case .phi, .shared: "{{\(text)}}"
        default: "[\(text)]"
        }
      lines.append("\(indent)n\(node.id)\(shape)")
    }
    for inner in loops where inner.parent == loop {
      lines.append("\(indent)subgraph loop\(inner.id)[\"\(inner.title)\"]")
      lines += mermaidNodes(in: inner.id, indent: indent + "  ")
      lines.append(indent + "end")
    }
    return lines
  }

  /// A file of its own kind: `schemaVersion` and `kind` say how it is read.
  public var json: String {
    var lines = [
      "{", "  \"schemaVersion\": 1,", "  \"kind\": \"static\",",
      "  \"function\": \(Self.quoted(function)),",
    ]
    let loops = loops.map { loop in
      "    {\"id\": \(loop.id), \"parent\": \(loop.parent.map(String.init) ?? "null")"
        + Self.json(loop.location) + "}"
    }
    lines.append("  \"loops\": [" + Self.list(loops) + "],")
    let nodes = nodes.map { node in
      let operands = node.operands.map(Self.json).joined(separator: ", ")
      return "    {\"id\": \(node.id), \"kind\": \"\(node.kind.rawValue)\", "
        + "\"label\": \(Self.quoted(node.label)), \"type\": \(Self.quoted(node.type)), "
        + "\"loop\": \(node.loop.map(String.init) ?? "null"), \"operands\": [\(operands)], "
        + "\"condition\": \(node.condition.map(Self.json) ?? "null")\(Self.json(node.location))}"
    }
    lines.append("  \"nodes\": [" + Self.list(nodes) + "]")
    return lines.joined(separator: "\n") + "\n}\n"
  }

  private static func list(_ items: [String]) -> String {
    items.isEmpty ? "" : "\n" + items.joined(separator: ",\n") + "\n  "
  }

  private static func json(_ operand: Operand) -> String {
    "{\"node\": \(operand.node), \"role\": \(quoted(operand.role))}"
  }

  private static func json(_ location: SILLocation?) -> String {
    guard let location else { return "" }
    return ", \"file\": \(quoted(location.file)), \"line\": \(location.line), "
      + "\"column\": \(location.column)"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension StaticGraph.Node {
  /// `+: Int, line 7`
  fileprivate var title: String {
    let type = type.isEmpty || type.count > 40 ? "" : ": " + type
    let place = location.map { "\nline \($0.line)" } ?? ""
    return label + type + (kind == .constant ? "" : place)
  }
}

extension StaticGraph.Loop {
  fileprivate var title: String { "loop" + (location.map { ", line \($0.line)" } ?? "") }
}
