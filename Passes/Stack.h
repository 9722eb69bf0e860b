// Stage 2: several contexts as one.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/IR/PassManager.h"

namespace rayc {

/// The pass `rayc-stack`: brings the raw modules of `-rayc-stack` behind the one at hand. Each
/// has its own copy of the glue, whose functions get their context's number:
/// ```
/// define void @rayc_hook_willCall(…)          ; of the module at hand
/// define void @rayc_hook_willCall(…)          ; of the first -rayc-stack
/// ```
/// becomes
/// ```
/// define void @rayc.0.hook_willCall(…)
/// define void @rayc.1.hook_willCall(…)
/// ```
/// Without `-rayc-stack` it changes nothing. PrepareContext makes one context of them, after
/// they were optimised, since only then is it known which hooks do anything.
class StackContexts : public llvm::PassInfoMixin<StackContexts> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

/// One context's part of a prepared module.
struct ContextPart {
  llvm::Function *Init = nullptr, *Merge = nullptr, *Finish = nullptr;
  /// What it has, without `rayc_hook_` or `rayc.<n>.hook_`. Those that do nothing have no body.
  llvm::SmallVector<std::pair<std::string, llvm::Function *>> Hooks;
  uint64_t Size, Alignment;
  /// Where the context's value lies in the common one.
  uint64_t Offset = 0;
};

/// What a stack's glue functions begin with: `rayc.<n>.`
std::string stackPrefix(unsigned Index);

/// Makes one context of several, each of whose hooks calls theirs in order. Hooks that call
/// nothing come inline, and what a context lacks vanishes. Returns the hooks that do anything.
/// ```
/// define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
///   %v0 = call i64 @rayc.0.hook_load_i64(ptr %state, i64 %value, ptr %site)
///   %v1 = call i64 @rayc.1.hook_load_i64(ptr (%state + <offset>), i64 %v0, ptr %site)
///   ret i64 %v1
/// }
/// define void @rayc_context_init(ptr %state) {             ; likewise merge, finish
///   call void @rayc_context_select(i64 0)                  ; whose arguments, whose name
///   call void @rayc.0.context_init(ptr %state)
///   call void @rayc_context_select(i64 1)
///   call void @rayc.1.context_init(ptr (%state + <offset>))
///   ret void
/// }
/// ```
llvm::SmallVector<llvm::Function *> combine(llvm::Module &Module, llvm::ArrayRef<ContextPart> Parts,
                                            llvm::ModuleAnalysisManager &Analyses);

}  // namespace rayc
