import Ray
import RayGraph

extension TagOperation {
  /// Some intrinsics have a last operand that only says what is undefined.
  var operandCount: Int {
    if case .operation(let opcode)? = step { min(count, opcode.arity) } else { count }
  }

  /// What the operation is in a graph; nil for one that graphs do not have.
  var step: Node.Kind? {
    if let opcode = kind.opcode { return .operation(opcode) }
    return kind.mathFunction.map { .call(.math(resultType == .float ? $0 + "f" : $0)) }
  }
}

extension TagOperation.Kind {
  fileprivate var opcode: Opcode? {
    switch self {
    case .add: .add
    case .subtract: .sub
    case .multiply: .mul
    case .signedDivide: .sdiv
    case .unsignedDivide: .udiv
    case .signedRemainder: .srem
    case .unsignedRemainder: .urem
    case .shiftLeft: .shl
    case .unsignedShiftRight: .lshr
    case .signedShiftRight: .ashr
    case .and: .and
    case .or: .or
    case .xor: .xor
    case .floatAdd: .fadd
    case .floatSubtract: .fsub
    case .floatMultiply: .fmul
    case .floatDivide: .fdiv
    case .floatRemainder: .frem
    case .floatNegate: .fneg
    case .select: .select
    case .equal: .eq
    case .notEqual: .ne
    case .unsignedGreater: .ugt
    case .unsignedGreaterOrEqual: .uge
    case .unsignedLess: .ult
    case .unsignedLessOrEqual: .ule
    case .signedGreater: .sgt
    case .signedGreaterOrEqual: .sge
    case .signedLess: .slt
    case .signedLessOrEqual: .sle
    case .floatEqual: .oeq
    case .floatGreater: .ogt
    case .floatGreaterOrEqual: .oge
    case .floatLess: .olt
    case .floatLessOrEqual: .ole
    case .floatOrderedNotEqual: .one
    case .floatOrdered: .ord
    case .floatUnordered: .uno
    case .floatUnorderedEqual: .ueq
    case .floatUnorderedGreater: .fugt
    case .floatUnorderedGreaterOrEqual: .fuge
    case .floatUnorderedLess: .fult
    case .floatUnorderedLessOrEqual: .fule
    case .floatNotEqual: .une
    case .truncate: .truncate
    case .zeroExtend: .zext
    case .signExtend: .sext
    case .floatTruncate: .fptrunc
    case .floatExtend: .fpext
    case .floatToSigned: .fptosi
    case .floatToUnsigned: .fptoui
    case .signedToFloat: .sitofp
    case .unsignedToFloat: .uitofp
    case .bitCast: .bitcast
    case .signedAddOverflows: .saddOverflow
    case .unsignedAddOverflows: .uaddOverflow
    case .signedSubtractOverflows: .ssubOverflow
    case .unsignedSubtractOverflows: .usubOverflow
    case .signedMultiplyOverflows: .smulOverflow
    case .unsignedMultiplyOverflows: .umulOverflow
    case .signedAddSaturating: .saddSat
    case .unsignedAddSaturating: .uaddSat
    case .signedSubtractSaturating: .ssubSat
    case .unsignedSubtractSaturating: .usubSat
    case .signedMaximum: .smax
    case .signedMinimum: .smin
    case .unsignedMaximum: .umax
    case .unsignedMinimum: .umin
    case .absolute: .abs
    case .onesCount: .ctpop
    case .leadingZeros: .ctlz
    case .trailingZeros: .cttz
    case .byteSwap: .bswap
    case .bitReverse: .bitreverse
    case .funnelShiftLeft: .fshl
    case .funnelShiftRight: .fshr
    case .squareRoot: .sqrt
    case .floatAbsolute: .fabs
    case .copySign: .copysign
    case .floor: .floor
    case .ceil: .ceil
    case .roundTowardZero: .trunc
    case .rint: .rint
    case .round: .round
    case .roundEven: .roundeven
    case .fusedMultiplyAdd: .fma
    case .minimumNumber: .minnum
    case .maximumNumber: .maxnum
    case .minimum: .minimum
    case .maximum: .maximum
    default: nil
    }
  }

  /// The function of the C library that computes the same for `Double`.
  fileprivate var mathFunction: String? {
    switch self {
    case .sin: "sin"
    case .cos: "cos"
    case .tan: "tan"
    case .asin: "asin"
    case .acos: "acos"
    case .atan: "atan"
    case .atan2: "atan2"
    case .sinh: "sinh"
    case .cosh: "cosh"
    case .tanh: "tanh"
    case .exp: "exp"
    case .exp2: "exp2"
    case .exp10: "exp10"
    case .expm1: "expm1"
    case .log: "log"
    case .log2: "log2"
    case .log10: "log10"
    case .log1p: "log1p"
    case .pow: "pow"
    case .hypot: "hypot"
    case .cbrt: "cbrt"
    default: nil
    }
  }
}
