#include "Fidelity.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

PreservedAnalyses DropDynamicLifetimes::run(Module &Module, ModuleAnalysisManager &) {
  bool Changed = false;
  for (auto &Function : Module) {
    for (auto &Instruction : make_early_inc_range(instructions(Function))) {
      auto *Marker = dyn_cast<LifetimeIntrinsic>(&Instruction);
      auto *Alloca = Marker ? dyn_cast<AllocaInst>(Marker->getArgOperand(0)) : nullptr;
      if (!Alloca || Alloca->isStaticAlloca()) continue;
      Marker->eraseFromParent();
      Changed = true;
    }
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

PreservedAnalyses RelaxTailCalls::run(Module &Module, ModuleAnalysisManager &) {
  for (auto &Function : Module)
    for (auto &Instruction : instructions(Function))
      if (auto *Call = dyn_cast<CallInst>(&Instruction))
        if (Call->isMustTailCall() && Call->getCallingConv() == CallingConv::SwiftTail &&
            Function.getCallingConv() == CallingConv::SwiftTail)
          Call->setTailCallKind(CallInst::TCK_Tail);
  return PreservedAnalyses::all();
}

PreservedAnalyses DropEntryValues::run(Module &Module, ModuleAnalysisManager &) {
  for (auto &Function : Module)
    for (auto &Instruction : instructions(Function))
      for (DbgVariableRecord &Record : filterDbgVars(Instruction.getDbgRecordRange())) {
        if (!Record.isDbgValue() || !Record.getExpression()->isEntryValue()) continue;
        Record.setKillLocation();
        Record.setExpression(DIExpression::get(Module.getContext(), {}));
      }
  return PreservedAnalyses::all();
}

}  // namespace rayc
