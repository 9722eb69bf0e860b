import SwiftSyntax

/// What the source has at a token.
struct Place {
  let token: TokenSyntax
  let text: String

  init(_ token: TokenSyntax) {
    self.token = token
    let text = token.text
    self.text = text.first == "`" && text.count > 1 ? String(text.dropFirst().dropLast()) : text
  }

  /// Whether a name is written here: itself, behind the module's name (`Swift.max`), or in front
  /// of generic arguments and parentheses, at whose end the place is.
  func names(_ name: String) -> Bool {
    guard !name.isEmpty else { return false }
    if text == name { return true }
    if let access = parent?.parent?.as(MemberAccessExprSyntax.self),
      text.first?.isUppercase == true,
      access.base?.trimmedDescription == text
    {
      return access.declName.baseName.text == name
    }
    guard [")", "(", ">", "]"].contains(text), let named = Expression.named(at: token) else {
      return false
    }
    switch named.as(SyntaxEnum.self) {
    case .arrayExpr, .arrayType: return name == "Array"
    case .dictionaryExpr, .dictionaryType: return name == "Dictionary"
    case .genericSpecializationExpr(let specialized):
      return specialized.expression.lastToken(viewMode: .sourceAccurate)?.text == name
    default: return named.lastToken(viewMode: .sourceAccurate)?.text == name
    }
  }

  /// The name of what is called or used here, as `Transparent` has it.
  var transparentName: String? {
    if isSubscript { return "subscript" }
    if parent?.is(ForceUnwrapExprSyntax.self) == true { return "_diagnoseUnexpectedNilOptional" }
    if text == "=" {
      return assigned.map {
        $0.is(SubscriptCallExprSyntax.self)
          ? "subscript" : $0.lastToken(viewMode: .sourceAccurate)?.text ?? ""
      }
    }
    if text.first?.isUppercase == true { return "init" }
    return isExpression ? text : nil
  }

  /// What a statement or an operator evaluates that is pointed at as a whole: the conditions of
  /// an `if`, the sides of an assignment, what stands behind an `&`.
  var evaluated: [Syntax] {
    if let statement = parent?.as(IfExprSyntax.self) { return [Syntax(statement.conditions)] }
    if let statement = parent?.as(GuardStmtSyntax.self) { return [Syntax(statement.conditions)] }
    if let statement = parent?.as(WhileStmtSyntax.self) { return [Syntax(statement.conditions)] }
    if let operand = parent?.as(InOutExprSyntax.self) { return [Syntax(operand.expression)] }
    if text == "=", let assignment = parent?.parent?.as(InfixOperatorExprSyntax.self) {
      return [Syntax(assignment)]
    }
    if let yield = parent?.as(YieldStmtSyntax.self) { return [Syntax(yield.yieldedExpressions)] }
    return []
  }

  /// The `switch` whose subject is pointed at: its patterns.
  var patterns: [Syntax] {
    var node = parent
    while let each = node {
      if let statement = each.as(SwitchExprSyntax.self) {
        let position = token.position
        guard position < statement.leftBrace.position else { return [] }
        return statement.cases.compactMap { $0.as(SwitchCaseSyntax.self).map { Syntax($0.label) } }
      }
      if each.is(CodeBlockItemSyntax.self) { return [] }
      node = each.parent
    }
    return []
  }

  /// Whether the place lies in an expression that is tried.
  var isTried: Bool { nearest(TryExprSyntax.self) != nil || nearest(ThrowStmtSyntax.self) != nil }

  /// Whether the call here can be one of an initialiser with these labels: `(_:radix:)`.
  func fits(labels: String) -> Bool {
    guard text.first?.isUppercase == true || text == ">" || text == "]",
      let call = Expression.call(at: token)?.as(FunctionCallExprSyntax.self)
    else { return false }
    let known = Set(labels.dropFirst().dropLast().split(separator: ":").map(String.init))
    return call.arguments.allSatisfy { known.contains($0.label?.text ?? "_") }
  }

