internal import CLLVM

/// An instruction that is not there yet: what `insertBefore` and `replace(with:)` make.
///
/// Types are checked here: LLVM would make wrong code of two operands that do not fit.
public struct Operation {
  public let name: String
  let isTerminator: Bool
  /// The values it takes, all of the module it is made in.
  private let operands: [Value]
  private let make: (OpaquePointer, Store) -> OpaquePointer

  init(
    _ name: String, _ operands: [Value], isTerminator: Bool = false,
    make: @escaping (OpaquePointer, Store) -> OpaquePointer
  ) {
    self.name = name
    self.operands = operands
    self.isTerminator = isTerminator
    self.make = make
  }

  func emit(_ builder: OpaquePointer, _ store: Store, _ function: Function) -> OpaquePointer {
    for operand in operands {
      store.checkSame(operand.store)
      _ = operand.live
      if let other = operand.instruction?.function, other != function {
        Misuse.end("'\(operand)' is of another function, '\(other.name)'")
      }
    }
    return make(builder, store)
  }

  static func expect(_ condition: Bool, _ name: String, _ values: [Value], _ what: String) {
    guard !condition else { return }
    let types = values.map { "'\($0.type)'" }.joined(separator: " and ")
    Misuse.end("'\(name)' takes \(what), not \(types)")
  }
}

// Arithmetic -------------------------------------------------------------------------

extension Operation {
  /// Any arithmetic by its opcode.
  public static func arithmetic(_ opcode: Opcode, _ left: Value, _ right: Value) -> Operation {
    guard opcode.isArithmetic else { Misuse.end("'\(opcode.rawValue)' is no arithmetic") }
    let scalar = left.type.scalar
    let fits = opcode.isIntegerArithmetic ? scalar.isInteger : scalar.isFloatingPoint
    expect(
      fits && left.type == right.type, opcode.rawValue, [left, right],
      opcode.isIntegerArithmetic
        ? "two integers of one type" : "two floating-point numbers of one type")
    return Operation(opcode.rawValue, [left, right]) { builder, _ in
      LLVMBuildBinOp(builder, opcode.code, left.live, right.live, "")
    }
  }

  public static func add(_ a: Value, _ b: Value) -> Operation { arithmetic(.add, a, b) }
  public static func sub(_ a: Value, _ b: Value) -> Operation { arithmetic(.sub, a, b) }
  public static func mul(_ a: Value, _ b: Value) -> Operation { arithmetic(.mul, a, b) }
  public static func sdiv(_ a: Value, _ b: Value) -> Operation { arithmetic(.sdiv, a, b) }
  public static func udiv(_ a: Value, _ b: Value) -> Operation { arithmetic(.udiv, a, b) }
  public static func and(_ a: Value, _ b: Value) -> Operation { arithmetic(.and, a, b) }
  public static func or(_ a: Value, _ b: Value) -> Operation { arithmetic(.or, a, b) }
  public static func xor(_ a: Value, _ b: Value) -> Operation { arithmetic(.xor, a, b) }
  public static func shl(_ a: Value, _ b: Value) -> Operation { arithmetic(.shl, a, b) }
  public static func fadd(_ a: Value, _ b: Value) -> Operation { arithmetic(.fadd, a, b) }
  public static func fsub(_ a: Value, _ b: Value) -> Operation { arithmetic(.fsub, a, b) }
  public static func fmul(_ a: Value, _ b: Value) -> Operation { arithmetic(.fmul, a, b) }
  public static func fdiv(_ a: Value, _ b: Value) -> Operation { arithmetic(.fdiv, a, b) }

  public static func fneg(_ value: Value) -> Operation {
    expect(value.type.scalar.isFloatingPoint, "fneg", [value], "a floating-point number")
    return Operation("fneg", [value]) { builder, _ in LLVMBuildFNeg(builder, value.live, "") }
  }

  /// How two integers or pointers are compared.
  public enum IntegerPredicate: String, CaseIterable, Sendable {
    case eq, ne, ugt, uge, ult, ule, sgt, sge, slt, sle

    var code: LLVMIntPredicate {
      LLVMIntPredicate(rawValue: UInt32(32 + Self.allCases.firstIndex(of: self)!))
    }
  }

  /// How two floating-point numbers are compared: ordered, and unordered.
  public enum FloatPredicate: String, CaseIterable, Sendable {
    case `false`, oeq, ogt, oge, olt, ole, one, ord, uno, ueq, ugt, uge, ult, ule, une, `true`

    var code: LLVMRealPredicate {
      LLVMRealPredicate(rawValue: UInt32(Self.allCases.firstIndex(of: self)!))
    }
  }

  public static func icmp(_ predicate: IntegerPredicate, _ a: Value, _ b: Value) -> Operation {
    let fits = a.type.scalar.isInteger || a.type.scalar.isPointer
    expect(fits && a.type == b.type, "icmp", [a, b], "two integers or pointers of one type")
    return Operation("icmp", [a, b]) { builder, _ in
      LLVMBuildICmp(builder, predicate.code, a.live, b.live, "")
    }
  }

  public static func fcmp(_ predicate: FloatPredicate, _ a: Value, _ b: Value) -> Operation {
    expect(
      a.type.scalar.isFloatingPoint && a.type == b.type, "fcmp", [a, b],
      "two floating-point numbers of one type")
    return Operation("fcmp", [a, b]) { builder, _ in
      LLVMBuildFCmp(builder, predicate.code, a.live, b.live, "")
    }
  }

