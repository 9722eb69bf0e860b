internal import CLLVM

/// A basic block: instructions, the last of which says where it goes on.
public struct Block: Hashable, CustomStringConvertible {
  public let value: Value

  init(_ value: Value) { self.value = value }

  init(_ block: OpaquePointer, _ store: Store) {
    value = Value(LLVMBasicBlockAsValue(block), store)
  }

  var live: OpaquePointer { LLVMValueAsBasicBlock(value.live) }
  var store: Store { value.store }

  public var isValid: Bool { value.isValid }
  public var name: String { value.name }
  public var description: String { value.description }
  public var function: Function { Function(Value(LLVMGetBasicBlockParent(live), store)) }

  /// As they are now: what is deleted or inserted while one walks over them changes nothing.
  public var instructions: [Instruction] {
    var instructions: [Instruction] = []
    var instruction = LLVMGetFirstInstruction(live)
    while let current = instruction {
      instructions.append(Instruction(current, store))
      instruction = LLVMGetNextInstruction(current)
    }
    return instructions
  }

  /// Nil in a block that is not finished.
  public var terminator: Instruction? {
    LLVMGetBasicBlockTerminator(live).map { Instruction($0, store) }
  }

  public var successors: [Block] {
    guard let terminator = terminator?.live else { return [] }
    return (0..<LLVMGetNumSuccessors(terminator)).map {
      Block(LLVMGetSuccessor(terminator, $0), store)
    }
  }

  /// Each once.
  public var predecessors: [Block] {
    value.users.filter { $0.opcode.isTerminator }.map(\.block)
  }

  /// Behind phis and allocas.
  public var firstInsertion: Instruction? {
    rayir_first_insertion(live).map { Instruction($0, store) }
  }

  /// Puts an instruction at the end; nothing can follow a terminator.
  @discardableResult
  public func append(_ operation: Operation) -> Value {
    if let terminator { Misuse.end("'\(terminator)' ends the block; insert before it") }
    let builder = LLVMCreateBuilderInContext(LLVMGetModuleContext(store.module))!
    defer { LLVMDisposeBuilder(builder) }
    LLVMPositionBuilderAtEnd(builder, live)
    LLVMSetCurrentDebugLocation2(builder, function.artificialLocation)
    return Value(operation.emit(builder, store, function), store)
  }

  /// Removes a block that nothing leads to and whose results nothing else uses.
  public func delete() {
    if let user = value.users.first {
      Misuse.end("block '\(name)' cannot be deleted: '\(user)' leads to it")
    }
    if self == function.blocks.first { Misuse.end("the first block of a function stays") }
    for instruction in instructions {
      if let user = instruction.value.users.first(where: { $0.block != self }) {
        Misuse.end("block '\(name)' cannot be deleted: '\(user)' uses '\(instruction)'")
      }
    }
    let pointer = live
    // Phis of the blocks it leads to name it.
    for next in Set(successors) {
      if next.instructions.contains(where: { $0.opcode == .phi }) {
        Misuse.end("block '\(name)' cannot be deleted: a phi of '\(next.name)' names it")
      }
    }
    store.forgetContents(ofBlock: pointer, by: "delete()")
    LLVMDeleteBasicBlock(pointer)
  }
}
