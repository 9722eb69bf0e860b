import SwiftSyntax

/// Says whether the source at a place really is the call or variable that a site is about, and
/// by which rule.
///
/// A rule accepts a form of the source that stands for a call; what no rule knows is a miss.
struct LocationRules {
  /// Names that stand for types: aliases, associated types, generic parameters.
  var typeNames: Set<String> = ["Self"]
  var transparent = Transparent()

  /// - Returns: the rule; nil where the source is something else.
  func rule(for callee: Callee, at token: TokenSyntax) -> String? {
    let place = Place(token)
    return rule(for: callee, at: place) ?? operandRule(callee, place)
      ?? statementRule(callee, place) ?? transparentRule(callee, place)
  }

  /// The standard library's `&&`, `||`, `??`, `assert` and the like take operands that they may
  /// never evaluate, and are inlined without a trace: calls in such an operand lie where the
  /// operator or call does.
  private func operandRule(_ callee: Callee, _ place: Place) -> String? {
    guard let operand = place.lazyOperand, isIn(operand, callee) else { return nil }
    return "in an operand that may not be evaluated, at its operator"
  }

  private func statementRule(_ callee: Callee, _ place: Place) -> String? {
    if place.evaluated.contains(where: { isIn($0, callee) }) {
      return "in a condition or an assignment, at its beginning"
    }
    if place.patterns.contains(where: { isIn($0, callee) }) {
      return "a pattern of a switch, at its subject"
    }
    if ["~=", "=="].contains(callee.name), !place.patterns.isEmpty {
      return "a pattern of a switch, at its subject"
    }
    return nil
  }

  private func isIn(_ node: Syntax, _ callee: Callee) -> Bool {
    node.tokens(viewMode: .sourceAccurate).contains {
      let place = Place($0)
      return rule(for: callee, at: place) != nil || transparentRule(callee, place) != nil
    }
  }

  /// What a function marked `@_transparent` calls lies where that function is called.
  private func transparentRule(_ callee: Callee, _ place: Place) -> String? {
    guard let name = place.transparentName, transparent.leads(from: name, to: callee) else {
      return nil
    }
    return "in a transparent function, at its call"
  }

  private func rule(for callee: Callee, at place: Place) -> String? {
    switch callee.role {
    case .function, .foreign: return function(callee, place)
    case .operator: return operatorRule(callee.name, place)
    case .initializer: return initializer(callee, place)
    case .getter, .setter: return property(callee, place)
    case .subscriptGetter, .subscriptSetter: return subscriptRule(callee, place)
    case .defaultArgument:
      let isInitializer = callee.labels == "initializer"
      let inner = Callee(role: isInitializer ? .initializer : .function, name: callee.name)
      return rule(for: inner, at: place).map { _ in "a default argument, at the call" }
    case .closure: return closure(place)
    case .deferred:
      if place.isOfDefer { return "a defer" }
      return place.isTried ? "a defer, at what throws" : nil
    case .initialValue: return place.declares(callee.name) ? "a property's initial value" : nil
    case .unknown:
      return place.isExpression ? "a call of what is only known at run time" : nil
    case .deinitializer:
      if place.text == "deinit" { return "its name" }
      if place.isTypeDeclaration { return "a deinitialiser, at its type" }
      return place.endsScope ? "a deinitialiser, where a value's life ends" : nil
    case .other: return nil
    }
  }

  private func function(_ callee: Callee, _ place: Place) -> String? {
    let name = callee.name
    if place.names(name) { return "its name" }
    if Self.iteration.contains(name), place.isOfForIn { return "for … in" }
    if Self.interpolation.contains(name), place.isOfString { return "a string's interpolation" }
    if Self.literals.contains(name), place.isCollection { return "a literal" }
    if Self.literals.contains(name), place.isCall { return "a variadic argument, at the call" }
    if let stands = Self.traps[name], stands.contains(place.text) { return "a trap" }
    if name.hasPrefix("__derived_"), ["==", "!="].contains(place.text) {
      return "an operator that the compiler derives"
    }
    if name.hasPrefix("swift_willThrow"), place.isThrow { return "a throw" }
    if name == "_diagnoseUnexpectedEnumCase", place.isPattern || !place.patterns.isEmpty {
      return "a trap"
    }
    if name.hasSuffix("Cast"), name.first == "_", place.isExpression {
      return "an implicit conversion"
    }
    if callee.role == .foreign, place.text == "__builtin_\(name)" { return "its name" }
    if name.hasPrefix("dynamic_cast_"), place.isCast { return "a cast" }
    if place.hasKeyPath(naming: name) { return "a key path" }
    if name == "callAsFunction", place.isCall { return "a value that is called" }
    if name.hasPrefix("build"), place.isInBuilder { return "a result builder" }
    return nil
  }