  public static func select(_ condition: Value, _ a: Value, _ b: Value) -> Operation {
    expect(
      condition.type.width == 1 && a.type == b.type && a.type.isValue, "select",
      [condition, a, b], "an i1 and two values of one type")
    return Operation("select", [condition, a, b]) { builder, _ in
      LLVMBuildSelect(builder, condition.live, a.live, b.live, "")
    }
  }

  /// A conversion: `.cast(.sext, value, to: module.integer(64))`.
  public static func cast(_ opcode: Opcode, _ value: Value, to type: IRType) -> Operation {
    guard opcode.isCast else { Misuse.end("'\(opcode.rawValue)' is no cast") }
    guard
      LLVMGetCastOpcode(value.live, 1, type.pointer, 1) == opcode.code || fits(opcode, value, type)
    else {
      Misuse.end("'\(opcode.rawValue)' makes no '\(type)' of '\(value.type)'")
    }
    return Operation(opcode.rawValue, [value]) { builder, _ in
      LLVMBuildCast(builder, opcode.code, value.live, type.pointer, "")
    }
  }

  private static func fits(_ opcode: Opcode, _ value: Value, _ type: IRType) -> Bool {
    let from = value.type
    switch opcode {
    case .trunc, .zext, .sext:
      guard let old = from.width, let new = type.width else { return false }
      return opcode == .trunc ? new < old : new > old
    case .fptoui, .fptosi: return from.isFloatingPoint && type.isInteger
    case .uitofp, .sitofp: return from.isInteger && type.isFloatingPoint
    case .ptrtoint: return from.isPointer && type.isInteger
    case .inttoptr: return from.isInteger && type.isPointer
    default: return false
    }
  }
}

// Memory -----------------------------------------------------------------------------

extension Operation {
  public static func load(_ type: IRType, from address: Value) -> Operation {
    expect(address.type.isPointer && type.isValue, "load", [address], "an address and a type")
    return Operation("load", [address]) { builder, _ in
      LLVMBuildLoad2(builder, type.pointer, address.live, "")
    }
  }

  public static func store(_ value: Value, to address: Value) -> Operation {
    expect(
      address.type.isPointer && value.type.isValue, "store", [value, address],
      "a value and an address")
    return Operation("store", [value, address]) { builder, _ in
      LLVMBuildStore(builder, value.live, address.live)
    }
  }

  public static func alloca(_ type: IRType) -> Operation {
    if !type.isValue { Misuse.end("there are no variables of type '\(type)'") }
    return Operation("alloca", []) { builder, _ in LLVMBuildAlloca(builder, type.pointer, "") }
  }

  /// An address so many bytes further on.
  public static func offset(_ address: Value, bytes: Value) -> Operation {
    expect(
      address.type.isPointer && bytes.type.isInteger, "getelementptr", [address, bytes],
      "an address and an integer")
    return Operation("getelementptr", [address, bytes]) { builder, store in
      let byte = LLVMInt8TypeInContext(LLVMGetModuleContext(store.module))
      var indices: [OpaquePointer?] = [bytes.live]
      return LLVMBuildGEP2(builder, byte, address.live, &indices, 1, "")
    }
  }

  /// A field of a struct that is in a register.
  public static func extract(_ value: Value, _ index: Int) -> Operation {
    let fields = value.type.fields
    if !fields.indices.contains(index) {
      Misuse.end("a value of type '\(value.type)' has no field \(index)")
    }
    return Operation("extractvalue", [value]) { builder, _ in
      LLVMBuildExtractValue(builder, value.live, UInt32(index), "")
    }
  }

  /// The struct with another value in a field.
  public static func insert(_ field: Value, into value: Value, _ index: Int) -> Operation {
    let fields = value.type.fields
    if !fields.indices.contains(index) || fields[index] != field.type {
      Misuse.end("a value of type '\(value.type)' has no field \(index) of type '\(field.type)'")
    }
    return Operation("insertvalue", [value, field]) { builder, _ in
      LLVMBuildInsertValue(builder, value.live, field.live, UInt32(index), "")
    }
  }
}

// Control ----------------------------------------------------------------------------

extension Operation {
  public static func ret(_ value: Value? = nil) -> Operation {
    Operation("ret", value.map { [$0] } ?? [], isTerminator: true) { builder, _ in
      value.map { LLVMBuildRet(builder, $0.live) } ?? LLVMBuildRetVoid(builder)
    }
  }

  public static func br(_ target: Block) -> Operation {
    Operation("br", [target.value], isTerminator: true) { builder, _ in
      LLVMBuildBr(builder, target.live)
    }
  }

  public static func br(_ condition: Value, _ then: Block, _ otherwise: Block) -> Operation {
    expect(condition.type.width == 1, "br", [condition], "an i1")
    return Operation("br", [condition, then.value, otherwise.value], isTerminator: true) {
      builder, _ in
      LLVMBuildCondBr(builder, condition.live, then.live, otherwise.live)
    }
  }

  public static var unreachable: Operation {
    Operation("unreachable", [], isTerminator: true) { builder, _ in
      LLVMBuildUnreachable(builder)
    }
  }
}
