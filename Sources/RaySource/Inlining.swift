// Callees that stand where they were called.
extension Lowering {
  /// Puts what a callee does in the place of the call, if that was asked for.
  ///
  /// `let y = f(x)` → `var y: Int; done: do { …; y = …; break done }`, which `Simplifier` makes
  /// plain where it can. Generic functions, those that throw and recursion stay calls.
  func inline(_ application: Application, _ result: String) throws(SourceError) -> Bool {
    guard case .function(let reference) = try value(application.callee),
      [.function, .local, .getter].contains(reference.name.kind), application.generics.isEmpty,
      !application.type.doesThrow, !program.inlining.contains(reference.symbol),
      reference.symbol != function.symbol, program.inlines(reference.symbol),
      let body = program.module.function(reference.symbol)
    else { return false }
    var given: [Value] = []
    for name in application.passed {
      let value = try value(name)
      if case .value(.defaultArgument) = value { return false }
      given.append(value)
    }
    program.inlining.insert(reference.symbol)
    defer { program.inlining.remove(reference.symbol) }
    let inner = try Lowering(program, body)
    let label = Label()
    let output = Variable(type: application.type.result)
    let statements = try inner.body(captures: given).returning(to: output, label)
    let isVoid = application.type.results.allSatisfy(\.type.isVoid)
    if !isVoid { emit(.declare(output, nil)) }
    emit(.block(label, statements))
    if isVoid {
      values[result] = .tuple([])
    } else {
      try deliver(.variable(output), of: application, to: result)
    }
    return true
  }
}

extension [Statement] {
  /// With every `return` as an assignment and a jump behind the label.
  fileprivate func returning(to variable: Variable, _ label: Label) -> [Statement] {
    flatMap { statement -> [Statement] in
      if case .result(let value) = statement {
        return (value.map { [.assign(.variable(variable), $0)] } ?? []) + [.leave(label)]
      }
      return [statement.mappingBodies { $0.returning(to: variable, label) }]
    }
  }
}