  /// Whether the place is the name of a type that is declared here.
  var isTypeDeclaration: Bool {
    switch parent?.kind {
    case .classDecl, .structDecl, .enumDecl, .actorDecl: true
    default: false
    }
  }

  /// Whether the brackets here hold a key path with a name in it.
  func hasKeyPath(naming name: String) -> Bool {
    guard let arguments = parent?.as(SubscriptCallExprSyntax.self)?.arguments else { return false }
    return arguments.contains { argument in
      argument.expression.is(KeyPathExprSyntax.self)
        && argument.expression.tokens(viewMode: .sourceAccurate).contains { $0.text == name }
    }
  }

  /// Whether a scope, or the call that a value was made for, ends here.
  var endsScope: Bool { text == "}" || text == ")" }

  var isParameter: Bool { parent?.is(FunctionParameterSyntax.self) == true }

  /// Whether the member or variable here is one of a chain that has a name: `b` of `a.b.c`.
  func isBase(naming name: String) -> Bool {
    guard isName || isSubscript, var chain = Expression.named(at: token) else { return false }
    while let parent = chain.parent,
      parent.is(MemberAccessExprSyntax.self) || parent.is(SubscriptCallExprSyntax.self)
        || parent.is(ForceUnwrapExprSyntax.self) || parent.is(OptionalChainingExprSyntax.self)
    {
      chain = parent
    }
    return chain.tokens(viewMode: .sourceAccurate).contains { $0.text == name }
  }

  var isThrow: Bool { parent?.is(ThrowStmtSyntax.self) == true }

  /// Whether the value here is the base of a subscript: `values` of `values[i]`.
  var isSubscripted: Bool {
    guard let named = Expression.named(at: token) else { return false }
    var node = named
    while let access = node.parent?.as(MemberAccessExprSyntax.self) { node = Syntax(access) }
    return node.parent?.is(SubscriptCallExprSyntax.self) == true
  }

  /// A condition or a value that a statement hands on.
  var isStatementWithValue: Bool {
    switch parent?.kind {
    case .ifExpr, .guardStmt, .whileStmt, .switchExpr, .returnStmt, .throwStmt, .yieldStmt: true
    default: false
    }
  }

  var isInterpolation: Bool { parent?.is(ExpressionSegmentSyntax.self) == true || isOfString }

  private var parent: Syntax? { token.parent }

  /// The token's ancestors, from the nearest outwards to the statement or declaration it is in.
  private func nearest<Node: SyntaxProtocol>(_ type: Node.Type) -> Node? {
    var node = parent
    while let each = node {
      if let found = each.as(type) { return found }
      if each.is(CodeBlockItemSyntax.self) || each.is(MemberBlockItemSyntax.self) { return nil }
      node = each.parent
    }
    return nil
  }

  var isName: Bool { parent?.is(DeclReferenceExprSyntax.self) == true || isPatternName }
  private var isPatternName: Bool { parent?.is(IdentifierPatternSyntax.self) == true }
  var isMember: Bool {
    parent?.parent?.is(MemberAccessExprSyntax.self) == true
      || parent?.is(MemberAccessExprSyntax.self) == true
  }
  var isExpression: Bool { Expression.named(at: token)?.is(ExprSyntax.self) == true }
  var isCall: Bool { Expression.call(at: token) != nil }
  var isAttribute: Bool { nearest(AttributeSyntax.self) != nil }
  var isDeclaration: Bool { nearest(VariableDeclSyntax.self) != nil }
  var isSubscript: Bool { parent?.as(SubscriptCallExprSyntax.self)?.leftSquare == token }

  /// The operator written here.
  var operatorText: String? {
    switch parent?.kind {
    case .binaryOperatorExpr, .prefixOperatorExpr, .postfixOperatorExpr, .assignmentExpr: text
    default: nil
    }
  }

