internal import CLLVM

/// A type of IR: `i64`, `ptr`, `{ i64, i1 }`.
public struct IRType: Equatable, CustomStringConvertible {
  let pointer: OpaquePointer

  public static func == (left: IRType, right: IRType) -> Bool { left.pointer == right.pointer }

  /// As IR writes it.
  public var description: String {
    let text = LLVMPrintTypeToString(pointer)!
    defer { LLVMDisposeMessage(text) }
    return String(cString: text)
  }

  private var kind: LLVMTypeKind { LLVMGetTypeKind(pointer) }
  public var isVoid: Bool { kind == LLVMVoidTypeKind }
  public var isInteger: Bool { kind == LLVMIntegerTypeKind }
  public var isPointer: Bool { kind == LLVMPointerTypeKind }
  public var isVector: Bool { kind == LLVMVectorTypeKind || kind == LLVMScalableVectorTypeKind }
  public var isStruct: Bool { kind == LLVMStructTypeKind }
  public var isArray: Bool { kind == LLVMArrayTypeKind }
  public var isLabel: Bool { kind == LLVMLabelTypeKind }
  public var isFunction: Bool { kind == LLVMFunctionTypeKind }
  public var isFloatingPoint: Bool {
    [
      LLVMHalfTypeKind, LLVMBFloatTypeKind, LLVMFloatTypeKind, LLVMDoubleTypeKind,
      LLVMX86_FP80TypeKind, LLVMFP128TypeKind,
    ].contains(kind)
  }

  /// In bits, of an integer; nil for others.
  public var width: Int? { isInteger ? Int(LLVMGetIntTypeWidth(pointer)) : nil }

  /// Of a vector or an array: what it is made of.
  public var element: IRType? {
    isVector || isArray ? IRType(pointer: LLVMGetElementType(pointer)) : nil
  }

  /// Of a struct: its fields.
  public var fields: [IRType] {
    guard isStruct else { return [] }
    return (0..<LLVMCountStructElementTypes(pointer)).map {
      IRType(pointer: LLVMStructGetTypeAtIndex(pointer, $0))
    }
  }

  /// Whether a register can hold it: functions, labels and void are no values.
  var isValue: Bool {
    ![LLVMVoidTypeKind, LLVMFunctionTypeKind, LLVMLabelTypeKind, LLVMMetadataTypeKind].contains(
      kind)
      && LLVMTypeIsSized(pointer) != 0
  }

  /// The element of a vector, else itself.
  var scalar: IRType { isVector ? element! : self }
}
