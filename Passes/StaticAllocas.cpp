#include "StaticAllocas.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace rayc {

void gatherStaticAllocas(Function &Function) {
  auto &Entry = Function.getEntryBlock();
  auto Position = Entry.getFirstNonPHIOrDbgOrAlloca();
  for (auto &Instruction : make_early_inc_range(make_range(Position, Entry.end())))
    if (auto *Alloca = dyn_cast<AllocaInst>(&Instruction))
      if (isa<ConstantInt>(Alloca->getArraySize())) Alloca->moveBefore(Entry, Position);
}

}  // namespace rayc
