// Data-flow graphs: what a node can compute.

/// An operation of the machine. Its name is LLVM's.
public enum Opcode: String, Sendable, CaseIterable, Hashable {
  // Integers.
  case add, sub, mul, sdiv, udiv, srem, urem, shl, lshr, ashr, and, or, xor
  case abs, smin, smax, umin, umax, ctpop, ctlz, cttz, bswap, bitreverse, fshl, fshr
  case saddSat = "sadd.sat"
  case uaddSat = "uadd.sat"
  case ssubSat = "ssub.sat"
  case usubSat = "usub.sat"
  // Whether the same operation overflows.
  case saddOverflow = "sadd.overflow"
  case uaddOverflow = "uadd.overflow"
  case ssubOverflow = "ssub.overflow"
  case usubOverflow = "usub.overflow"
  case smulOverflow = "smul.overflow"
  case umulOverflow = "umul.overflow"
  // Comparisons of integers.
  case eq = "icmp.eq"
  case ne = "icmp.ne"
  case slt = "icmp.slt"
  case sle = "icmp.sle"
  case sgt = "icmp.sgt"
  case sge = "icmp.sge"
  case ult = "icmp.ult"
  case ule = "icmp.ule"
  case ugt = "icmp.ugt"
  case uge = "icmp.uge"
  // Floating point.
  case fadd, fsub, fmul, fdiv, frem, fneg
  case sqrt, fabs, floor, ceil
  case trunc = "ftrunc"
  case rint, nearbyint, round, roundeven, copysign, fma, minnum, maxnum, minimum, maximum
  // Comparisons of those: ordered, or true also for NaN.
  case oeq = "fcmp.oeq"
  case one = "fcmp.one"
  case olt = "fcmp.olt"
  case ole = "fcmp.ole"
  case ogt = "fcmp.ogt"
  case oge = "fcmp.oge"
  case ord = "fcmp.ord"
  case ueq = "fcmp.ueq"
  case une = "fcmp.une"
  case fult = "fcmp.ult"
  case fule = "fcmp.ule"
  case fugt = "fcmp.ugt"
  case fuge = "fcmp.uge"
  case uno = "fcmp.uno"
  // Conversions.
  case truncate = "trunc"
  case zext, sext, fptrunc, fpext, fptosi, fptoui, sitofp, uitofp, bitcast
  /// The second operand if the first is true, else the third.
  case select

  /// How many operands it takes.
  public var arity: Int {
    switch self {
    case .abs, .ctpop, .ctlz, .cttz, .bswap, .bitreverse, .fneg, .sqrt, .fabs, .floor, .ceil,
      .trunc, .rint, .nearbyint, .round, .roundeven, .truncate, .zext, .sext, .fptrunc, .fpext,
      .fptosi, .fptoui, .sitofp, .uitofp, .bitcast:
      1
    case .fshl, .fshr, .fma, .select: 3
    default: 2
    }
  }

  /// Whether the order of its two operands means nothing, also for NaN.
  var isCommutative: Bool {
    switch self {
    case .add, .mul, .and, .or, .xor, .smin, .smax, .umin, .umax, .saddSat, .uaddSat,
      .saddOverflow, .uaddOverflow, .smulOverflow, .umulOverflow, .eq, .ne, .oeq, .one, .ord,
      .ueq, .une, .uno:
      true
    default: false
    }
  }

  /// Whether the result is a `Bool`, whatever the operands are.
  public var isComparison: Bool {
    rawValue.hasPrefix("icmp.") || rawValue.hasPrefix("fcmp.") || rawValue.hasSuffix(".overflow")
  }

  /// The operator that Swift has for it: `+`; nil for none, or for a function.
  public var swiftOperator: String? {
    switch self {
    case .add, .fadd: "+"
    case .sub, .fsub: "-"
    case .mul, .fmul: "*"
    case .sdiv, .udiv, .fdiv: "/"
    case .srem, .urem: "%"
    case .shl: "<<"
    case .lshr, .ashr: ">>"
    case .and: "&"
    case .or: "|"
    case .xor: "^"
    case .eq, .oeq, .ueq: "=="
    case .ne, .one, .une: "!="
    case .slt, .ult, .olt, .fult: "<"
    case .sle, .ule, .ole, .fule: "<="
    case .sgt, .ugt, .ogt, .fugt: ">"
    case .sge, .uge, .oge, .fuge: ">="
    default: nil
    }
  }
}
