// Stage 2: the hook in front of stores.
#include "CallbackEmitter.h"

#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace rayc {

// Without optimisation Swift hands a reference over before it is stored. Its optimiser may put
// the retain behind the store: then the memory does not own it yet.
static bool ownsAtOnce(const Function &Function) {
  auto *Program = Function.getSubprogram();
  auto *Unit = Program ? Program->getUnit() : nullptr;
  return Unit && !Unit->isOptimized();
}

Value *CallbackEmitter::isOwnedAtOnce(IRBuilder<> &Builder) {
  return Builder.getInt1(ownsAtOnce(*Current));
}

bool CallbackEmitter::instrumentStore(StoreInst &Store, const Event &Event,
                                      const ValueTyping &Value) {
  bool IsExact;
  auto *Stored = Store.getValueOperand();
  auto *Hook = valueHook(abi::Store, Stored->getType(), Value, IsExact);
  // A part of a value comes with the last one.
  if (Value.Typing == Typing::Plumbing) Hook = nullptr;
  auto *Site = site(Event, Value, {}, {Hook});
  if (!Hook) return false;
  if (IsExact && Value.Pieces.size() > 1) return instrumentStoredPieces(Value, Hook, Site);
  IRBuilder<> Builder(&Store);
  Store.setOperand(0, emitAt(Site, Stored, Builder, [&] {
                     return hookValue(Hook, Stored, IsExact ? &Value : nullptr, Site, Builder);
                   }));
  return true;
}

bool CallbackEmitter::instrumentStoredPieces(const ValueTyping &Value, Function *Hook,
                                             Constant *Site) {
  auto *Last = Value.Pieces.back().first;
  // Nothing between them sees memory.
  for (auto [Store, Offset] : ArrayRef(Value.Pieces).drop_back())
    Store->moveBefore(Last->getIterator());
  auto *First = Value.Pieces.front().first;
  IRBuilder<> Builder(First);
  SmallVector<Use *> Operands;
  SmallVector<llvm::Value *> Parts;
  for (auto [Store, Offset] : Value.Pieces) {
    Operands.push_back(&Store->getOperandUse(0));
    Parts.push_back(Store->getOperand(0));
  }
  auto Changed = changedPieces(Value, Parts, Hook, Site, Builder);
  for (auto [Operand, New] : zip(Operands, Changed)) Operand->set(New);
  return true;
}

}  // namespace rayc
