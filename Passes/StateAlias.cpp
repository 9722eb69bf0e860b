#include "StateAlias.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Metadata.h"

using namespace llvm;

namespace rayc {

// Named nodes are the same in every module, so hooks and program agree when they meet.
static MDNode *scopes(LLVMContext &Context) {
  auto *Domain = MDNode::get(Context, MDString::get(Context, "rayc.state.domain"));
  auto *Scope = MDNode::get(Context, {MDString::get(Context, "rayc.state"), Domain});
  return MDNode::get(Context, Scope);
}

static void add(Instruction &Instruction, unsigned Kind, MDNode *Scopes) {
  Instruction.setMetadata(Kind, MDNode::concatenate(Instruction.getMetadata(Kind), Scopes));
}

void markStateAccesses(Function &Hook) {
  auto *Scopes = scopes(Hook.getContext());
  for (auto &Instruction : instructions(Hook)) {
    auto *Address = getLoadStorePointerOperand(&Instruction);
    if (Address && getUnderlyingObject(Address) == Hook.getArg(0))
      add(Instruction, LLVMContext::MD_alias_scope, Scopes);
  }
}

void markProgramAccesses(Function &Function) {
  auto *Scopes = scopes(Function.getContext());
  for (auto &Instruction : instructions(Function))
    if (isa<LoadInst, StoreInst, MemIntrinsic>(Instruction))
      add(Instruction, LLVMContext::MD_noalias, Scopes);
}

}  // namespace rayc
