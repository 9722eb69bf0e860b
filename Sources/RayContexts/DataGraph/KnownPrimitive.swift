import RayGraph

/// Functions of the standard library without IR that compute one operation of the machine.
enum KnownPrimitive {
  /// - Parameters:
  ///   - name: the function, shortened: `Double.rounded(_:)`.
  ///   - values: its scalar arguments, `self` last.
  /// - Returns: the operation and what it works on; nil for other functions.
  static func step(
    of name: String, _ values: [GraphRecorder.Value]
  ) -> (Opcode, [GraphRecorder.Value])? {
    guard let dot = name.firstIndex(of: ".") else { return nil }
    let type = name[..<dot]
    let method = name[name.index(after: dot)...]
    guard type == "Double" || type == "Float" else { return nil }
    let numbers = values.filter { $0.scalar?.type.isFloatingPoint == true }
    if method == "rounded(_:)" {
      // The rule comes as a byte.
      guard numbers.count == 1,
        let rule = values.first(where: { $0.scalar?.type == .int8 })?.scalar,
        rounding.indices.contains(Int(rule.bits))
      else { return nil }
      return (rounding[Int(rule.bits)], numbers)
    }
    guard let opcode = methods[String(method)], numbers.count == values.count,
      numbers.count == opcode.arity
    else { return nil }
    switch opcode {
    // x.truncatingRemainder(dividingBy: y), x.addingProduct(y, z): x comes last.
    case .frem: return (opcode, [numbers[1], numbers[0]])
    default: return (opcode, numbers)
    }
  }

  private static let methods: [String: Opcode] = [
    "magnitude.getter": .fabs, "squareRoot()": .sqrt, "rounded()": .round,
    "truncatingRemainder(dividingBy:)": .frem, "addingProduct(_:_:)": .fma,
  ]

  /// By the cases of `FloatingPointRoundingRule`; the last, away from zero, has no instruction.
  private static let rounding: [Opcode] = [.round, .roundeven, .ceil, .floor, .trunc]
}
