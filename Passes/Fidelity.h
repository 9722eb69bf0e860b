// Stage 2: what LLVM 22 needs so that Swift's IR means what it meant to Swift's own LLVM.
#pragma once

#include "llvm/IR/PassManager.h"

namespace rayc {

/// Gives the module the name of the object that is made of it, as Swift's own has it; else the
/// object's symbol table would name a temporary file, and no two builds would be the same.
/// ```
/// source_filename = "main-1.rayc-4711.bc"
/// ```
/// becomes
/// ```
/// source_filename = "main-1.o"
/// ```
class NameObject : public llvm::PassInfoMixin<NameObject> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

/// Drops the lifetime markers of allocas of unknown size: jump threading may duplicate such
/// an alloca and leave a marker on a phi, which the verifier refuses.
/// ```
/// %a = alloca i8, i64 %n
/// call void @llvm.lifetime.start.p0(ptr %a)     ; gone
/// ```
class DropDynamicLifetimes : public llvm::PassInfoMixin<DropDynamicLifetimes> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

/// Makes room for what async functions keep across an `await`. Where a frame has a value of more
/// than 16 bytes' alignment (a SIMD vector), Swift's LLVM lays the frame out without that
/// alignment, gives the context that much room, and then reaches the frame's fields through a
/// type that has it: the last ones lie behind the context, on the next allocation of the task.
/// Swift's optimiser, which rayc does not run, mostly takes such values apart before.
/// ```
/// %"f.Frame" = type { [48 x i8], <4 x i64>, ptr }            ; the last one at 96
/// @fTu = global %swift.async_func_pointer <{ …, i32 112 }>
/// ```
/// becomes
/// ```
/// @fTu = global %swift.async_func_pointer <{ …, i32 144 }>   ; a multiple of 16
/// ```
class GrowAsyncContexts : public llvm::PassInfoMixin<GrowAsyncContexts> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

/// Makes async calls tail calls of the kind that LLVM 22 compiles right: since 22 a
/// `musttail` call on x86-64 loses the arguments that travel on the stack
/// (llvm-project issue 199224). `swifttailcc` guarantees a plain `tail` call just as well.
/// ```
/// musttail call swifttailcc void @f(…)     →     tail call swifttailcc void @f(…)
/// ```
/// A call without such arguments, from a function that got none, stays. Where the function has an
/// alloca of unknown size (AddressSanitizer's frames are such) and an async context, LLVM 22 also
/// merges what moves the stack pointer back behind the last call with what takes the context off,
/// though there it is set anew. So there nothing but a `musttail` call is a tail call, which keeps
/// the frame until the task suspends, and something stands between:
/// ```
/// musttail call swifttailcc void @f(…)     →     notail call swifttailcc void @f(…)
/// ret void                                       call void asm sideeffect "", ""() ; ret void
/// ```
class RelaxTailCalls : public llvm::PassInfoMixin<RelaxTailCalls> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

/// Drops what optimised debug information says of variables in async functions' frames. Its
/// form, the value that the frame's register had at entry, is false once a function is
/// inlined, which the verifier refuses, and makes LLVM 22's code generator crash where it
/// merges such values.
/// ```
/// #dbg_value(ptr %frame, !v, !DIExpression(DW_OP_LLVM_entry_value, 1, …), !l)
/// ```
/// becomes
/// ```
/// #dbg_value(ptr poison, !v, !DIExpression(), !l)
/// ```
class DropEntryValues : public llvm::PassInfoMixin<DropEntryValues> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

}  // namespace rayc
