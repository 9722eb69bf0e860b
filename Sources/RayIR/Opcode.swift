internal import CLLVM

/// What an instruction does, by IR's word for it.
public enum Opcode: String, CaseIterable, Sendable {
  case ret, br, `switch`, indirectbr, invoke, unreachable, callbr, resume
  case fneg
  case add, fadd, sub, fsub, mul, fmul, udiv, sdiv, fdiv, urem, srem, frem
  case shl, lshr, ashr, and, or, xor
  case alloca, load, store, getelementptr, fence, cmpxchg, atomicrmw
  case trunc, zext, sext, fptoui, fptosi, uitofp, sitofp, fptrunc, fpext
  case ptrtoint, ptrtoaddr, inttoptr, bitcast, addrspacecast
  case icmp, fcmp, phi, call, select
  case extractelement, insertelement, shufflevector, extractvalue, insertvalue
  case landingpad, freeze
  /// One that Swift does not emit.
  case other

  private static let codes: [(LLVMOpcode, Opcode)] = [
    (LLVMRet, .ret), (LLVMBr, .br), (LLVMSwitch, .switch), (LLVMIndirectBr, .indirectbr),
    (LLVMInvoke, .invoke), (LLVMUnreachable, .unreachable), (LLVMCallBr, .callbr),
    (LLVMResume, .resume), (LLVMFNeg, .fneg), (LLVMAdd, .add), (LLVMFAdd, .fadd),
    (LLVMSub, .sub), (LLVMFSub, .fsub), (LLVMMul, .mul), (LLVMFMul, .fmul), (LLVMUDiv, .udiv),
    (LLVMSDiv, .sdiv), (LLVMFDiv, .fdiv), (LLVMURem, .urem), (LLVMSRem, .srem),
    (LLVMFRem, .frem), (LLVMShl, .shl), (LLVMLShr, .lshr), (LLVMAShr, .ashr), (LLVMAnd, .and),
    (LLVMOr, .or), (LLVMXor, .xor), (LLVMAlloca, .alloca), (LLVMLoad, .load),
    (LLVMStore, .store), (LLVMGetElementPtr, .getelementptr), (LLVMFence, .fence),
    (LLVMAtomicCmpXchg, .cmpxchg), (LLVMAtomicRMW, .atomicrmw), (LLVMTrunc, .trunc),
    (LLVMZExt, .zext), (LLVMSExt, .sext), (LLVMFPToUI, .fptoui), (LLVMFPToSI, .fptosi),
    (LLVMUIToFP, .uitofp), (LLVMSIToFP, .sitofp), (LLVMFPTrunc, .fptrunc), (LLVMFPExt, .fpext),
    (LLVMPtrToInt, .ptrtoint), (LLVMPtrToAddr, .ptrtoaddr), (LLVMIntToPtr, .inttoptr),
    (LLVMBitCast, .bitcast), (LLVMAddrSpaceCast, .addrspacecast), (LLVMICmp, .icmp),
    (LLVMFCmp, .fcmp), (LLVMPHI, .phi), (LLVMCall, .call), (LLVMSelect, .select),
    (LLVMExtractElement, .extractelement), (LLVMInsertElement, .insertelement),
    (LLVMShuffleVector, .shufflevector), (LLVMExtractValue, .extractvalue),
    (LLVMInsertValue, .insertvalue), (LLVMLandingPad, .landingpad), (LLVMFreeze, .freeze),
  ]
  private static let byCode = Dictionary(
    uniqueKeysWithValues: codes.map { ($0.0.rawValue, $0.1) })
  private static let byName = Dictionary(
    uniqueKeysWithValues: codes.map { ($0.1, $0.0.rawValue) })

  init(_ code: LLVMOpcode) { self = Self.byCode[code.rawValue] ?? .other }

  var code: LLVMOpcode { LLVMOpcode(rawValue: Self.byName[self] ?? 0) }

  /// Whether it takes two values of its own type and gives one of that type.
  public var isArithmetic: Bool { isIntegerArithmetic || isFloatingPointArithmetic }
  var isIntegerArithmetic: Bool {
    [
      .add, .sub, .mul, .udiv, .sdiv, .urem, .srem, .shl, .lshr, .ashr, .and, .or, .xor,
    ].contains(self)
  }
  var isFloatingPointArithmetic: Bool { [.fadd, .fsub, .fmul, .fdiv, .frem].contains(self) }

  /// Whether it ends a block.
  public var isTerminator: Bool {
    [.ret, .br, .switch, .indirectbr, .invoke, .unreachable, .callbr, .resume].contains(self)
  }

  /// Whether it turns a value into one of another type.
  public var isCast: Bool {
    [
      .trunc, .zext, .sext, .fptoui, .fptosi, .uitofp, .sitofp, .fptrunc, .fpext, .ptrtoint,
      .inttoptr, .bitcast, .addrspacecast,
    ].contains(self)
  }
}
