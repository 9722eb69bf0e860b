// What llvm-c lacks, in its form.
#include "rayir.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Transforms/Utils/Cloning.h"

#include <cstring>

using namespace llvm;

LLVMValueRef rayir_clone(LLVMValueRef Original, const char *Name) {
  ValueToValueMapTy Map;
  auto *Clone = CloneFunction(unwrap<Function>(Original), Map);
  Clone->setName(Name);
  Clone->setLinkage(GlobalValue::InternalLinkage);
  Clone->setVisibility(GlobalValue::DefaultVisibility);
  Clone->setDLLStorageClass(GlobalValue::DefaultStorageClass);
  Clone->setComdat(nullptr);
  return wrap(Clone);
}

char *rayir_verify(LLVMValueRef Value) {
  std::string Problem;
  raw_string_ostream Stream(Problem);
  return verifyFunction(*unwrap<Function>(Value), &Stream) ? strdup(Problem.c_str()) : nullptr;
}

void rayir_dominators(LLVMValueRef Value, long *Parents) {
  auto &Function = *unwrap<llvm::Function>(Value);
  DominatorTree Tree(Function);
  DenseMap<const BasicBlock *, long> Numbers;
  long Count = 0;
  for (auto &Block : Function) Numbers[&Block] = Count++;
  for (auto &Block : Function) {
    auto *Node = Tree.getNode(&Block);
    auto *Parent = Node ? Node->getIDom() : nullptr;
    Parents[Numbers[&Block]] = Parent ? Numbers[Parent->getBlock()] : -1;
  }
}

int rayir_dominates(LLVMValueRef Value, LLVMValueRef User) {
  auto *Definition = dyn_cast<Instruction>(unwrap(Value));
  if (!Definition) return true;
  auto *At = unwrap<Instruction>(User);
  if (Definition->getFunction() != At->getFunction()) return false;
  return DominatorTree(*At->getFunction()).dominates(Definition, At);
}

void rayir_move_before(LLVMValueRef Moved, LLVMValueRef Before) {
  unwrap<Instruction>(Moved)->moveBeforePreserving(unwrap<Instruction>(Before)->getIterator());
}

LLVMValueRef rayir_first_insertion(LLVMBasicBlockRef Reference) {
  auto &Block = *unwrap(Reference);
  auto Place = Block.getFirstInsertionPt();
  while (Place != Block.end() && isa<AllocaInst>(*Place)) ++Place;
  return Place == Block.end() ? nullptr : wrap(&*Place);
}
