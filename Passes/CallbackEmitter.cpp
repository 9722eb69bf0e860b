#include "CallbackEmitter.h"

#include "StaticAllocas.h"
#include "ThreadState.h"
#include "ValueType.h"

#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace rayc {

CallbackEmitter::CallbackEmitter(llvm::Module &Module, const Context &Context, SiteTable &Sites)
    : Module(Module),
      Hooks(Context),
      Sites(Sites),
      WillCall(Context.hook(abi::WillCall, Module)),
      DidCall(Context.hook(abi::DidCall, Module)) {}

CallInst *CallbackEmitter::callHook(Function *Hook, ArrayRef<Value *> Arguments,
                                    IRBuilder<> &Builder) {
  auto *Call = Builder.CreateCall(Hook, Arguments);
  Call->setCallingConv(Hook->getCallingConv());
  // How the values are passed; what the function does is its own to say.
  auto Attributes = Hook->getAttributes();
  Call->setAttributes(Attributes.removeFnAttributes(Module.getContext()));
  // A call that may be inlined needs a location in a function that has debug information.
  if (auto *Program = Current->getSubprogram(); Program && !Call->getDebugLoc())
    Call->setDebugLoc(DILocation::get(Module.getContext(), 0, 0, Program));
  return Call;
}

CallInst *CallbackEmitter::state(IRBuilder<> &Builder) {
  if (TurnsSwitch) return Builder.CreateCall(freshStateFunction(Module));
  if (!State) {
    auto &Entry = Current->getEntryBlock();
    State =
        CallInst::Create(stateFunction(Module), "rayc.state", Entry.getFirstNonPHIOrDbgOrAlloca());
    if (auto *Program = Current->getSubprogram())
      State->setDebugLoc(DILocation::get(Module.getContext(), 0, 0, Program));
  }
  return State;
}

// A stack slot of the function, shared by all its sites: each uses it only while its
// hook runs.
AllocaInst *CallbackEmitter::slot(Type *Type, unsigned Index) {
  auto *&Slot = Slots[{Type, Index}];
  if (!Slot)
    Slot = new AllocaInst(Type, Module.getDataLayout().getAllocaAddrSpace(), "rayc.slot",
                          Current->getEntryBlock().begin());
  return Slot;
}

Function *CallbackEmitter::valueHook(StringRef Prefix, Type *Type) {
  if (Type->isVoidTy()) return nullptr;
  auto Value = valueType(Type);
  return Value ? Hooks.valueHook(Prefix, *Value, Module) : nullptr;
}

// An integer of a width that Swift lacks travels as the next wider one.
static Value *convert(Value *Value, Type *Type, IRBuilder<> &Builder) {
  return Value->getType() == Type ? Value : Builder.CreateZExtOrTrunc(Value, Type);
}

// Where the program keeps its own value while its thread is switched off.
CallInst *CallbackEmitter::isEnabled(IRBuilder<> &Builder) {
  return Builder.CreateCall(enabledFunction(Module), {state(Builder)});
}

// What is emitted if a condition holds, and a value that takes its place if it does not:
//   br i1 %condition, label %then, label %rest
// then:
//   %new = …
//   br label %rest
// rest:
//   %merged = phi [ %own, … ], [ %new, %then ]
static Value *emitIf(Value *Condition, Value *Own, IRBuilder<> &Builder,
                     function_ref<Value *()> Emit, MDNode *Weights = nullptr) {
  auto *Rest = &*Builder.GetInsertPoint();
  auto *Before = Rest->getParent();
  auto Location = Builder.getCurrentDebugLocation();
  Builder.SetInsertPoint(SplitBlockAndInsertIfThen(Condition, Rest, false, Weights));
  Builder.SetCurrentDebugLocation(Location);
  Value *New = Emit();
  auto *Then = Builder.GetInsertBlock();
  Builder.SetInsertPoint(Rest->getParent(), Rest->getParent()->begin());
  PHINode *Merged = nullptr;
  if (Own) {
    Merged = Builder.CreatePHI(Own->getType(), 2);
    Merged->addIncoming(New, Then);
    Merged->addIncoming(Own, Before);
  }
  Builder.SetInsertPoint(Rest);
  Builder.SetCurrentDebugLocation(Location);
  return Merged;
}

// Hooks of a site that may be disabled: over them once it is.
//   %disabled = load atomic i8, ptr (@rayc.site + 39) monotonic
//   br i1 (icmp eq %disabled, 0), label %then, label %rest, !prof !unlikely
Value *CallbackEmitter::emitAt(Constant *Site, Value *Own, IRBuilder<> &Builder,
                               function_ref<Value *()> Emit) {
  if (!Hooks.disablesSites()) return Emit();
  auto *Address =
      Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Site, abi::SiteDisabledOffset);
  auto *Disabled = Builder.CreateAlignedLoad(Builder.getInt8Ty(), Address, Align(1));
  Disabled->setAtomic(AtomicOrdering::Monotonic);
  return emitIf(Builder.CreateIsNull(Disabled), Own, Builder, Emit,
                MDBuilder(Module.getContext()).createUnlikelyBranchWeights());
}

