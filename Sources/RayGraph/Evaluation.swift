// Data-flow graphs: what an operation computes, to the bit.
import Glibc

extension Opcode {
  /// The result of the operation, or nil where it has none: a division by zero, a shift by more
  /// bits than there are, a conversion out of range.
  ///
  /// - Parameters:
  ///   - operands: as many as `arity` says.
  ///   - type: the result's.
  public func evaluate(_ operands: [Scalar], type: ScalarType) -> Scalar? {
    guard operands.count == arity else { return nil }
    let first = operands[0]
    switch first.type {
    case .double where !isConversion && self != .select:
      return floating(operands.map(\.double), as: Scalar.init(_:)) ?? nil
    case .float where !isConversion && self != .select:
      return floating(operands.map(\.float), as: Scalar.init(_:)) ?? nil
    default: break
    }
    if self == .select { return first.bool ? operands[1] : operands[2] }
    if isConversion { return converted(first, to: type) }
    return integer(operands, type: type)
  }

  private var isConversion: Bool {
    switch self {
    case .truncate, .zext, .sext, .fptrunc, .fpext, .fptosi, .fptoui, .sitofp, .uitofp, .bitcast:
      true
    default: false
    }
  }

  private func converted(_ value: Scalar, to type: ScalarType) -> Scalar? {
    switch self {
    case .truncate, .zext, .bitcast: return Scalar(type, bits: value.bits)
    case .sext: return Scalar(type, bits: UInt64(bitPattern: value.int))
    case .fptrunc: return Scalar(Float(value.double))
    case .fpext: return Scalar(Double(value.float))
    case .sitofp:
      return type == .float ? Scalar(Float(value.int)) : Scalar(Double(value.int))
    case .uitofp:
      return type == .float ? Scalar(Float(value.bits)) : Scalar(Double(value.bits))
    case .fptosi:
      guard let whole = Int64(exactly: value.double.rounded(.towardZero)) else { return nil }
      let result = Scalar(type, bits: UInt64(bitPattern: whole))
      return result.int == whole ? result : nil
    case .fptoui:
      guard let whole = UInt64(exactly: value.double.rounded(.towardZero)) else { return nil }
      let result = Scalar(type, bits: whole)
      return result.bits == whole ? result : nil
    default: return nil
    }
  }

  private func floating<F: BinaryFloatingPoint>(_ v: [F], as scalar: (F) -> Scalar) -> Scalar? {
    let a = v[0]
    let b = v.count > 1 ? v[1] : a
    switch self {
    case .fadd: return scalar(a + b)
    case .fsub: return scalar(a - b)
    case .fmul: return scalar(a * b)
    case .fdiv: return scalar(a / b)
    case .frem: return scalar(a.truncatingRemainder(dividingBy: b))
    case .fneg: return scalar(-a)
    case .sqrt: return scalar(a.squareRoot())
    case .fabs: return scalar(a.magnitude)
    case .floor: return scalar(a.rounded(.down))
    case .ceil: return scalar(a.rounded(.up))
    case .trunc: return scalar(a.rounded(.towardZero))
    case .round: return scalar(a.rounded(.toNearestOrAwayFromZero))
    // Swift never changes how the processor rounds.
    case .rint, .nearbyint, .roundeven: return scalar(a.rounded(.toNearestOrEven))
    case .copysign: return scalar(F(signOf: b, magnitudeOf: a))
    case .fma: return scalar(v[2].addingProduct(a, b))
    case .minnum: return scalar(a.isNaN ? b : b.isNaN ? a : b < a ? b : a)
    case .maxnum: return scalar(a.isNaN ? b : b.isNaN ? a : a < b ? b : a)
    case .minimum: return scalar(extreme(a, b, minimum: true))
    case .maximum: return scalar(extreme(a, b, minimum: false))
    default: return comparison(a, b).map { Scalar($0) }
    }
  }

  /// IEEE 754's minimum and maximum: NaN if either is, and -0 below 0.
  private func extreme<F: BinaryFloatingPoint>(_ a: F, _ b: F, minimum: Bool) -> F {
    if a.isNaN { return a }
    if b.isNaN { return b }
    if a == b { return (a.sign == .minus) == minimum ? a : b }
    return (a < b) == minimum ? a : b
  }

  private func comparison<F: BinaryFloatingPoint>(_ a: F, _ b: F) -> Bool? {
    let unordered = a.isNaN || b.isNaN
    switch self {
    case .oeq: return a == b
    case .one: return !unordered && a != b
    case .olt: return a < b
    case .ole: return a <= b
    case .ogt: return a > b
    case .oge: return a >= b
    case .ord: return !unordered
    case .ueq: return unordered || a == b
    case .une: return a != b
    case .fult: return unordered || a < b
    case .fule: return unordered || a <= b
    case .fugt: return unordered || a > b
    case .fuge: return unordered || a >= b
    case .uno: return unordered
    default: return nil
    }
  }

