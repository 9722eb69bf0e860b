internal import CLLVM

/// A function, with or without a body.
public struct Function: Hashable, CustomStringConvertible {
  public let value: Value

  init(_ value: Value) { self.value = value }

  var live: OpaquePointer { value.live }
  var store: Store { value.store }

  public var isValid: Bool { value.isValid }
  /// As the linker sees it.
  public var name: String { value.name }
  /// As the source has it.
  public var demangledName: String { demangled(name) }
  public var description: String { value.description }
  public var module: Module { Module(store) }

  /// Whether it has no body here.
  public var isDeclaration: Bool { LLVMIsDeclaration(live) != 0 }
  /// `llvm.memcpy` and the like.
  public var isIntrinsic: Bool { LLVMGetIntrinsicID(live) != 0 }

  var functionType: OpaquePointer { LLVMGlobalGetValueType(live) }
  public var returnType: IRType { IRType(pointer: LLVMGetReturnType(functionType)) }

  public var parameters: [Value] {
    let pointer = live
    return (0..<LLVMCountParams(pointer)).map { Value(LLVMGetParam(pointer, $0), store) }
  }

  /// The first one is where it begins.
  public var blocks: [Block] {
    var blocks: [Block] = []
    var block = LLVMGetFirstBasicBlock(live)
    while let current = block {
      blocks.append(Block(current, store))
      block = LLVMGetNextBasicBlock(current)
    }
    return blocks
  }

  /// All of them, as they are now.
  public var instructions: [Instruction] { blocks.flatMap(\.instructions) }

  /// An empty block at the end; give it a terminator.
  public func appendBlock(_ name: String = "") -> Block {
    if isDeclaration { Misuse.end("'\(self.name)' has no body here") }
    let context = LLVMGetModuleContext(store.module)
    return Block(LLVMAppendBasicBlockInContext(context, live, name), store)
  }

  /// Puts an instruction at the top: IRTools' `pushfirst!`.
  ///
  ///     entry:
  ///       %x = alloca i64
  ///       store i64 1, ptr %x
  ///
  /// becomes, with `prepend(.call(count, []))`,
  ///
  ///     entry:
  ///       %x = alloca i64
  ///       call void @count()
  ///       store i64 1, ptr %x
  @discardableResult
  public func prepend(_ operation: Operation) -> Value {
    guard let place = blocks.first?.firstInsertion else {
      Misuse.end("'\(name)' has no body here")
    }
    return place.build(operation, locationOf: place)
  }

  /// What the verifier has against it; nil if it is valid.
  public var problem: String? {
    guard !isDeclaration, let text = rayir_verify(live) else { return nil }
    defer { release(text) }
    return String(cString: text)
  }

  /// Line 0 of the function: for what the source does not have. Nil without debug information.
  var artificialLocation: OpaquePointer? {
    guard let scope = LLVMGetSubprogram(live) else { return nil }
    return LLVMDIBuilderCreateDebugLocation(
      LLVMGetModuleContext(store.module), 0, 0, scope, nil)
  }
}
