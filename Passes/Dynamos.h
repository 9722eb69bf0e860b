// Stage 2: the user's own IR transforms, in the pipeline.
#pragma once

#include "llvm/IR/PassManager.h"
#include "llvm/Passes/PassBuilder.h"

namespace rayc {

/// Runs a dynamo on the module: a library written in Swift over RayIR. What it leaves is verified
/// function by function; a problem ends opt with the verifier's words.
///
///     %x = fmul double %a, %b
///
/// becomes, with the guide's MulToAdd,
///
///     %x = fadd double %a, %b
class RunDynamo : public llvm::PassInfoMixin<RunDynamo> {
 public:
  explicit RunDynamo(std::string Path) : Path(std::move(Path)) {}
  llvm::PreservedAnalyses run(llvm::Module &Module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }

 private:
  std::string Path;
};

/// Adds the transforms that the command line puts before the instrumentation or behind it:
/// `-rayc-before=dynamo:/path/lib.so`, `-rayc-after=pass:NAME`.
void addTransformsBefore(llvm::PassBuilder &Builder, llvm::ModulePassManager &Passes);
void addTransformsAfter(llvm::PassBuilder &Builder, llvm::ModulePassManager &Passes);

}  // namespace rayc
