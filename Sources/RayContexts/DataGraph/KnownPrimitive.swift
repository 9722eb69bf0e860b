import RayGraph

/// Functions of the standard library without IR that compute one operation of the machine.
enum KnownPrimitive {
  /// - Parameter values: the scalar arguments.
  /// - Returns: the operation and the argument that it works on; nil for other functions.
  static func step(
    of symbol: String, _ values: [GraphRecorder.Value]
  ) -> (Opcode, GraphRecorder.Value)? {
    // Double.rounded(_:), Float.rounded(_:): the rule comes as a byte.
    guard symbol.hasSuffix("7roundedySds25FloatingPointRoundingRuleOF")
      || symbol.hasSuffix("7roundedySfs25FloatingPointRoundingRuleOF"),
      let rule = values.first(where: { $0.scalar?.type == .int8 })?.scalar,
      let operand = values.first(where: { $0.scalar?.type.isFloatingPoint == true }),
      rounding.indices.contains(Int(rule.bits))
    else { return nil }
    return (rounding[Int(rule.bits)], operand)
  }

  /// By the cases of `FloatingPointRoundingRule`; the last, away from zero, has no instruction.
  private static let rounding: [Opcode] = [.round, .roundeven, .ceil, .floor, .trunc]
}
