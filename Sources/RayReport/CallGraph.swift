// Stage 7: who calls whom, as a graph.

/// The forms that a graph of calls can be written in; `svg` and `html` are made of `dot`.
public enum GraphFormat: String, CaseIterable, Sendable { case dot, mermaid, json, svg, html }

/// The functions of a profile and the calls between them.
public struct CallGraph: Encodable, Equatable, Sendable {
  public struct Function: Encodable, Equatable, Sendable {
    public var symbol, name, shortName: String
    public var file: String?
    public var line: Int
    public var isPrimitive: Bool
    public var calls: UInt64
  }
  public struct Call: Encodable, Equatable, Sendable {
    /// Indices of `functions`.
    public var caller, callee: Int
    public var calls: UInt64
  }

  public var schemaVersion = 1
  public var program: String
  public var functions: [Function]
  public var calls: [Call]

  /// - Parameters:
  ///   - root: how the short name of a function begins from which the graph is drawn; nil for all.
  ///   - depth: how many calls away from it.
  ///   - primitives: whether callees without an instrumented body are in it.
  public init(_ profile: Profile, root: String? = nil, depth: Int? = nil, primitives: Bool = false)
  {
    let costs = profile.functionCosts
    let edges = profile.edges.filter {
      $0.caller >= 0 && (primitives || !profile.functions[$0.caller].isPrimitive)
        && (primitives || !profile.functions[$0.callee].isPrimitive)
    }
    var isReached = costs.map {
      $0.calls > 0 && (primitives || !profile.functions[$0.function].isPrimitive)
    }
    if root != nil || depth != nil {
      let called = Set(edges.filter { $0.caller != $0.callee }.map(\.callee))
      var next = profile.functions.indices.filter { index in
        guard isReached[index] else { return false }
        let function = profile.functions[index]
        guard let root else { return !called.contains(index) }
        return Self.matches(function, root)
      }
      isReached = isReached.map { _ in false }
      for index in next { isReached[index] = true }
      var steps = 0
      while !next.isEmpty, depth.map({ steps < $0 }) ?? true {
        let callees = edges.filter { next.contains($0.caller) && !isReached[$0.callee] }
        next = Array(Set(callees.map(\.callee)))
        for index in next { isReached[index] = true }
        steps += 1
      }
    }
    program = profile.program
    let kept = profile.functions.indices.filter { isReached[$0] }
    let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    functions = kept.map {
      let function = profile.functions[$0]
      return Function(
        symbol: function.symbol, name: function.name, shortName: function.shortName,
        file: function.file, line: function.line, isPrimitive: function.isPrimitive,
        calls: costs[$0].calls)
    }
    calls = edges.compactMap {
      guard let caller = numbers[$0.caller], let callee = numbers[$0.callee] else { return nil }
      return Call(caller: caller, callee: callee, calls: $0.calls)
    }
  }

  /// `parse`, `Parser.parse` and `main.Parser.parse(_:)` all mean `main.Parser.parse(_:)`.
  private static func matches(_ function: Profile.Function, _ root: String) -> Bool {
    if function.symbol == root || function.name == root { return true }
    let parts = function.shortName.split(separator: ".")
    return parts.indices.contains(where: { index in
      let tail = parts[index...].joined(separator: ".")
      return tail == root || tail.hasPrefix(root + "(")
    })
  }

  /// - Parameter format: one that needs no other tool.
  public func text(_ format: GraphFormat) throws -> String {
    switch format {
    case .dot, .svg, .html: dot
    case .mermaid: mermaid
    case .json: String(decoding: try ProfileFormat.json(self), as: UTF8.self) + "\n"
    }
  }

  private var dot: String {
    var text = "digraph \(Self.quoted(program)) {\n"
    text += "  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n"
    text += "  edge [fontname=\"sans-serif\", fontsize=10];\n"
    for (index, function) in functions.enumerated() {
      let style = function.isPrimitive ? ", style=\"rounded,dashed\"" : ""
      text += "  n\(index) [label=\(Self.quoted(function.shortName)), "
      text += "tooltip=\(Self.quoted(function.symbol))\(style)];\n"
    }
    for call in calls {
      text += "  n\(call.caller) -> n\(call.callee) [label=\"\(call.calls)\"];\n"
    }
    return text + "}\n"
  }

  private var mermaid: String {
    var text = "flowchart LR\n"
    for (index, function) in functions.enumerated() {
      // Entities stand for what mermaid would read as its own.
      let name = function.shortName.map { character -> String in
        "\"<>#;&".contains(character)
          ? "#\(character.unicodeScalars.first!.value);" : String(character)
      }.joined()
      text += "  n\(index)[\"\(name)\"]\n"
    }
    for call in calls { text += "  n\(call.caller) -->|\(call.calls)| n\(call.callee)\n" }
    return text
  }

  private static func quoted(_ text: String) -> String {
    "\""
      + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0.isNewline ? " " : String($0) }.joined()
      + "\""
  }
}
