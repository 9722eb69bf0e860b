#include "TagCallbacks.h"

#include "CallbackEmitter.h"
#include "ThreadState.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/MDBuilder.h"

using namespace llvm;

namespace rayc {

TagCallbacks::TagCallbacks(llvm::Module &Module, const Context &Context, SiteTable &Sites)
    : Operation(Context.hook(tags::Operation, Module)),
      Branch(Context.hook(tags::Branch, Module)),
      Load(Context.hook(tags::Load, Module)),
      Result(Context.hook(tags::Result, Module)),
      Argument(Context.hook(tags::Argument, Module)),
      Parameter(Context.hook(tags::Parameter, Module)),
      Return(Context.hook(tags::Return, Module)),
      Primitive(Context.hook(tags::Primitive, Module)),
      Module(Module),
      Sites(Sites),
      WantsAll(Operation && Context.has(tags::WantsAll)),
      OperationIsPure(Context.onlyComputes(tags::Operation)) {}

bool TagCallbacks::areThere() const {
  return Operation || Branch || Load || Result || Argument || Parameter || Return || Primitive;
}

Constant *TagCallbacks::site(const Function *Hook, Instruction &At, abi::SiteKind Kind,
                             StringRef Name) {
  if (Hook->hasFnAttribute(abi::IgnoresSiteAttribute))
    return ConstantPointerNull::get(PointerType::get(Module.getContext(), 0));
  Event Event{&At, Kind};
  Event.Operation.Symbol = Name;
  auto Info = Sites.describe(Event, Sites.id(Event), ValueTyping());
  if (!Name.empty()) Info.Callee = Name.str();
  return Sites.emit(Info);
}

Value *TagCallbacks::call(Function *Hook, ArrayRef<Value *> Arguments, Constant *Site, Value *Own,
                          IRBuilder<> &Builder) {
  // A call that may be inlined needs a location in a function that has debug information.
  auto *Program = Builder.GetInsertBlock()->getParent()->getSubprogram();
  auto Location = Builder.getCurrentDebugLocation();
  if (Program && !Location)
    Builder.SetCurrentDebugLocation(DILocation::get(Module.getContext(), 0, 0, Program));
  auto *State = Builder.CreateCall(stateFunction(Module));
  SmallVector<Value *> All{State};
  append_range(All, Arguments);
  All.push_back(Site);
  auto Emit = [&]() -> Value * {
    auto *Call = Builder.CreateCall(Hook, All);
    Call->setCallingConv(Hook->getCallingConv());
    Call->setAttributes(Hook->getAttributes().removeFnAttributes(Module.getContext()));
    return Call;
  };
  Value *New = nullptr;
  if (Hook->hasFnAttribute(abi::ActsOutsideAttribute))
    New = emitIf(Builder.CreateCall(enabledFunction(Module), {State}), Own, Builder, Emit);
  else
    New = Emit();
  Builder.SetCurrentDebugLocation(Location);
  return New;
}

Value *TagCallbacks::operation(ArrayRef<Value *> Arguments, Value *AnyTag, Constant *Site,
                               IRBuilder<> &Builder) {
  auto *None = Builder.getInt64(0);
  auto Emit = [&] { return call(Operation, Arguments, Site, None, Builder); };
  if (WantsAll) return Emit();
  if (OperationIsPure) {
    auto *Tag = Emit();
    return Builder.CreateSelect(Builder.CreateIsNotNull(AnyTag), Tag, None);
  }
  return emitIf(Builder.CreateIsNotNull(AnyTag), None, Builder, Emit,
                MDBuilder(Module.getContext()).createUnlikelyBranchWeights());
}

}  // namespace rayc
