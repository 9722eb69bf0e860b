internal import CLLVM

/// One instruction of a block.
public struct Instruction: Hashable, CustomStringConvertible {
  /// Its result, also where it has none.
  public let value: Value

  init(_ value: Value) { self.value = value }

  init(_ pointer: OpaquePointer, _ store: Store) { value = Value(pointer, store) }

  var live: OpaquePointer { value.live }
  var store: Store { value.store }

  /// Whether it is still there.
  public var isValid: Bool { value.isValid }
  public var description: String { value.description }
  public var type: IRType { value.type }
  public var opcode: Opcode { Opcode(LLVMGetInstructionOpcode(live)) }

  /// What it takes, in IR's order; a call's callee comes last.
  public var operands: [Value] {
    let pointer = live
    return (0..<UInt32(LLVMGetNumOperands(pointer))).compactMap { index in
      LLVMGetOperand(pointer, index).map { Value($0, store) }
    }
  }

  /// Puts another value of the same type into an operand's place.
  public func setOperand(_ index: Int, to new: Value) {
    store.checkSame(new.store)
    let old = operands
    guard old.indices.contains(index) else {
      Misuse.end("'\(self)' has \(old.count) operands, and no number \(index)")
    }
    if old[index].type != new.type {
      Misuse.end("operand \(index) of '\(self)' has type '\(old[index].type)', not '\(new.type)'")
    }
    if opcode == .switch, index > 0, !old[index].type.isLabel, new.integer == nil {
      Misuse.end("the cases of '\(self)' are constants, and '\(new)' is none")
    }
    LLVMSetOperand(live, UInt32(index), new.live)
  }

  public var block: Block {
    Block(Value(LLVMBasicBlockAsValue(LLVMGetInstructionParent(live)), store))
  }

  public var function: Function { block.function }

  public var next: Instruction? {
    LLVMGetNextInstruction(live).map { Instruction($0, store) }
  }

  public var previous: Instruction? {
    LLVMGetPreviousInstruction(live).map { Instruction($0, store) }
  }

  // Calls ----------------------------------------------------------------------------

  public var isCall: Bool { LLVMIsACallInst(live) != nil }

  /// What a call calls: a function, or a value that is one at run time.
  public var callee: Value? {
    isCall ? LLVMGetCalledValue(live).map { Value($0, store) } : nil
  }

  /// A call's arguments; of others, nothing.
  public var arguments: [Value] {
    isCall ? Array(operands.prefix(Int(LLVMGetNumArgOperands(live)))) : []
  }

  // The source -----------------------------------------------------------------------

  /// Where it is in the source, if debug information says so.
  public var location: DebugLocation? {
    let pointer = live
    let line = LLVMGetDebugLocLine(pointer)
    guard line > 0 else { return nil }
    func text(_ read: (OpaquePointer, UnsafeMutablePointer<UInt32>) -> UnsafePointer<CChar>?)
      -> String
    {
      var length: UInt32 = 0
      guard let start = read(pointer, &length) else { return "" }
      return String(
        decoding: UnsafeRawBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }
    return DebugLocation(
      file: text { LLVMGetDebugLocFilename($0, $1) }, line: Int(line),
      column: Int(LLVMGetDebugLocColumn(pointer)))
  }

  /// A node of metadata as IR writes it: `dbg`, `tbaa`, `range`.
  public func metadata(_ kind: String) -> String? {
    LLVMGetMetadata(live, kindNumber(kind)).map { Value($0, store).description }
  }

  public func removeMetadata(_ kind: String) { LLVMSetMetadata(live, kindNumber(kind), nil) }

  private func kindNumber(_ kind: String) -> UInt32 {
    LLVMGetMDKindIDInContext(
      LLVMGetModuleContext(store.module), kind, UInt32(kind.utf8.count))
  }
}

/// A place in the source.
public struct DebugLocation: Equatable, Sendable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var column: Int
  public var description: String { "\(file):\(line):\(column)" }
}

// Changing ---------------------------------------------------------------------------

extension Instruction {
  /// Puts a new instruction in front of this one.
  ///
  ///     %x = load double, ptr %p
  ///
  /// becomes, with `insertBefore(.call(hook, []))`,
  ///
  ///     call void @hook()
  ///     %x = load double, ptr %p
  @discardableResult
  public func insertBefore(_ operation: Operation) -> Value {
    // Phis stand together at the top of a block.
    if opcode == .phi {
      guard let place = block.firstInsertion else {
        Misuse.end("nothing can be inserted into the block of '\(self)'")
      }
      return place.build(operation, locationOf: self)
    }
    return build(operation, locationOf: self)
  }

