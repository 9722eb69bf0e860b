/// What cannot be written although each of its functions could: the text would not compile, or do
/// something else.
extension Program {
  func refuse(_ type: Declaration) throws(SourceError) {
    for member in type.members where member.keyword == "var" {
      if member.text.hasPrefix("lazy ") {
        throw SourceError("the lazy property '\(member.name)'", function: type.path)
      }
      try refuseObservers(of: member)
    }
    if let end = module.functions.first(where: { $0.name == type.path + ".deinit" }),
      end.doesMoreThanRelease
    {
      throw SourceError("its deinitializer", function: type.path)
    }
  }

  /// `didSet` and `willSet` are functions that only setters call.
  func refuseObservers(of variable: Declaration) throws(SourceError) {
    let observers = [".didset", ".willset"].map { variable.path + $0 }
    if module.functions.contains(where: { function in
      observers.contains { function.name == $0 || function.name == "static " + $0 }
    }) {
      throw SourceError(
        "the observer of the property '\(variable.name)'",
        function: variable.parent?.path ?? variable.name)
    }
  }

  /// SIL passes a tuple's elements one by one.
  func refuse(parametersOf function: SILFunction, _ declaration: Declaration?)
    throws(SourceError)
  {
    for parameter in declaration?.parameters ?? []
    where parameter.type.hasPrefix("(") && !parameter.type.contains("->") {
      throw SourceError("the parameter '\(parameter.name)', a tuple", function: function.name)
    }
  }
}

extension SILFunction {
  /// Of a class's `deinit`: whether the program has written it.
  fileprivate var doesMoreThanRelease: Bool {
    let opcodes: Set = [
      "class_method", "cond_br", "global_addr", "store", "switch_enum", "witness_method",
    ]
    return blocks.contains { block in
      block.instructions.contains {
        opcodes.contains($0.opcode) || !($0.callee?.hasSuffix(".deinit") ?? true)
      }
    }
  }
}
