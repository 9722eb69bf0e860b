internal import CLLVM

/// A module: what one compile job makes.
public struct Module: CustomStringConvertible {
  let store: Store

  init(_ store: Store) { self.store = store }

  private var context: OpaquePointer { LLVMGetModuleContext(store.module) }

  /// Usually the path of what it was made from.
  public var name: String {
    var length = 0
    guard let text = LLVMGetModuleIdentifier(store.module, &length) else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
  }

  /// All of its IR.
  public var description: String {
    let text = LLVMPrintModuleToString(store.module)!
    defer { LLVMDisposeMessage(text) }
    return String(cString: text)
  }

  /// Those with a body and those without.
  public var functions: [Function] {
    var functions: [Function] = []
    var function = LLVMGetFirstFunction(store.module)
    while let current = function {
      functions.append(Function(Value(current, store)))
      function = LLVMGetNextFunction(current)
    }
    return functions
  }

  /// By its symbol.
  public func function(named name: String) -> Function? {
    LLVMGetNamedFunction(store.module, name).map { Function(Value($0, store)) }
  }

  /// What the verifier has against it; nil if it is valid.
  public var problem: String? {
    var text: UnsafeMutablePointer<CChar>?
    defer { LLVMDisposeMessage(text) }
    guard LLVMVerifyModule(store.module, LLVMReturnStatusAction, &text) != 0 else { return nil }
    return text.map { String(cString: $0) }
  }

  // Types and constants --------------------------------------------------------------

  public func integer(_ bits: Int) -> IRType {
    guard (1...8_388_608).contains(bits) else {
      Misuse.end("there are no integers of \(bits) bits")
    }
    return IRType(pointer: LLVMIntTypeInContext(context, UInt32(bits)))
  }
  public var void: IRType { IRType(pointer: LLVMVoidTypeInContext(context)) }
  public var float: IRType { IRType(pointer: LLVMFloatTypeInContext(context)) }
  public var double: IRType { IRType(pointer: LLVMDoubleTypeInContext(context)) }
  public var address: IRType { IRType(pointer: LLVMPointerTypeInContext(context, 0)) }

  /// A number of an integer type.
  public func constant(_ number: Int64, _ type: IRType) -> Value {
    guard type.isInteger else { Misuse.end("'\(type)' is no integer type") }
    return Value(LLVMConstInt(type.pointer, UInt64(bitPattern: number), 1), store)
  }

  /// A number of a floating-point type.
  public func constant(_ number: Double, _ type: IRType) -> Value {
    guard type.isFloatingPoint else { Misuse.end("'\(type)' is no floating-point type") }
    return Value(LLVMConstReal(type.pointer, number), store)
  }

  /// Zero of any type: no pointer, an empty struct.
  public func zero(_ type: IRType) -> Value {
    guard type.isValue else { Misuse.end("there are no values of type '\(type)'") }
    return Value(LLVMConstNull(type.pointer), store)
  }

  // Functions ------------------------------------------------------------------------

  /// A function that is defined elsewhere, by C's convention; the one of that name, if there is one.
  public func declare(_ name: String, _ parameters: [IRType] = [], returns: IRType? = nil)
    -> Function
  {
    var types: [OpaquePointer?] = parameters.map(\.pointer)
    for type in parameters where !type.isValue {
      Misuse.end("a function takes no '\(type)'")
    }
    let type = LLVMFunctionType(
      (returns ?? void).pointer, &types, UInt32(types.count), 0)
    if let known = function(named: name) {
      if known.functionType != type {
        Misuse.end(
          "'\(name)' is there already, with another type: '\(IRType(pointer: known.functionType))'")
      }
      return known
    }
    return Function(Value(LLVMAddFunction(store.module, name, type), store))
  }

  /// One of LLVM's own: `intrinsic("llvm.sadd.with.overflow", [integer(64)])`.
  public func intrinsic(_ name: String, _ types: [IRType] = []) -> Function {
    let number = LLVMLookupIntrinsicID(name, name.utf8.count)
    guard number != 0 else { Misuse.end("LLVM has no intrinsic '\(name)'") }
    let isOverloaded = LLVMIntrinsicIsOverloaded(number) != 0
    if isOverloaded == types.isEmpty {
      Misuse.end("'\(name)' is \(isOverloaded ? "" : "not ")made for several types")
    }
    var pointers: [OpaquePointer?] = types.map(\.pointer)
    return Function(
      Value(
        LLVMGetIntrinsicDeclaration(store.module, number, &pointers, pointers.count), store))
  }

  /// A variable of the module's own, zero at the start.
  public func variable(_ name: String, _ type: IRType) -> Value {
    if let known = LLVMGetNamedGlobal(store.module, name) { return Value(known, store) }
    let variable = LLVMAddGlobal(store.module, type.pointer, name)!
    LLVMSetInitializer(variable, LLVMConstNull(type.pointer))
    // One for the whole program, whichever module brings it.
    LLVMSetLinkage(variable, LLVMLinkOnceODRLinkage)
    return Value(variable, store)
  }
}
