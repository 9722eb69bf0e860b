// Data-flow graphs: the machine's types that values in a graph have.

/// A type that a machine register holds.
public enum ScalarType: String, Sendable, CaseIterable, Hashable {
  case bool = "i1"
  case int8 = "i8"
  case int16 = "i16"
  case int32 = "i32"
  case int64 = "i64"
  case float = "f32"
  case double = "f64"

  /// How many bits of a word a value takes; the others are zero.
  public var bits: Int {
    switch self {
    case .bool: 1
    case .int8: 8
    case .int16: 16
    case .int32, .float: 32
    case .int64, .double: 64
    }
  }

  /// How many bytes a value takes in memory.
  public var size: Int { max(1, bits / 8) }
  public var isFloatingPoint: Bool { self == .float || self == .double }
  var mask: UInt64 { bits == 64 ? .max : (1 << UInt64(bits)) - 1 }

  /// The Swift type that such a value has where nothing else is known.
  public var swiftName: String {
    switch self {
    case .bool: "Bool"
    case .int8: "Int8"
    case .int16: "Int16"
    case .int32: "Int32"
    case .int64: "Int"
    case .float: "Float"
    case .double: "Double"
    }
  }

  /// The type in LLVM's IR.
  var llvmName: String {
    switch self {
    case .float: "float"
    case .double: "double"
    default: rawValue
    }
  }
}

/// A value that a register holds, as bits.
public struct Scalar: Sendable, Hashable {
  public var type: ScalarType
  /// Zero above the type's own.
  public var bits: UInt64

  public init(_ type: ScalarType, bits: UInt64) {
    self.type = type
    self.bits = bits & type.mask
  }

  public init(_ value: Double) { self.init(.double, bits: value.bitPattern) }
  public init(_ value: Float) { self.init(.float, bits: UInt64(value.bitPattern)) }
  public init(_ value: Bool) { self.init(.bool, bits: value ? 1 : 0) }
  public init(_ value: Int) { self.init(.int64, bits: UInt64(bitPattern: Int64(value))) }

  public var double: Double {
    type == .float ? Double(float) : Double(bitPattern: bits)
  }
  public var float: Float { Float(bitPattern: UInt32(truncatingIfNeeded: bits)) }
  public var bool: Bool { bits & 1 != 0 }

  /// The value of an integer, sign-extended.
  public var int: Int64 {
    let shift = UInt64(64 - type.bits)
    return Int64(bitPattern: bits << shift) >> Int64(shift)
  }

  var isNaN: Bool {
    switch type {
    case .double: double.isNaN
    case .float: float.isNaN
    default: false
    }
  }
}

extension Scalar: CustomStringConvertible {
  /// As Swift writes it: `0.5`, `-3`, `true`.
  public var description: String { text(as: type.swiftName) }

  /// The same for a value of a Swift type, which says whether an integer has a sign.
  public func text(as swiftType: String) -> String {
    switch type {
    case .double: "\(double)"
    case .float: "\(float)"
    case .bool: "\(bool)"
    default: swiftType.hasPrefix("UInt") ? "\(bits)" : "\(int)"
    }
  }
}
