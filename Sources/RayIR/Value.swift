internal import CLLVM

/// Anything that an instruction can take: a result, a parameter, a constant, a function, a block.
///
/// A value knows whether what it stands for was deleted; using it then ends the process with
/// words, and never reads freed memory.
public struct Value: Hashable, CustomStringConvertible {
  let pointer: OpaquePointer
  let store: Store
  private let generation: Int

  init(_ pointer: OpaquePointer, _ store: Store) {
    self.pointer = pointer
    self.store = store
    generation = store.generation(of: pointer)
  }

  public static func == (left: Value, right: Value) -> Bool {
    left.pointer == right.pointer && left.generation == right.generation
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(pointer) }

  /// Whether it is still there.
  public var isValid: Bool { store.generation(of: pointer) == generation }

  /// The pointer, checked.
  var live: OpaquePointer { store.check(pointer, generation, "value") }

  public var type: IRType { IRType(pointer: LLVMTypeOf(live)) }

  /// Without `%` or `@`; empty for what has only a number.
  public var name: String {
    var length = 0
    guard let text = LLVMGetValueName2(live, &length) else { return "" }
    return String(
      decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
  }

  public func setName(_ name: String) { LLVMSetValueName2(live, name, name.utf8.count) }

  /// As IR writes it.
  public var description: String {
    let text = LLVMPrintValueToString(live)!
    defer { LLVMDisposeMessage(text) }
    return String(cString: text)
  }

  /// Whether it is a number, a null pointer and the like: the same wherever it stands.
  private var isData: Bool {
    LLVMIsAConstantInt(live) != nil || LLVMIsAConstantFP(live) != nil
      || LLVMIsAConstantPointerNull(live) != nil || LLVMIsAConstantAggregateZero(live) != nil
      || LLVMIsUndef(live) != 0 || LLVMIsAConstantDataSequential(live) != nil
      || LLVMIsAConstantTokenNone(live) != nil
  }

  public var isConstant: Bool { LLVMIsConstant(live) != 0 }

  /// The number that a constant of at most 64 bits stands for, sign extended.
  public var integer: Int64? {
    guard LLVMIsAConstantInt(live) != nil, let width = type.width, width <= 64 else { return nil }
    return LLVMConstIntGetSExtValue(live)
  }

  public var floatingPoint: Double? {
    guard LLVMIsAConstantFP(live) != nil else { return nil }
    var inexact: LLVMBool = 0
    return LLVMConstRealGetDouble(live, &inexact)
  }

  /// The instruction whose result it is.
  public var instruction: Instruction? {
    LLVMIsAInstruction(live) == nil ? nil : Instruction(self)
  }

  public var function: Function? {
    LLVMIsAFunction(live) == nil ? nil : Function(self)
  }

  public var block: Block? {
    LLVMValueIsBasicBlock(live) == 0 ? nil : Block(self)
  }

  /// The instructions that take it, each once.
  public var users: [Instruction] {
    // LLVM does not keep who uses a number.
    if isData { return [] }
    var users: [Instruction] = []
    var seen = Set<OpaquePointer>()
    var use = LLVMGetFirstUse(live)
    while let current = use {
      use = LLVMGetNextUse(current)
      guard let user = LLVMGetUser(current), LLVMIsAInstruction(user) != nil,
        seen.insert(user).inserted
      else { continue }
      users.append(Instruction(Value(user, store)))
    }
    return users
  }
}

extension Value {
  /// Puts another value of the same type wherever this one is used.
  public func replaceUses(with other: Value) {
    store.checkSame(other.store)
    let mine = live
    let new = other.live
    if mine == new { Misuse.end("a value cannot take its own place") }
    if type != other.type {
      Misuse.end("a value of type '\(type)' cannot be replaced by one of type '\(other.type)'")
    }
    if isData { Misuse.end("'\(self)' is the same constant everywhere and keeps its uses") }
    if isConstant, !other.isConstant {
      Misuse.end("'\(other)' is known in one function only and cannot replace a constant")
    }
    LLVMReplaceAllUsesWith(mine, new)
  }
}