  /// Whether the place is a pattern of a `case`, or where one begins.
  var isPattern: Bool {
    var node = parent
    let position = token.positionAfterSkippingLeadingTrivia
    while let each = node {
      if each.is(SwitchCaseItemSyntax.self) || each.is(MatchingPatternConditionSyntax.self) {
        return true
      }
      if each.is(PatternSyntax.self) { return true }
      if each.is(CatchItemSyntax.self) { return true }
      if each.is(CodeBlockItemSyntax.self) { return false }
      if each.positionAfterSkippingLeadingTrivia != position, !each.is(ExprSyntax.self) {
        return false
      }
      node = each.parent
    }
    return false
  }

  /// Whether the place is the head of a `for … in`: its keywords, or where its sequence begins.
  var isOfForIn: Bool {
    guard let loop = nearest(ForStmtSyntax.self) else { return false }
    if token == loop.forKeyword || token == loop.inKeyword { return true }
    let position = token.positionAfterSkippingLeadingTrivia
    return position >= loop.sequence.position && position < loop.sequence.endPosition
  }

  var isOfString: Bool { nearest(StringLiteralExprSyntax.self) != nil }

  /// Whether an array or dictionary literal begins here.
  var isCollection: Bool {
    switch Expression.named(at: token)?.kind {
    case .arrayExpr, .dictionaryExpr: true
    default: false
    }
  }

  /// Whether the place is a literal that an initialiser with these labels takes.
  func isLiteral(of labels: String) -> Bool {
    let labels = labels.lowercased()
    func names(_ word: String) -> Bool { labels.contains(word + "literal") }
    if names("string") || names("character") || names("scalar") || names("cluster")
      || labels.contains("interpolation") || labels.contains("literalcapacity")
    {
      return isOfString
    }
    switch Expression.named(at: token)?.kind {
    case .arrayExpr, .dictionaryExpr: return names("array") || names("dictionary")
    case .integerLiteralExpr: return names("integer") || names("float")
    case .floatLiteralExpr: return names("float")
    case .booleanLiteralExpr: return names("boolean")
    case .nilLiteralExpr: return names("nil")
    case .regexLiteralExpr: return labels.contains("regex")
    case .macroExpansionExpr: return labels.contains("literal")
    default: return false
    }
  }

  var isInBuilder: Bool { nearest(ClosureExprSyntax.self) != nil || token.text == "{" }

  var isOfDefer: Bool { nearest(DeferStmtSyntax.self) != nil || text == "}" }

  func declares(_ name: String) -> Bool {
    nearest(VariableDeclSyntax.self)?.bindings.contains { $0.pattern.trimmedDescription == name }
      == true
  }

  /// The left side of an assignment that is pointed at.
  private var assigned: ExprSyntax? {
    guard let operation = parent?.parent?.as(InfixOperatorExprSyntax.self), text.hasSuffix("=")
    else {
      return nil
    }
    return operation.leftOperand
  }

  func assigns(_ name: String) -> Bool {
    assigned?.tokens(viewMode: .sourceAccurate).contains { $0.text == name } == true
  }

  var assignsSubscript: Bool {
    assigned?.tokens(viewMode: .sourceAccurate).contains { $0.tokenKind == .leftSquare } == true
  }

  var isCast: Bool {
    switch parent?.kind {
    case .asExpr, .isExpr, .unresolvedAsExpr, .unresolvedIsExpr: true
    default: nearest(CatchItemSyntax.self) != nil || isPattern
    }
  }

  /// What the operator or call pointed at may leave unevaluated.
  var lazyOperand: Syntax? {
    if let operation = parent?.parent?.as(InfixOperatorExprSyntax.self) {
      return ["&&", "||", "??"].contains(text) ? Syntax(operation.rightOperand) : nil
    }
    let lazy: Set<String> = [
      "assert", "precondition", "assertionFailure", "preconditionFailure", "fatalError",
    ]
    guard lazy.contains(text), let call = Expression.call(at: token) else { return nil }
    return call.as(FunctionCallExprSyntax.self).map { Syntax($0.arguments) }
  }

  /// Whether a variable is named in the expression pointed at.
  func isOperand(_ variable: String) -> Bool {
    let expression = Expression.call(at: token) ?? Expression.named(at: token)
    return expression?.tokens(viewMode: .sourceAccurate).contains { $0.text == variable } == true
  }
}