  private static let iteration: Set<String> = ["makeIterator", "next", "makeAsyncIterator"]
  private static let interpolation: Set<String> = ["appendLiteral", "appendInterpolation"]
  private static let literals: Set<String> = [
    "_allocateUninitializedArray", "_finalizeUninitializedArray", "_adoptStorage",
  ]
  /// What the standard library's transparent functions become.
  private static let traps: [String: Set<String>] = [
    "_assertionFailure": [
      "fatalError", "precondition", "preconditionFailure", "assert", "assertionFailure",
      "_precondition", "_internalInvariant",
    ],
    "_diagnoseUnexpectedNilOptional": ["!"],
    "_fatalErrorMessage": ["fatalError", "precondition", "assert"],
  ]

  private func operatorRule(_ name: String, _ place: Place) -> String? {
    if place.operatorText == name { return "its name" }
    if let written = place.operatorText, Self.derived[written]?.contains(name) == true {
      return "an operator made of another"
    }
    if name == "~=" || name == "==", place.isPattern { return "a pattern" }
    if place.names(name) { return "its name" }
    return nil
  }

  /// Operators that the standard library makes of others, without a trace of the call.
  private static let derived: [String: Set<String>] = [
    "!=": ["=="], ">": ["<"], "<=": ["<"], ">=": ["<"], "!==": ["==="],
  ]

  private func initializer(_ callee: Callee, _ place: Place) -> String? {
    if place.text == "init" || place.names(callee.name) { return "its name" }
    if place.isLiteral(of: callee.labels) { return "a literal" }
    if place.isCall || place.isAttribute, typeNames.contains(place.text) {
      return "a type's other name"
    }
    if place.fits(labels: callee.labels) { return "an initialiser of that name and labels" }
    if callee.labels.contains("wrappedValue"), place.isDeclaration { return "a property wrapper" }
    return nil
  }

  private func property(_ callee: Callee, _ place: Place) -> String? {
    if place.names(callee.name) { return "its name" }
    if callee.name == "unownedExecutor" { return "a hop to an actor" }
    if place.text.dropFirst() == callee.name[...], place.text.first == "$" { return "its name" }
    if ["wrappedValue", "projectedValue"].contains(callee.name), place.isName {
      return "a property wrapper"
    }
    if place.assigns(callee.name) { return "an assignment" }
    if place.isBase(naming: callee.name) { return "a member of a chain, at another of it" }
    return nil
  }

  private func subscriptRule(_ callee: Callee, _ place: Place) -> String? {
    if place.isSubscript { return "its brackets" }
    if place.assignsSubscript { return "an assignment" }
    if place.isSubscripted { return "its brackets, at what is subscripted" }
    if place.isMember { return "a dynamic member" }
    return nil
  }

  private func closure(_ place: Place) -> String? {
    if place.text == "{" { return "a closure" }
    if place.isExpression { return "a closure's call" }
    return nil
  }

  // Variables -----------------------------------------------------------------

  /// - Parameter variable: the loaded variable; empty: a part of a value, which has no name.
  func rule(forLoadOf variable: String, at token: TokenSyntax) -> String? {
    let place = Place(token)
    if variable.isEmpty {
      if place.isExpression || place.isPattern || place.isOfForIn || place.isInterpolation
        || place.isAttribute
      {
        return "a part of a value of the expression"
      }
      if place.isParameter { return "a parameter" }
      return place.isStatementWithValue ? "a part of a value of the statement" : nil
    }
    if place.names(variable) { return "its name" }
    if variable == "self", place.isName || place.isExpression {
      return "self, which may be left out"
    }
    if place.isOperand(variable) { return "an operand of the expression" }
    return nil
  }
}
