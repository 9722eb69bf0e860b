// Stage 2: the pass that puts a context's hooks into a module.
#pragma once

#include "llvm/IR/PassManager.h"

namespace rayc {

/// The pass `rayc-instrument`: selects, emits sites and callbacks, brings in the hooks.
///
/// Reads its context from `-rayc-context` and, with `-rayc-report`, writes what it saw.
class Instrument : public llvm::PassInfoMixin<Instrument> {
 public:
  /// - `IsOptimizing`: LLVM's optimiser comes behind.
  explicit Instrument(bool IsOptimizing = false) : IsOptimizing(IsOptimizing) {}
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }

 private:
  bool IsOptimizing;
};

/// The pass `rayc-strip-debug`: drops debug information that only the sites needed.
class StripDebugInfo : public llvm::PassInfoMixin<StripDebugInfo> {
 public:
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

}  // namespace rayc
