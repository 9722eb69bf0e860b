import Ray

/// Operations as Swift writes them.
enum WhyText {
  static func text(of operation: TagOperation) -> String {
    let operands = (0..<operation.count).map { "\(operation.operand($0))" }
    let result = "\(operation.result)"
    if let symbol = symbol(of: operation.kind), operands.count == 2 {
      return "\(operands[0]) \(symbol) \(operands[1]) = \(result)"
    }
    if operation.kind == .floatNegate { return "-\(operands[0]) = \(result)" }
    return "\(name(of: operation.kind))(\(operands.joined(separator: ", "))) = \(result)"
  }

  private static func symbol(of kind: TagOperation.Kind) -> String? {
    switch kind {
    case .add, .floatAdd: "+"
    case .subtract, .floatSubtract: "-"
    case .multiply, .floatMultiply: "*"
    case .signedDivide, .unsignedDivide, .floatDivide: "/"
    case .signedRemainder, .unsignedRemainder, .floatRemainder: "%"
    case .shiftLeft: "<<"
    case .signedShiftRight, .unsignedShiftRight: ">>"
    case .and: "&"
    case .or: "|"
    case .xor: "^"
    case .equal, .floatEqual: "=="
    case .notEqual, .floatNotEqual: "!="
    case .signedLess, .unsignedLess, .floatLess: "<"
    case .signedLessOrEqual, .unsignedLessOrEqual, .floatLessOrEqual: "<="
    case .signedGreater, .unsignedGreater, .floatGreater: ">"
    case .signedGreaterOrEqual, .unsignedGreaterOrEqual, .floatGreaterOrEqual: ">="
    default: nil
    }
  }

  private static func name(of kind: TagOperation.Kind) -> String {
    switch kind {
    case .signedToFloat, .unsignedToFloat, .floatExtend, .floatTruncate, .signExtend, .zeroExtend,
      .truncate, .floatToSigned, .floatToUnsigned:
      "converted"
    default: "\(kind)"
    }
  }
}