void CallbackEmitter::emitHook(Function *Hook, ArrayRef<Value *> Arguments, IRBuilder<> &Builder) {
  auto Emit = [&]() -> Value * { return callHook(Hook, Arguments, Builder); };
  if (Hook->hasFnAttribute(abi::ActsOutsideAttribute))
    emitIf(isEnabled(Builder), nullptr, Builder, Emit);
  else
    Emit();
}

Value *CallbackEmitter::hookValue(Function *Hook, Value *Value, Constant *Site,
                                  IRBuilder<> &Builder) {
  if (Hook->hasFnAttribute(abi::IgnoresValueAttribute)) {
    // The value need not be kept for a hook that only hands it on.
    emitHook(Hook, {state(Builder), PoisonValue::get(Hook->getArg(1)->getType()), Site}, Builder);
    return Value;
  }
  bool ChangesValue = Hook->hasFnAttribute(abi::ChangesValueAttribute);
  bool IsInMemory = valueType(Value->getType())->Hook == "any";
  auto Emit = [&] { return changedValue(Hook, Value, Site, Builder); };
  if (Hook->hasFnAttribute(abi::ActsOutsideAttribute) || (ChangesValue && IsInMemory))
    return emitIf(isEnabled(Builder), Value, Builder, Emit);
  auto *Changed = Emit();
  return ChangesValue ? Builder.CreateSelect(isEnabled(Builder), Changed, Value) : Changed;
}

Value *CallbackEmitter::changedValue(Function *Hook, Value *Value, Constant *Site,
                                     IRBuilder<> &Builder) {
  auto *Type = Value->getType();
  auto Seen = *valueType(Type);
  if (Seen.Hook != "any") return callHook(Hook, {state(Builder), Value, Site}, Builder);
  auto *Memory = slot(Seen.Memory, 0);
  Builder.CreateStore(convert(Value, Seen.Memory, Builder), Memory);
  bool IsExact = Hook->arg_size() == 3;
  if (IsExact)
    callHook(Hook, {state(Builder), Memory, Site}, Builder);
  else
    callHook(Hook, {state(Builder), Memory, Sites.emitType(Seen.Mangled), Site}, Builder);
  return convert(Builder.CreateLoad(Seen.Memory, Memory), Type, Builder);
}

// The addresses of the arguments, each in a slot of its own:
//   store i64 %x, ptr %slot0 ; store ptr %slot0, ptr %array
Value *CallbackEmitter::gatherArguments(CallBase &Call, IRBuilder<> &Builder) {
  auto Visible = visibleArguments(Call);
  if (Visible.empty() || WillCall->hasFnAttribute(abi::IgnoresArgumentsAttribute))
    return ConstantPointerNull::get(Builder.getPtrTy());
  auto *ArrayType = llvm::ArrayType::get(Builder.getPtrTy(), Visible.size());
  auto *Array = slot(ArrayType, 0);
  for (unsigned I = 0; I < Visible.size(); I++) {
    auto *Argument = Call.getArgOperand(Visible[I]);
    auto *Memory = valueType(Argument->getType())->Memory;
    auto *Slot = slot(Memory, I + 1);
    Builder.CreateStore(convert(Argument, Memory, Builder), Slot);
    Builder.CreateStore(Slot, Builder.CreateConstInBoundsGEP2_64(ArrayType, Array, 0, I));
  }
  return Array;
}

// Where the hooks behind a call go: behind the call, or on the way to an invoke's
// normal destination.
static Instruction *positionAfter(CallBase &Call) {
  if (auto *Invoke = dyn_cast<InvokeInst>(&Call)) {
    auto *Block = SplitEdge(Invoke->getParent(), Invoke->getNormalDest());
    return &*Block->getFirstInsertionPt();
  }
  return Call.getNextNode();
}

// The slot of the error that a call may throw; null: it cannot.
static Value *errorSlot(CallBase &Call) {
  for (unsigned I = 0; I < Call.arg_size(); I++)
    if (Call.paramHasAttr(I, Attribute::SwiftError)) return Call.getArgOperand(I);
  return nullptr;
}

static bool looksAtSite(const Function *Hook) {
  return Hook && !Hook->hasFnAttribute(abi::IgnoresSiteAttribute);
}