  /// Puts a new instruction behind this one; behind the phis, if it is one.
  @discardableResult
  public func insertAfter(_ operation: Operation) -> Value {
    guard let next else { Misuse.end("nothing can stand behind '\(self)', which ends its block") }
    return opcode == .phi ? next.insertBefore(operation) : next.build(operation, locationOf: self)
  }

  /// Puts a new instruction in this one's place, and its result wherever this one's is used.
  ///
  ///     %x = fmul double %a, %b
  ///
  /// becomes, with `replace(with: .fadd(a, b))`,
  ///
  ///     %x = fadd double %a, %b
  ///
  /// - Returns: the new result; a constant where LLVM can compute it.
  @discardableResult
  public func replace(with operation: Operation) -> Value {
    if opcode.isTerminator != operation.isTerminator {
      Misuse.end(
        "'\(self)' cannot be replaced by '\(operation.name)': one of them ends its block")
    }
    let old = self
    let new = insertBefore(operation)
    if old.type != new.type {
      if !old.type.isVoid || !old.value.users.isEmpty {
        Misuse.end(
          "'\(old)' cannot be replaced by '\(operation.name)': its type is '\(old.type)', "
            + "the new one's '\(new.type)'")
      }
    } else if !old.type.isVoid {
      if new == old.value { return new }
      let name = old.value.name
      LLVMReplaceAllUsesWith(live, new.live)
      if !name.isEmpty, new.instruction != nil {
        old.value.setName("")
        new.setName(name)
      }
    }
    erase(by: "replace(with:)")
    return new
  }

  /// Puts a value wherever this one's result is used, and removes the instruction.
  public func replace(with value: Value) {
    if opcode.isTerminator { Misuse.end("'\(self)' ends its block, and a value does not") }
    self.value.replaceUses(with: value)
    erase(by: "replace(with:)")
  }

  /// Removes an instruction whose result nothing uses.
  public func delete() {
    if let user = value.users.first {
      Misuse.end("'\(self)' cannot be deleted: '\(user)' uses it; replace its uses first")
    }
    erase(by: "delete()")
  }

  /// Puts a copy in front of an instruction.
  /// - Returns: the copy.
  @discardableResult
  public func clone(before other: Instruction) -> Instruction {
    store.checkSame(other.store)
    if opcode.isTerminator || opcode == .phi {
      Misuse.end("'\(self)' has one place in its block and cannot be copied elsewhere")
    }
    if other.opcode == .phi { Misuse.end("nothing but a phi can stand before '\(other)'") }
    let copy = LLVMInstructionClone(live)!
    let builder = LLVMCreateBuilderInContext(LLVMGetModuleContext(store.module))
    defer { LLVMDisposeBuilder(builder) }
    LLVMPositionBuilderBefore(builder, other.live)
    // A location of another function would be invalid.
    let isSameFunction = function == other.function
    LLVMInsertIntoBuilder(builder, copy)
    if isSameFunction { LLVMInstructionSetDebugLoc(copy, LLVMInstructionGetDebugLoc(live)) }
    return Instruction(copy, store)
  }

  /// Moves it in front of another instruction of the same function.
  public func move(before other: Instruction) {
    if opcode.isTerminator || opcode == .phi || other.opcode == .phi {
      Misuse.end(
        "'\(self)' cannot be moved before '\(other)': phis and terminators have their place")
    }
    if function != other.function { Misuse.end("an instruction stays in its function") }
    if self != other { rayir_move_before(live, other.live) }
  }

  private func erase(by operation: String) {
    let pointer = live
    store.forget(pointer, by: operation)
    LLVMInstructionEraseFromParent(pointer)
  }

  /// The location is taken from an instruction, else it is line 0 of the function: calls need one.
  func build(_ operation: Operation, locationOf source: Instruction) -> Value {
    let builder = LLVMCreateBuilderInContext(LLVMGetModuleContext(store.module))!
    defer { LLVMDisposeBuilder(builder) }
    LLVMPositionBuilderBefore(builder, live)
    let place = LLVMInstructionGetDebugLoc(source.live) ?? function.artificialLocation
    LLVMSetCurrentDebugLocation2(builder, place)
    return Value(operation.emit(builder, store, function), store)
  }
}
