// Stage 5: tags: words that rayc carries along with a program's values (Documentation/Tags.md).

/// A word that goes along with a value: a set of bits, or a number in a table of the context's own.
@frozen
public struct Tag: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt64

  @inlinable @inline(__always)
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  @inlinable @inline(__always)
  public init(_ number: Int) { rawValue = UInt64(bitPattern: Int64(number)) }

  /// What a value has that nobody gave a tag.
  @inlinable
  public static var none: Tag {
    @inline(__always) get { Tag(rawValue: 0) }
  }

  @inlinable
  public var isNone: Bool {
    @inline(__always) get { rawValue == 0 }
  }

  /// The bits of both, for tags that are sets.
  @inlinable @inline(__always)
  public static func | (left: Tag, right: Tag) -> Tag {
    Tag(rawValue: left.rawValue | right.rawValue)
  }
}

extension Tag: CustomStringConvertible {
  public var description: String { isNone ? "none" : "\(rawValue)" }
}

/// How the machine has a value; the raw values are RAY_MACHINE_… of ray_tags.h.
public enum MachineType: UInt8, Sendable, CaseIterable {
  case none = 0
  case int1 = 1
  case int8 = 2
  case int16 = 3
  case int32 = 4
  case int64 = 5
  /// An integer of more than 64 bits, of which the low ones are at hand.
  case wide = 6
  case float16 = 7
  case float = 8
  case double = 9
  case float80 = 10
  case pointer = 11
  /// Several values at once, of which the first 64 bits are at hand.
  case vector = 12
}

/// A value of the machine and its tag.
@frozen
public struct TaggedValue: Sendable {
  /// The value, zero-extended.
  public var bits: UInt64
  public var tag: Tag
  @usableFromInline var typeNumber: UInt8

  @inlinable @inline(__always)
  public init(_bits: UInt64, tag: UInt64, type: UInt32) {
    bits = _bits
    self.tag = Tag(rawValue: tag)
    typeNumber = UInt8(truncatingIfNeeded: type)
  }

  @inlinable
  public var type: MachineType { MachineType(rawValue: typeNumber).unsafelyUnwrapped }

  /// Whether the value is a floating-point number that ``double`` gives exactly.
  @inlinable
  public var isFloatingPoint: Bool { type == .double || type == .float }

  /// The value as a number, exact for `Double` and `Float`; an integer is taken as a signed one.
  @inlinable
  public var double: Double {
    switch type {
    case .double: Double(bitPattern: bits)
    case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    default: Double(int)
    }
  }

  /// The value as a signed integer; a floating-point number gives its bits.
  @inlinable
  public var int: Int {
    switch type {
    case .int8: Int(Int8(truncatingIfNeeded: bits))
    case .int16: Int(Int16(truncatingIfNeeded: bits))
    case .int32: Int(Int32(truncatingIfNeeded: bits))
    default: Int(truncatingIfNeeded: bits)
    }
  }

  /// Whether the lowest bit is set.
  @inlinable
  public var bool: Bool { bits & 1 != 0 }
}

extension TaggedValue: CustomStringConvertible {
  /// The value as Swift writes it.
  public var description: String {
    switch type {
    case .double: "\(Double(bitPattern: bits))"
    case .float: "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))"
    case .int1: "\(bool)"
    case .pointer, .vector, .wide, .float16, .float80: "0x" + String(bits, radix: 16)
    case .none: "()"
    case .int8, .int16, .int32, .int64: "\(int)"
    }
  }
}