// The event's record, unless no hook looks at it. Every event takes its id, since the ids
// count them.
Constant *CallbackEmitter::site(const Event &Event, ArrayRef<Function *> Called) {
  auto *None = ConstantPointerNull::get(PointerType::get(Module.getContext(), 0));
  if (!Hooks.looksAtSites() && !Hooks.disablesSites()) return None;
  uint64_t Id = Sites.id(Event);
  auto Needs =
      Hooks.disablesSites() ? [](const Function *Hook) { return Hook != nullptr; } : looksAtSite;
  return any_of(Called, Needs) ? Sites.emit(Sites.describe(Event, Id)) : None;
}

bool CallbackEmitter::instrumentCall(CallBase &Call, const Event &Event) {
  auto *Result = Event.HasAfter ? valueHook(abi::Result, Call.getType()) : nullptr;
  auto *After = Event.HasAfter ? DidCall : nullptr;
  auto *Site = site(Event, {WillCall, Result, After});
  if (!WillCall && !Result && !After) return false;
  IRBuilder<> Builder(&Call);
  if (WillCall)
    emitAt(Site, nullptr, Builder, [&] {
      emitHook(WillCall, {state(Builder), gatherArguments(Call, Builder), Site}, Builder);
      return nullptr;
    });
  if (!Result && !After) return true;

  if (auto *Invoke = dyn_cast<InvokeInst>(&Call);
      Invoke && Invoke->getNormalDest()->getSinglePredecessor())
    FoldSingleEntryPHINodes(Invoke->getNormalDest());
  SmallVector<Use *> Uses;
  for (auto &Use : Call.uses()) Uses.push_back(&Use);
  Builder.SetInsertPoint(positionAfter(Call));
  Builder.SetCurrentDebugLocation(Call.getDebugLoc());
  auto *Hooked = emitAt(Site, Result ? &Call : nullptr, Builder,
                        [&] { return hooksBehind(Call, Event, Result, After, Site, Builder); });
  if (Result)
    for (auto *Use : Uses) Use->set(Hooked);
  return true;
}

Value *CallbackEmitter::hooksBehind(CallBase &Call, const Event &Event, Function *Result,
                                    Function *After, Constant *Site, IRBuilder<> &Builder) {
  // The runtime does not throw: swift_willThrow takes the slot only to look at it.
  auto *Slot = Event.Kind == abi::SiteKind::RuntimeCall ? nullptr : errorSlot(Call);
  Value *Error = ConstantPointerNull::get(Builder.getPtrTy());
  if (Slot) Error = Builder.CreateLoad(Builder.getPtrTy(), Slot);
  Value *Hooked = nullptr;
  if (Result) {
    auto Emit = [&] { return hookValue(Result, &Call, Site, Builder); };
    // A call that threw has no result.
    Hooked = Slot ? emitIf(Builder.CreateIsNull(Error), &Call, Builder, Emit) : Emit();
  }
  if (After) emitHook(After, {state(Builder), Error, Site}, Builder);
  return Hooked;
}

bool CallbackEmitter::instrumentLoad(LoadInst &Load, const Event &Event) {
  auto *Hook = valueHook(abi::Load, Load.getType());
  auto *Site = site(Event, {Hook});
  if (!Hook) return false;
  SmallVector<Use *> Uses;
  for (auto &Use : Load.uses()) Uses.push_back(&Use);
  IRBuilder<> Builder(Load.getNextNode());
  Builder.SetCurrentDebugLocation(Load.getDebugLoc());
  auto *Hooked =
      emitAt(Site, &Load, Builder, [&] { return hookValue(Hook, &Load, Site, Builder); });
  for (auto *Use : Uses) Use->set(Hooked);
  return true;
}

// Whether a function sets Ray.isEnabled, whose effect its next events are to show.
static bool turnsSwitch(Function &Function) {
  auto *Setter = Function.getParent()->getFunction(abi::EnabledSetter);
  return Setter && any_of(Setter->users(), [&](User *User) {
           auto *Call = dyn_cast<CallBase>(User);
           return Call && Call->getFunction() == &Function;
         });
}

bool CallbackEmitter::instrument(Function &Function, ArrayRef<Event> Events) {
  Current = &Function;
  TurnsSwitch = turnsSwitch(Function);
  gatherStaticAllocas(Function);
  State = nullptr;
  Slots.clear();
  bool Changed = false;
  for (auto &Event : Events) {
    if (auto *Call = dyn_cast<CallBase>(Event.Instruction))
      Changed |= instrumentCall(*Call, Event);
    else
      Changed |= instrumentLoad(cast<LoadInst>(*Event.Instruction), Event);
  }
  if (State) sinkState(State);
  return Changed;
}

}  // namespace rayc
