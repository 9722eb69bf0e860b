/// Gives variables and labels the names that are printed: the program's own where it has them.
struct Names {
  private var taken: Set<String>
  private var labelNumber = 0

  /// - Parameter reserved: what the function calls or names besides.
  init(reserved: Set<String>) { taken = reserved }

  mutating func name(_ body: [Statement], parameters: [Variable]) {
    var scope: Set<String> = taken
    // Parameters keep their names: the signature has them.
    for parameter in parameters { scope.remove(parameter.name ?? parameter.shown) }
    for parameter in parameters { give(parameter, &scope) }
    name(body, scope)
  }

  private mutating func name(_ body: [Statement], _ outer: Set<String>) {
    var scope = outer
    for statement in body {
      for expression in statement.expressions {
        expression.forEachClosure { closure in
          var inner = scope
          for parameter in closure.parameters { give(parameter, &inner) }
          name(closure.body, inner)
        }
      }
      if case .declare(let variable, _) = statement { give(variable, &scope) }
      switch statement {
      case .loop(let label, _, let body):
        nameLabel(label, body.needsLabel(label), "loop")
      case .block(let label, _): nameLabel(label, true, "done")
      default: break
      }
      if case .select(_, let cases) = statement {
        for item in cases {
          var inner = scope
          for binding in item.bindings { give(binding.variable, &inner) }
          name(item.body, inner)
        }
        continue
      }
      var inner = scope
      for variable in statement.bound where variable.shown != "_" { give(variable, &inner) }
      for body in statement.bodies { name(body, inner) }
    }
  }

  private mutating func nameLabel(_ label: Label, _ isNeeded: Bool, _ base: String) {
    guard isNeeded else { return label.shown = "" }
    labelNumber += 1
    label.shown = labelNumber == 1 ? base : base + String(labelNumber)
  }

  private func give(_ variable: Variable, _ scope: inout Set<String>) {
    if variable.name == "self" { return variable.shown = "self" }
    let base = (variable.name ?? variable.shown.filter { !$0.isNumber })
    var name = base
    var number = 2
    while scope.contains(name) {
      name = base + String(number)
      number += 1
    }
    scope.insert(name)
    variable.shown = name.asIdentifier
  }
}

extension [Statement] {
  /// Whether a jump that belongs to a loop stands where a bare one would mean another.
  fileprivate func needsLabel(_ label: Label) -> Bool {
    contains { statement in
      switch statement {
      case .leave(let other), .again(let other):
        _ = other
        return false
      case .loop(_, _, let body): return body.mentions(label) || body.repeats(label)
      case .select(_, let cases):
        return cases.contains { $0.body.mentions(label) || $0.body.needsLabel(label) }
      case .block(_, let body): return body.mentions(label) || body.needsLabel(label)
      default: return statement.bodies.contains { $0.needsLabel(label) }
      }
    }
  }
}
