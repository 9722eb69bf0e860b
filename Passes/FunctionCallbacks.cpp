// Stage 2: the hooks at a function's beginning and in front of its ends.
#include "CallbackEmitter.h"
#include "Depth.h"

using namespace llvm;

namespace rayc {

bool CallbackEmitter::instrumentFunction(Function &Function) {
  if (!DidEnter && !WillLeave) return false;
  auto *First = &*Function.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  Event Event{First, abi::SiteKind::Function};
  auto *Site = site(Event, ValueTyping(Typing::None), {}, {DidEnter, WillLeave});
  auto Emit = [&](llvm::Function *Hook, Instruction *Before) {
    IRBuilder<> Builder(Before);
    auto *Program = Function.getSubprogram();
    Builder.SetCurrentDebugLocation(
        Program ? DebugLoc(DILocation::get(Function.getContext(), 0, 0, Program)) : DebugLoc());
    emitAt(Site, nullptr, Builder, [&] {
      emitHook(Hook, {state(Builder), Site}, Builder);
      return nullptr;
    });
  };
  SmallVector<Instruction *, 4> Ends;
  for (auto &Block : Function)
    if (auto *Out = wayOut(Block)) Ends.push_back(Out);
  if (DidEnter) {
    // Behind the state, which every function asks for at its top.
    if (State && State->getParent() == First->getParent()) First = State->getNextNode();
    Emit(DidEnter, First);
  }
  if (WillLeave)
    for (auto *End : Ends) Emit(WillLeave, End);
  return true;
}

}  // namespace rayc
