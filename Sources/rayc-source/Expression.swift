import SwiftSyntax

/// The expressions that debug information means by pointing at a token.
///
///     a.b(c)        at `b`: the member `a.b` and the call `a.b(c)`
///     x + y * z     at `*`: `y * z`
///     x[i]          at `[`: `x[i]`
///     x as? T       at `as`: `x as? T`
enum Expression {
  /// What is named at a token: a name with what it is a member of, an operator with its
  /// operands, a literal, a subscript. Nil where no expression is pointed at.
  static func named(at token: TokenSyntax) -> Syntax? {
    guard let parent = token.parent else { return nil }
    switch parent.as(SyntaxEnum.self) {
    case .declReferenceExpr(let name):
      return whole(Syntax(name))
    case .binaryOperatorExpr, .assignmentExpr:
      return parent.parent?.is(InfixOperatorExprSyntax.self) == true ? parent.parent : parent
    case .subscriptCallExpr(let call):
      return token == call.leftSquare ? parent : nil
    case .optionalChainingExpr, .forceUnwrapExpr, .asExpr, .isExpr, .prefixOperatorExpr,
      .postfixOperatorExpr, .ternaryExpr, .tryExpr, .awaitExpr, .inOutExpr:
      return parent
    case .unresolvedAsExpr, .unresolvedIsExpr, .unresolvedTernaryExpr:
      return parent.parent
    case .functionCallExpr(let call):
      return token == call.leftParen ? Syntax(call.calledExpression) : beginning(with: token)
    case .genericArgumentClause(let clause):
      return token == clause.rightAngle ? clause.parent : nil
    case .arrayExpr, .dictionaryExpr, .arrayType, .dictionaryType:
      // `[Int]()` points at its closing bracket.
      return token.tokenKind == .rightSquare ? parent : beginning(with: token)
    case .expressionSegment:
      return parent
    case .stringSegment, .stringLiteralExpr:
      // A literal with interpolations is made piece by piece.
      var node = parent
      while !node.is(StringLiteralExprSyntax.self), let outer = node.parent { node = outer }
      return node
    case .memberAccessExpr(let access):
      // `.some` points at its name; at the period where there is a base.
      return token == access.period ? parent : nil
    default:
      return beginning(with: token)
    }
  }

  /// The call of what is named at a token; nil where it is not called.
  static func call(at token: TokenSyntax) -> Syntax? {
    guard let named = named(at: token) else { return nil }
    if isCall(named) { return named }
    guard let call = named.parent?.as(FunctionCallExprSyntax.self),
      Syntax(call.calledExpression) == named
    else { return nil }
    return Syntax(call)
  }

  /// Whether an expression without parentheses behind it is a call all the same.
  private static func isCall(_ node: Syntax) -> Bool {
    switch node.kind {
    case .infixOperatorExpr, .prefixOperatorExpr, .postfixOperatorExpr, .subscriptCallExpr: true
    default: false
    }
  }

  /// With the `try` and `await` that stand in front of nothing else.
  static func withEffects(_ node: Syntax) -> Syntax {
    var node = node
    while let parent = node.parent, parent.is(TryExprSyntax.self) || parent.is(AwaitExprSyntax.self)
    {
      node = parent
    }
    return node
  }

  // `b` of `a.b<Int>`: the member, with its generic arguments.
  private static func whole(_ name: Syntax) -> Syntax {
    var node = name
    if let access = node.parent?.as(MemberAccessExprSyntax.self),
      Syntax(access.declName) == node
    {
      node = Syntax(access)
    }
    if let specialized = node.parent?.as(GenericSpecializationExprSyntax.self),
      Syntax(specialized.expression) == node
    {
      node = Syntax(specialized)
    }
    return node
  }

  // The smallest expression or pattern that begins with a token.
  private static func beginning(with token: TokenSyntax) -> Syntax? {
    let position = token.positionAfterSkippingLeadingTrivia
    var node = token.parent
    while let each = node, each.positionAfterSkippingLeadingTrivia == position {
      if each.is(ExprSyntax.self) || each.is(PatternSyntax.self) { return each }
      node = each.parent
    }
    return nil
  }
}
