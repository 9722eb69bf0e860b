/// Makes Swift as one writes it of one variable a value and one jump an edge.
///
/// Each pass looks at lists of statements and keeps what the program does: calls and changes stay
/// in their order, and what may trap is moved over nothing that can be seen.
enum Simplifier {
  static func simplified(_ body: [Statement], isInitializer: Bool = false) -> [Statement] {
    var body = Scoping.hoisted(body)
    for _ in 0..<40 {
      let before = Self.size(body)
      body = Tails.cleaned(body)
      body = body.mapping(Shapes.shaped)
      body = body.mapping(Declaring.joined)
      body = Copies.propagated(body)
      body = Inliner.inlined(body)
      body = Dead.removed(body)
      body = body.mapping(Interpolations.merged)
      if Self.size(body) == before { break }
    }
    return body
  }

  /// Falls with every change that a pass makes, or nearly so.
  private static func size(_ body: [Statement]) -> Int {
    var size = 0
    var hash = Hasher()
    func count(_ list: [Statement]) {
      for statement in list {
        size += 1
        hash.combine(statement.tag)
        for expression in statement.expressions {
          hash.combine(expression.key)
          expression.forEachClosure { count($0.body) }
        }
        for body in statement.bodies {
          hash.combine(body.count)
          count(body)
        }
      }
    }
    count(body)
    hash.combine(size)
    return hash.finalize()
  }
}

extension Statement {
  /// A number for each kind.
  fileprivate var tag: Int {
    switch self {
    case .declare: 0
    case .assign: 1
    case .expression: 2
    case .branch: 3
    case .select: 4
    case .loop(_, .forever, _): 5
    case .loop: 6
    case .block: 7
    case .attempt: 8
    case .leave: 9
    case .again: 10
    case .result: 11
    case .raise: 12
    }
  }
}

/// Sees to it that a declaration's scope has all uses: what a loop declares may be used behind it.
enum Scoping {
  static func hoisted(_ body: [Statement]) -> [Statement] {
    var counts: [Variable: Int] = [:]
    body.forEachVariable { variable, _ in counts[variable, default: 0] += 1 }
    var moved: [Variable: Expression?] = [:]
    return hoisted(body, counts, &moved).list
  }

  /// Gives back the list and what it declares that is used outside of it.
  private static func hoisted(
    _ body: [Statement], _ total: [Variable: Int], _ moved: inout [Variable: Expression?]
  ) -> (list: [Statement], escaping: [Variable]) {
    var result: [Statement] = []
    var escaping: [Variable] = []
    for statement in body {
      var fromInside: [Variable] = []
      let inner = statement.mappingBodies { list in
        let (list, out) = hoisted(list, total, &moved)
        fromInside += out
        return list
      }
      for variable in fromInside { result.append(.declare(variable, nil)) }
      result.append(inner)
    }
    var inside: [Variable: Int] = [:]
    result.forEachVariable { variable, _ in inside[variable, default: 0] += 1 }
    result = result.map { statement in
      guard case .declare(let variable, let value) = statement else { return statement }
      // Closures' variables are counted with the function's.
      let own = inside[variable] ?? 0
      let assigned = moved[variable] != nil ? 1 : 0
      guard (total[variable] ?? 0) + assigned > own else { return statement }
      escaping.append(variable)
      guard let value else { return .block(Label(), []) }
      moved[variable] = .some(nil)
      return .assign(.variable(variable), value)
    }
    return (result, escaping)
  }
}

/// Leaves out jumps to where control goes anyway.
enum Tails {
  private struct Ends {
    var left: Set<Label> = []
    var repeated: Set<Label> = []
    var isEnd = false
  }

  static func cleaned(_ body: [Statement]) -> [Statement] {
    for statement in body {
      for expression in statement.expressions { cleanClosures(expression) }
    }
    return clean(body, Ends(isEnd: true))
  }

  private static func cleanClosures(_ expression: Expression) {
    expression.forEachClosure { $0.body = cleaned($0.body) }
  }

  private static func clean(_ list: [Statement], _ ends: Ends) -> [Statement] {
    var list = list
    // What follows a jump is never reached.
    if let index = list.firstIndex(where: \.leaves), index + 1 < list.count {
      list.removeSubrange((index + 1)...)
    }
    while let last = list.last, isRedundant(last, ends) { list.removeLast() }
    list = turned(list, ends)
    return list.enumerated().flatMap { position, statement -> [Statement] in
      for expression in statement.expressions { cleanClosures(expression) }
      let inner = position == list.count - 1 ? ends : Ends()
      switch statement {
      case .loop(let label, let kind, let body):
        return [.loop(label, kind, clean(body, Ends(repeated: [label])))]
      case .block(let label, let body):
        var inner = inner
        inner.left.insert(label)
        var cleaned = clean(redirected(body, label), inner)
        if !cleaned.mentions(label) { return cleaned }
        cleaned = clean(cleaned, inner)
        return [.block(label, cleaned)]
      default: return [statement.mappingBodies { clean($0, inner) }]
      }
    }
  }

  private static func isRedundant(_ statement: Statement, _ ends: Ends) -> Bool {
    switch statement {
    case .leave(let label): ends.left.contains(label)
    case .again(let label): ends.repeated.contains(label)
    case .result(nil): ends.isEnd
    default: false
    }
  }

  /// `if c { a; break l }; b` → `if c { a } else { b }` where `l` ends behind `b`.
  private static func turned(_ list: [Statement], _ ends: Ends) -> [Statement] {
    for (index, statement) in list.enumerated() where index + 1 < list.count {
      guard case .branch(let condition, let then, let other) = statement, other.isEmpty,
        let last = then.last, case .leave(let label) = last, ends.left.contains(label)
      else { continue }
      return Array(list[..<index])
        + [.branch(condition, then.dropLast(), Array(list[(index + 1)...]))]
    }
    return list
  }

  /// A `do` that ends with a loop: leaving it is leaving the loop.
  private static func redirected(_ body: [Statement], _ label: Label) -> [Statement] {
    guard let last = body.last, case .loop(let loop, let kind, let inside) = last else {
      return body
    }
    return body.dropLast() + [.loop(loop, kind, inside.renaming(label, to: loop))]
  }
}

extension [Statement] {
  func renaming(_ label: Label, to other: Label) -> [Statement] {
    map { statement in
      if case .leave(label) = statement { return .leave(other) }
      return statement.mappingBodies { $0.renaming(label, to: other) }
    }
  }

  /// Whether a variable occurs.
  func uses(_ variable: Variable) -> Bool {
    var found = false
    forEachVariable { used, _ in if used == variable { found = true } }
    return found
  }
}

extension Statement {
  func uses(_ variable: Variable) -> Bool { [self].uses(variable) }
}