  private func integer(_ operands: [Scalar], type: ScalarType) -> Scalar? {
    let a = operands[0]
    let b = operands.count > 1 ? operands[1] : a
    func word(_ bits: UInt64) -> Scalar { Scalar(type, bits: bits) }
    func signed(_ value: Int64) -> Scalar { word(UInt64(bitPattern: value)) }
    let width = UInt64(a.type.bits)
    switch self {
    case .add: return word(a.bits &+ b.bits)
    case .sub: return word(a.bits &- b.bits)
    case .mul: return word(a.bits &* b.bits)
    case .sdiv:
      let (quotient, overflows) = a.int.dividedReportingOverflow(by: b.int)
      return overflows ? nil : signed(quotient)
    case .srem:
      let (rest, overflows) = a.int.remainderReportingOverflow(dividingBy: b.int)
      return overflows ? nil : signed(rest)
    case .udiv: return b.bits == 0 ? nil : word(a.bits / b.bits)
    case .urem: return b.bits == 0 ? nil : word(a.bits % b.bits)
    case .shl: return b.bits < width ? word(a.bits << b.bits) : nil
    case .lshr: return b.bits < width ? word(a.bits >> b.bits) : nil
    case .ashr: return b.bits < width ? signed(a.int >> Int64(b.bits)) : nil
    case .and: return word(a.bits & b.bits)
    case .or: return word(a.bits | b.bits)
    case .xor: return word(a.bits ^ b.bits)
    case .abs: return signed(a.int < 0 ? 0 &- a.int : a.int)
    case .smin: return a.int < b.int ? a : b
    case .smax: return a.int < b.int ? b : a
    case .umin: return a.bits < b.bits ? a : b
    case .umax: return a.bits < b.bits ? b : a
    case .ctpop: return word(UInt64(a.bits.nonzeroBitCount))
    case .ctlz: return word(UInt64(a.bits.leadingZeroBitCount) - (64 - width))
    case .cttz: return word(min(width, UInt64(a.bits.trailingZeroBitCount)))
    case .bswap: return word(a.bits.byteSwapped >> (64 - width))
    case .bitreverse: return word(reversed(a.bits) >> (64 - width))
    case .fshl, .fshr: return word(funnel(a.bits, b.bits, operands[2].bits % width, width))
    case .eq: return Scalar(a.bits == b.bits)
    case .ne: return Scalar(a.bits != b.bits)
    case .slt: return Scalar(a.int < b.int)
    case .sle: return Scalar(a.int <= b.int)
    case .sgt: return Scalar(a.int > b.int)
    case .sge: return Scalar(a.int >= b.int)
    case .ult: return Scalar(a.bits < b.bits)
    case .ule: return Scalar(a.bits <= b.bits)
    case .ugt: return Scalar(a.bits > b.bits)
    case .uge: return Scalar(a.bits >= b.bits)
    default: return checked(a, b, type: type)
    }
  }

  private func reversed(_ bits: UInt64) -> UInt64 {
    (0..<64).reduce(0) { $0 | (bits >> UInt64($1) & 1) << UInt64(63 - $1) }
  }

  private func funnel(_ high: UInt64, _ low: UInt64, _ shift: UInt64, _ width: UInt64) -> UInt64 {
    if shift == 0 { return self == .fshl ? high : low }
    return self == .fshl
      ? high << shift | low >> (width - shift) : high << (width - shift) | low >> shift
  }

  /// What overflows, or is kept from it.
  private func checked(_ a: Scalar, _ b: Scalar, type: ScalarType) -> Scalar? {
    let signedSum = a.int.addingReportingOverflow(b.int)
    let signedDifference = a.int.subtractingReportingOverflow(b.int)
    let sum = a.bits.addingReportingOverflow(b.bits)
    /// Whether a value of 64 bits, or one that overflowed these, is too large for the type.
    func isOut(_ result: (partialValue: Int64, overflow: Bool)) -> Bool {
      result.overflow
        || Scalar(a.type, bits: UInt64(bitPattern: result.partialValue)).int != result.partialValue
    }
    func isOut(_ result: (partialValue: UInt64, overflow: Bool)) -> Bool {
      result.overflow || result.partialValue & ~a.type.mask != 0
    }
    let most = Int64(bitPattern: a.type.mask >> 1)
    func limit(_ isNegative: Bool) -> Scalar {
      Scalar(type, bits: UInt64(bitPattern: isNegative ? -most - 1 : most))
    }
    switch self {
    case .saddOverflow: return Scalar(isOut(signedSum))
    case .ssubOverflow: return Scalar(isOut(signedDifference))
    case .smulOverflow: return Scalar(isOut(a.int.multipliedReportingOverflow(by: b.int)))
    case .uaddOverflow: return Scalar(isOut(sum))
    case .usubOverflow: return Scalar(a.bits < b.bits)
    case .umulOverflow: return Scalar(isOut(a.bits.multipliedReportingOverflow(by: b.bits)))
    case .saddSat:
      return isOut(signedSum)
        ? limit(a.int < 0) : Scalar(type, bits: UInt64(bitPattern: signedSum.partialValue))
    case .ssubSat:
      return isOut(signedDifference)
        ? limit(a.int < 0) : Scalar(type, bits: UInt64(bitPattern: signedDifference.partialValue))
    case .uaddSat: return Scalar(type, bits: isOut(sum) ? .max : sum.partialValue)
    case .usubSat: return Scalar(type, bits: a.bits < b.bits ? 0 : a.bits - b.bits)
    default: return nil
    }
  }
}
