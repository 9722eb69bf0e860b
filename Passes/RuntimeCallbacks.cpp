// Stage 2: the hook in front of the runtime's operations.
#include "CallbackEmitter.h"
#include "RuntimeOperations.h"

using namespace llvm;

namespace rayc {

bool CallbackEmitter::instrumentRuntime(CallBase &Call, const Event &Event) {
  auto *Site = site(Event, ValueTyping(Typing::None), {}, {RuntimeHook});
  auto Operation = *runtimeOperation(Call);
  IRBuilder<> Builder(&Call);
  auto *Address =
      Operation.Address ? Operation.Address : ConstantPointerNull::get(Builder.getPtrTy());
  auto *Size = Operation.Size ? Operation.Size : Builder.getInt64(-1);
  emitAt(Site, nullptr, Builder, [&] {
    emitHook(RuntimeHook, {state(Builder), Builder.getInt8(Operation.Kind), Address, Size, Site},
             Builder);
    return nullptr;
  });
  return true;
}

}  // namespace rayc
