// Stage 2: what makes a context's compiled glue ready to come into other modules.
#pragma once

#include "llvm/IR/PassManager.h"

namespace rayc {

/// The pass `rayc-context`: prepares a module of a context and its glue, after it was
/// optimised. See the functions of ContextPreparer.cpp for the IR, step by step.
class PrepareContext : public llvm::PassInfoMixin<PrepareContext> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

/// Whether a function calls nothing but intrinsics and inline assembly.
bool isLeaf(const llvm::Function &Function);

/// What the pass AnnotateGlue does to a module.
void annotateGlue(llvm::Module &Module);

/// Says of the glue's hooks, before they are optimised, that the context's value and a value
/// in memory are different memory; so that a hook that hands a value back unchanged is seen
/// to do nothing with it:
/// ```
/// define void @rayc_hook_load_any(ptr %state, ptr %value, …)
/// ```
/// becomes
/// ```
/// define void @rayc_hook_load_any(ptr noalias %state, ptr noalias %value, …)
/// ```
class AnnotateGlue : public llvm::PassInfoMixin<AnnotateGlue> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

/// The pass `rayc-runtime`: keeps a module's functions its own. Functions that Swift emits
/// into every object that needs them (`linkonce_odr`) would otherwise be shared with the
/// program's instrumented copies, and the runtime would cause events.
/// ```
/// define linkonce_odr hidden ptr @__swift_memcpy8_8(…)   →   define internal ptr
/// @__swift_memcpy8_8(…)
/// ```
class PrepareRuntime : public llvm::PassInfoMixin<PrepareRuntime> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

}  // namespace rayc
