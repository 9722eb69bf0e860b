// Stage 2: the running thread's context value, as hooks get it.
#pragma once

#include "Abi.h"

#include "llvm/IR/Module.h"
#include "llvm/IR/PassManager.h"

namespace rayc {

/// The function that stands for the thread's state until LowerThreadState: it reads no
/// memory and may run anywhere, so LLVM merges and hoists its calls as it inlines, and
/// one look at thread-local storage is left for a whole function.
/// ```
/// declare nonnull ptr @rayc_state() memory(none) speculatable willreturn nounwind
/// ```
llvm::Function *stateFunction(llvm::Module &Module);

/// The function that stands for the state that takes a thread's events while it is switched
/// off, in the same way. Only what has called `rayc_state()` may use it.
/// ```
/// declare nonnull ptr @rayc_off_state() memory(none) speculatable willreturn nounwind
/// ```
llvm::Function *offStateFunction(llvm::Module &Module);

/// The same, asked for again: LLVM may merge its calls only where nothing that may write
/// memory lies between. For functions that turn a switch themselves.
/// ```
/// declare nonnull ptr @rayc_fresh_state() memory(read) willreturn nounwind
/// ```
llvm::Function *freshStateFunction(llvm::Module &Module);

/// A test whether the thread that a state is of is switched on, which reads no memory either:
/// ```
/// declare i1 @rayc_enabled(ptr captures(none)) memory(none) speculatable willreturn nounwind
/// ```
llvm::Function *enabledFunction(llvm::Module &Module);

/// Moves the one state call of a function to where every use of it passes, but as few
/// other paths as possible:
/// ```
/// entry:  %s = call ptr @rayc_state()            entry:
///         br i1 %c, label %a, label %b      →            br i1 %c, label %a, label %b
/// a:      … %s …                                 a:      %s = call ptr @rayc_state()
/// ```
void sinkState(llvm::CallInst *State);

/// Turns the state calls that are left into thread-local storage, which a thread's first
/// event fills:
/// ```
/// %s = call ptr @rayc_state()
/// ```
/// becomes
/// ```
///   %t = call ptr @llvm.threadlocal.address.p0(ptr @rayc_thread)
///   %known = load ptr, ptr %t
///   br i1 (icmp eq %known, null), label %first, label %entered, !prof !unlikely
/// first:
///   %new = call preserve_mostcc ptr @rayc_thread_enter(ptr %t)
///   br label %entered
/// entered:
///   %s = phi ptr [ %known, … ], [ %new, %first ]
/// ```
/// The state of a thread that is switched off lies behind the other, in a head of its own:
/// ```
/// %o = call ptr @rayc_off_state()
/// ```
/// becomes
/// ```
///   %n = load i64, ptr @rayc_thread_size
///   %h = getelementptr i8, ptr %t, i64 %n
///   %o = getelementptr i8, ptr %h, i64 64
/// ```
/// and the tests into comparisons with the value behind the thread's own head:
/// ```
/// %e = call i1 @rayc_enabled(ptr %s)
/// ```
/// becomes
/// ```
/// %t = call ptr @llvm.threadlocal.address.p0(ptr @rayc_thread)
/// %e = icmp eq ptr %s, getelementptr (i8, ptr %t, i64 64)
/// ```
class LowerThreadState : public llvm::PassInfoMixin<LowerThreadState> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

}  // namespace rayc
