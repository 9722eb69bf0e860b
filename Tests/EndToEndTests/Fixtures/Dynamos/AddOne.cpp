// A pass of a user's own: every 0.5 becomes 1.
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"

using namespace llvm;

struct HalfToOne : PassInfoMixin<HalfToOne> {
  PreservedAnalyses run(Function &Function, FunctionAnalysisManager &) {
    for (auto &Instruction : instructions(Function))
      for (auto &Operand : Instruction.operands())
        if (auto *Number = dyn_cast<ConstantFP>(Operand))
          if (Number->isExactlyValue(0.5)) Operand.set(ConstantFP::get(Number->getType(), 1));
    return PreservedAnalyses::none();
  }
  static bool isRequired() { return true; }
};

extern "C" PassPluginLibraryInfo llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "half-to-one", "1", [](PassBuilder &Builder) {
            Builder.registerPipelineParsingCallback(
                [](StringRef Name, FunctionPassManager &Passes,
                   ArrayRef<PassBuilder::PipelineElement>) {
                  if (Name != "half-to-one") return false;
                  Passes.addPass(HalfToOne());
                  return true;
                });
          }};
}
