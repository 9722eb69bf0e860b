#include "TagFlow.h"

#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace rayc {

TagFlow::TagFlow(Function &Function, const TagMemory &Memory, const TagOperations &Operations,
                 const TagCallbacks &Callbacks, const TaggedFunctions &Functions)
    : Memory(Memory), Operations(Operations), Callbacks(Callbacks), Functions(Functions) {
  for (auto &Instruction : instructions(Function))
    if (auto *Load = dyn_cast<LoadInst>(&Instruction))
      if (auto *Slot = Memory.directSlot(Load->getPointerOperand())) LoadsOf[Slot].push_back(Load);
  for (auto &Argument : Function.args())
    if (!Argument.hasSwiftErrorAttr() && !Argument.hasAttribute(Attribute::SwiftAsync) &&
        !Argument.hasStructRetAttr() && !Argument.hasByValAttr())
      add(&Argument);
  for (auto &Instruction : instructions(Function))
    if (isSource(Instruction)) add(&Instruction);
  while (!Worklist.empty()) follow(Worklist.pop_back_val());
}

void TagFlow::add(const Value *Value) {
  if (Tagged.insert(Value).second) Worklist.push_back(Value);
}

bool TagFlow::isSource(Instruction &Instruction) const {
  if (auto *Load = dyn_cast<LoadInst>(&Instruction)) {
    auto *Address = Load->getPointerOperand();
    return Callbacks.Load || (!TagMemory::hasNoCells(Address) && !Memory.directSlot(Address));
  }
  if (isa<AtomicRMWInst, AtomicCmpXchgInst>(Instruction)) return true;
  if (Callbacks.wantsAll() && machineOperation(Instruction)) return true;
  auto *Call = dyn_cast<CallBase>(&Instruction);
  if (!Call || Call->getType()->isVoidTy()) return false;
  auto Kind = Functions.kind(*Call);
  if (Kind == CallKind::Known)
    return Callbacks.Result || Functions.ReturnTags.contains(Call->getCalledFunction());
  if (Kind == CallKind::Primitive) return Callbacks.Result || Callbacks.Primitive;
  if (Kind == CallKind::Conversion) return true;
  return Kind == CallKind::Unknown || (Kind == CallKind::Operation && Callbacks.Result);
}

bool TagFlow::passesOn(Instruction &Instruction, const Value *Operand) const {
  if (isa<PHINode, FreezeInst, ExtractValueInst, InsertValueInst, ShuffleVectorInst, BitCastInst,
          PtrToIntInst, IntToPtrInst, AddrSpaceCastInst>(Instruction))
    return true;
  if (auto *Part = dyn_cast<ExtractElementInst>(&Instruction))
    return Part->getVectorOperand() == Operand;
  if (auto *Whole = dyn_cast<InsertElementInst>(&Instruction))
    return Whole->getOperand(2) != Operand || Whole->getOperand(1) == Operand;
  if (auto *Select = dyn_cast<SelectInst>(&Instruction))
    return Select->getTrueValue() == Operand || Select->getFalseValue() == Operand;
  if (auto *Call = dyn_cast<CallBase>(&Instruction))
    if (auto *Same = TaggedFunctions::handedOn(*Call)) return Same == Operand;
  if (Operations.isOfRepresentation(Instruction)) return true;
  auto Operation = machineOperation(Instruction);
  return Operation && Callbacks.Operation && is_contained(Operation->Operands, Operand);
}

void TagFlow::follow(const Value *Value) {
  for (auto *User : Value->users()) {
    auto &Instruction = *cast<llvm::Instruction>(const_cast<llvm::User *>(User));
    if (auto *Store = dyn_cast<StoreInst>(&Instruction)) {
      auto *Slot = Store->getValueOperand() == Value ? Memory.directSlot(Store->getPointerOperand())
                                                     : nullptr;
      if (Slot && Slots.insert(Slot).second)
        for (auto *Load : LoadsOf[Slot]) add(Load);
    } else if (isa<ReturnInst>(Instruction)) {
      ReturnsTag = true;
    } else if (passesOn(Instruction, Value)) {
      add(&Instruction);
    }
  }
}

}  // namespace rayc
