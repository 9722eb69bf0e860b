import SwiftSyntax

/// Functions marked `@_transparent`, by name: the compiler inlines them without a trace, so what
/// they call lies where they are called.
struct Transparent {
  /// What each of them names in its body.
  private var bodies: [String: Set<String>] = [:]

  /// Adds those that a file declares.
  mutating func add(_ tree: Syntax) {
    let collector = Collector(viewMode: .sourceAccurate)
    collector.walk(tree)
    bodies.merge(collector.bodies) { $0.union($1) }
  }

  /// Whether a call of `name` may be one of a callee, by way of transparent functions alone.
  func leads(from name: String, to callee: Callee) -> Bool {
    var seen: Set<String> = []
    var waiting = [name]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted, let body = bodies[next] else { continue }
      if body.contains(where: { callee.isWritten($0) }) { return true }
      waiting += body.filter { bodies[$0] != nil }
    }
    return false
  }

  private final class Collector: SyntaxVisitor {
    var bodies: [String: Set<String>] = [:]

    private func add(_ name: String, _ attributes: AttributeListSyntax, _ body: Syntax) {
      let isTransparent = attributes.contains {
        $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "_transparent"
      }
      guard isTransparent else { return }
      var words: Set<String> = []
      for token in body.tokens(viewMode: .sourceAccurate) {
        words.insert(token.text)
        if token.tokenKind == .leftSquare { words.insert("subscript") }
        if token.tokenKind == .exclamationMark { words.insert("_diagnoseUnexpectedNilOptional") }
        if token.text.first?.isUppercase == true { words.insert("init") }
      }
      bodies[name, default: []].formUnion(words)
    }

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
      if let body = node.body { add(node.name.text, node.attributes, Syntax(body)) }
      return .visitChildren
    }

    override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
      if let body = node.body { add("init", node.attributes, Syntax(body)) }
      return .visitChildren
    }

    override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
      if let body = node.accessorBlock { add("subscript", node.attributes, Syntax(body)) }
      return .visitChildren
    }

    override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
      for binding in node.bindings {
        guard let body = binding.accessorBlock else { continue }
        add(binding.pattern.trimmedDescription, node.attributes, Syntax(body))
      }
      return .visitChildren
    }

    override func visit(_ node: AccessorDeclSyntax) -> SyntaxVisitorContinueKind {
      guard let body = node.body, let owner = node.parent?.parent?.parent else {
        return .visitChildren
      }
      let name = owner.as(PatternBindingSyntax.self)?.pattern.trimmedDescription ?? "subscript"
      add(name, node.attributes, Syntax(body))
      return .visitChildren
    }
  }
}

extension Callee {
  /// Whether a word may be this callee's name.
  func isWritten(_ word: String) -> Bool {
    switch role {
    case .initializer: word == "init" || word == name
    case .subscriptGetter, .subscriptSetter: word == "subscript"
    default: word == name
    }
  }
}
