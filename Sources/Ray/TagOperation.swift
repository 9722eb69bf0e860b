// Stage 5: an operation of the machine, as a context sees it.

/// An operation of the machine, with its operands and its result.
@frozen
public struct TagOperation {
  @usableFromInline let code: UInt32
  @usableFromInline let resultBits, a, aTag, b, bTag, c, cTag: UInt64

  /// Where it is.
  public let site: Site

  @inlinable @inline(__always)
  public init(
    _code: UInt32, result: UInt64, a: UInt64, aTag: UInt64, b: UInt64, bTag: UInt64, c: UInt64,
    cTag: UInt64, site: Site
  ) {
    code = _code
    resultBits = result
    self.a = a
    self.aTag = aTag
    self.b = b
    self.bTag = bTag
    self.c = c
    self.cTag = cTag
    self.site = site
  }

  /// What it does.
  @inlinable
  public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: code)) ?? .none }

  /// How many operands it has: 1 to 3.
  @inlinable
  public var count: Int { Int(code >> 8 & 3) }

  @inlinable
  public var resultType: MachineType { result.type }

  /// The type of the last operand; only a `select` has others.
  @inlinable
  public var operandType: MachineType {
    MachineType(rawValue: UInt8(truncatingIfNeeded: code >> 24)).unsafelyUnwrapped
  }

  /// What it computed, without a tag.
  @inlinable
  public var result: TaggedValue {
    TaggedValue(_bits: resultBits, tag: 0, type: code >> 16 & 255)
  }

  /// An operand. Of a `select` the first is the condition.
  ///
  /// - Parameter index: 0 to ``count`` - 1.
  @inlinable
  public func operand(_ index: Int) -> TaggedValue {
    let type = index == 0 && kind == .select ? UInt32(MachineType.int1.rawValue) : code >> 24
    return switch index {
    case 0: TaggedValue(_bits: a, tag: aTag, type: type)
    case 1: TaggedValue(_bits: b, tag: bTag, type: type)
    default: TaggedValue(_bits: c, tag: cTag, type: type)
    }
  }

  /// The bits of all operands' tags, the condition of a `select` included.
  @inlinable
  public var union: Tag {
    @inline(__always) get { Tag(rawValue: aTag | bTag | cTag) }
  }

  /// The kinds of operations; the raw values are RAY_OP_… of ray_tags.h.
  public enum Kind: UInt8, Sendable, CaseIterable {
    case none = 0
    case add = 1
    case subtract = 2
    case multiply = 3
    case signedDivide = 4
    case unsignedDivide = 5
    case signedRemainder = 6
    case unsignedRemainder = 7
    case shiftLeft = 8
    case unsignedShiftRight = 9
    case signedShiftRight = 10
    case and = 11
    case or = 12
    case xor = 13
    case floatAdd = 14
    case floatSubtract = 15
    case floatMultiply = 16
    case floatDivide = 17
    case floatRemainder = 18
    case floatNegate = 19
    case select = 20
    case address = 21
    case combine = 22
    case equal = 24
    case notEqual = 25
    case unsignedGreater = 26
    case unsignedGreaterOrEqual = 27
    case unsignedLess = 28
    case unsignedLessOrEqual = 29
    case signedGreater = 30
    case signedGreaterOrEqual = 31
    case signedLess = 32
    case signedLessOrEqual = 33
    case floatFalse = 40
    case floatEqual = 41
    case floatGreater = 42
    case floatGreaterOrEqual = 43
    case floatLess = 44
    case floatLessOrEqual = 45
    case floatOrderedNotEqual = 46
    case floatOrdered = 47
    case floatUnordered = 48
    case floatUnorderedEqual = 49
    case floatUnorderedGreater = 50
    case floatUnorderedGreaterOrEqual = 51
    case floatUnorderedLess = 52
    case floatUnorderedLessOrEqual = 53
    case floatNotEqual = 54
    case floatTrue = 55
    case truncate = 56
    case zeroExtend = 57
    case signExtend = 58
    case floatTruncate = 59
    case floatExtend = 60
    case floatToSigned = 61
    case floatToUnsigned = 62
    case signedToFloat = 63
    case unsignedToFloat = 64
    case bitCast = 65
    case pointerToInt = 66
    case intToPointer = 67
    case signedAddOverflows = 72
    case unsignedAddOverflows = 73
    case signedSubtractOverflows = 74
    case unsignedSubtractOverflows = 75
    case signedMultiplyOverflows = 76
    case unsignedMultiplyOverflows = 77
    case signedAddSaturating = 78
    case unsignedAddSaturating = 79
    case signedSubtractSaturating = 80
    case unsignedSubtractSaturating = 81
    case signedMaximum = 88
    case signedMinimum = 89
    case unsignedMaximum = 90
    case unsignedMinimum = 91
    case absolute = 92
    case onesCount = 93
    case leadingZeros = 94
    case trailingZeros = 95
    case byteSwap = 96
    case bitReverse = 97
    case funnelShiftLeft = 98
    case funnelShiftRight = 99
    case squareRoot = 112
    case sin = 113
    case cos = 114
    case tan = 115
    case asin = 116
    case acos = 117
    case atan = 118
    case atan2 = 119
    case sinh = 120
    case cosh = 121
    case tanh = 122
    case exp = 123
    case exp2 = 124
    case exp10 = 125
    case expm1 = 126
    case log = 127
    case log2 = 128
    case log10 = 129
    case log1p = 130
    case pow = 131
    case powi = 132
    case fusedMultiplyAdd = 133
    case floatAbsolute = 134
    case copySign = 135
    case floor = 136
    case ceil = 137
    case roundTowardZero = 138
    case rint = 139
    case round = 140
    case roundEven = 141
    case minimumNumber = 142
    case maximumNumber = 143
    case minimum = 144
    case maximum = 145
    case ldexp = 146
    case hypot = 147
    case cbrt = 148
  }
}
