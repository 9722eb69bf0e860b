// What is left of the operators that the compiler has taken apart.
extension Lowering {
  /// `"sadd_with_overflow_Int64"(%1, %2, %3) : $(Builtin.Int64, Builtin.Int1)`
  func builtin(_ instruction: SILInstruction) throws(SourceError) {
    var scan = Scanner(instruction.operands)
    _ = scan.take("\"")
    let name = scan.until("\"")
    guard let result = instruction.results.first else { return }
    if ["willThrow", "unexpectedError", "once", "endLifetime"].contains(name) {
      return values[result] = .tuple([])
    }
    _ = scan.take("(")
    let operands = Scanner.split(scan.balanced(until: ")")).map(String.init)
    let form = name.split(separator: "_").dropLast().joined(separator: "_")
    let type = operands.lazy.compactMap { self.types[$0] }.first
    if let symbol = Self.checked[form], operands.count == 3 {
      // The operator itself traps, so nobody has to look whether it overflowed.
      values[result] = .tuple([
        .value(try operation(symbol, operands, type, .traps)), .nothing,
      ])
    } else if let symbol = Self.plain[form], operands.count == 2 {
      let isComparison = form.hasPrefix("cmp") || form.hasPrefix("fcmp")
      alias(
        result,
        try operation(symbol, operands, isComparison ? .named("Bool", []) : type, []),
        type: isComparison ? .named("Bool", []) : type)
    } else if let symbol = Self.shifts[form], operands.count == 2,
      (type?.base.hasPrefix("U") ?? false) == (form == "lshr") || form == "shl"
    {
      alias(result, try operation(symbol, operands, type, []), type: type)
    } else if form == "int_expect", let value = operands.first {
      values[result] = try self.value(value)
      types[result] = types[value]
    } else if form == "fneg", operands.count == 1 {
      let operand = try expression(operands[0])
      alias(
        result,
        .compound(Compound([.text("-"), .expression(operand, .prefix)], .prefix, [], type: type)),
        type: type)
    } else {
      throw fail("the builtin '\(name)'")
    }
  }

  private func operation(
    _ symbol: String, _ operands: [String], _ type: SILType?, _ effect: Effect
  ) throws(SourceError) -> Expression {
    let precedence = Precedence(of: symbol)
    return .compound(
      Compound(
        [
          .expression(try expression(operands[0]), precedence), .text(" \(symbol) "),
          .typed(try expression(operands[1]), precedence.above),
        ], precedence, effect, type: type))
  }

  private static let checked = [
    "sadd_with_overflow": "+", "ssub_with_overflow": "-", "smul_with_overflow": "*",
    "uadd_with_overflow": "+", "usub_with_overflow": "-", "umul_with_overflow": "*",
  ]
  private static let shifts = ["lshr": "&>>", "ashr": "&>>", "shl": "&<<"]
  private static let plain = [
    "add": "&+", "sub": "&-", "mul": "&*", "sdiv": "/", "udiv": "/", "srem": "%", "urem": "%",
    "and": "&", "or": "|", "xor": "^", "fadd": "+", "fsub": "-", "fmul": "*", "fdiv": "/",
    "cmp_eq": "==", "cmp_ne": "!=", "cmp_slt": "<", "cmp_sle": "<=", "cmp_sgt": ">",
    "cmp_sge": ">=", "cmp_ult": "<", "cmp_ule": "<=", "cmp_ugt": ">", "cmp_uge": ">=",
    "fcmp_oeq": "==", "fcmp_une": "!=", "fcmp_olt": "<", "fcmp_ole": "<=", "fcmp_ogt": ">",
    "fcmp_oge": ">=",
  ]
}
