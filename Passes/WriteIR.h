// Stage 2: the module as text, as it is between the passes.
#pragma once

#include "llvm/IR/PassManager.h"

namespace rayc {

/// Writes the module's IR to `STEM.<stage>.ll` where `-rayc-ir=STEM` is given, and nothing
/// elsewhere. It changes nothing.
class WriteIR : public llvm::PassInfoMixin<WriteIR> {
 public:
  explicit WriteIR(llvm::StringRef Stage) : Stage(Stage) {}
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }

 private:
  llvm::StringRef Stage;
};

}  // namespace rayc
