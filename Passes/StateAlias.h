// Stage 2: the context's value is no memory of the program's.
#pragma once

#include "llvm/Analysis/AliasAnalysis.h"
#include "llvm/Passes/PassBuilder.h"

namespace rayc {

/// Knows that what `rayc_state` gives is reached in no other way, so that LLVM may keep a
/// counter in a register while the program writes memory:
/// ```
/// %state = call ptr @rayc_state()
/// %n = load i64, ptr %state ; … ; store i64 %n1, ptr %state       ; once, around the loop
/// loop: store double %x, ptr %p                                   ; cannot change %n
/// ```
/// An analysis rather than scope metadata, which LLVM copies as it inlines: the copies of
/// two functions know nothing of each other.
class StateAliasResult : public llvm::AAResultBase {
 public:
  llvm::AliasResult alias(const llvm::MemoryLocation &A, const llvm::MemoryLocation &B,
                          llvm::AAQueryInfo &, const llvm::Instruction *);
  bool invalidate(llvm::Function &, const llvm::PreservedAnalyses &,
                  llvm::FunctionAnalysisManager::Invalidator &) {
    return false;
  }
};

class StateAlias : public llvm::AnalysisInfoMixin<StateAlias> {
 public:
  using Result = StateAliasResult;
  Result run(llvm::Function &, llvm::FunctionAnalysisManager &) { return Result(); }

 private:
  friend llvm::AnalysisInfoMixin<StateAlias>;
  static llvm::AnalysisKey Key;
};

/// Makes the analysis known to a pass builder, as `rayc-aa`, and part of opt's alias
/// analyses unless the command line chooses those itself.
void registerStateAlias(llvm::PassBuilder &Builder);

}  // namespace rayc
