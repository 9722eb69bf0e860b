#include "Place.h"

#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

void Place::enter(Type *Type, int64_t Begin, StructType *Parent, unsigned Element) {
  if (!Path.empty() && Path.back().Type == Type && Path.back().Begin == Begin) return;
  Path.push_back({Type, Begin, Parent, Element});
}

Place placeOf(Value *Address, const DataLayout &Layout) {
  auto *Step = dyn_cast<GEPOperator>(Address);
  if (!Step) {
    rayc::Place Place;
    Place.Root = Address;
    if (auto *Slot = dyn_cast<AllocaInst>(Address); Slot && !Slot->isArrayAllocation())
      Place.enter(Slot->getAllocatedType(), 0);
    if (auto *Global = dyn_cast<GlobalVariable>(Address)) Place.enter(Global->getValueType(), 0);
    return Place;
  }
  auto *Type = Step->getSourceElementType();
  if (!Step->hasAllConstantIndices()) {
    rayc::Place Place;
    Place.Root = Step;
    if (Step->getNumIndices() == 1 && Type->isStructTy()) Place.enter(Type, 0);
    return Place;
  }
  auto Place = placeOf(Step->getPointerOperand(), Layout);
  auto Index = Step->idx_begin();
  int64_t First = cast<ConstantInt>(*Index)->getSExtValue();
  // Another element: what lies around the first says nothing about this one.
  if (First != 0 || !Type->isStructTy()) Place.Path.clear();
  Place.Offset += First * int64_t(Layout.getTypeAllocSize(Type));
  if (Type->isStructTy()) Place.enter(Type, Place.Offset);
  for (++Index; Index != Step->idx_end(); ++Index) {
    auto Number = cast<ConstantInt>(*Index)->getZExtValue();
    auto *Struct = dyn_cast<StructType>(Type);
    if (!Struct) {
      auto *Array = dyn_cast<ArrayType>(Type);
      if (!Array) return Place;
      Type = Array->getElementType();
      Place.Offset += Number * int64_t(Layout.getTypeAllocSize(Type));
      Place.Path.clear();
      continue;
    }
    Place.Offset += Layout.getStructLayout(Struct)->getElementOffset(Number);
    Type = Struct->getElementType(Number);
    Place.enter(Type, Place.Offset, Struct, Number);
  }
  return Place;
}

}  // namespace rayc
