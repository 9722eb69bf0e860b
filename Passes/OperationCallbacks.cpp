// Stage 2: the hook behind operators.
#include "CallbackEmitter.h"

#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace rayc {

bool CallbackEmitter::instrumentOperation(const Event &Event, const ValueTyping &Value,
                                          ArrayRef<ArgumentTyping> Given) {
  auto &Result = *Event.Instruction;
  auto *Checked = dyn_cast<WithOverflowInst>(&Result);
  auto *Type = Checked ? Checked->getLHS()->getType() : Result.getType();
  bool IsExact;
  auto *Hook = valueHook(abi::Operation, Type, Value, IsExact);
  auto *Site = site(Event, Value, Given, {Hook});
  if (!Hook) return false;
  SmallVector<Use *> Uses;
  for (auto &Use : Result.uses()) {
    auto *Part = Checked ? dyn_cast<ExtractValueInst>(Use.getUser()) : nullptr;
    if (!Checked) Uses.push_back(&Use);
    // Whether it overflows stays as it is.
    if (Part && Part->getIndices()[0] == 0)
      for (auto &PartUse : Part->uses()) Uses.push_back(&PartUse);
  }
  auto Behind = isa<PHINode>(Result) ? Result.getParent()->getFirstInsertionPt()
                                     : std::next(Result.getIterator());
  IRBuilder<> Builder(Result.getParent(), Behind);
  Builder.SetCurrentDebugLocation(Result.getDebugLoc());
  llvm::Value *Own = Checked ? Builder.CreateExtractValue(&Result, 0) : &Result;
  auto *Hooked = emitAt(Site, Own, Builder, [&] {
    bool LooksAtOperands = !Hook->hasFnAttribute(abi::IgnoresArgumentsAttribute);
    Operands = LooksAtOperands && Event.Operation.Source
                   ? gather(*Event.Operation.Source, Given, Builder)
                   : ConstantPointerNull::get(Builder.getPtrTy());
    return hookValue(Hook, Own, IsExact ? &Value : nullptr, Site, Builder);
  });
  for (auto *Use : Uses) Use->set(Hooked);
  return true;
}

}  // namespace rayc
