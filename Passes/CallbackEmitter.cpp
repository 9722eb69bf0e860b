#include "CallbackEmitter.h"

#include "CallChain.h"
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

CallbackEmitter::CallbackEmitter(llvm::Module &Module, const Context &Context, SiteTable &Sites,
                                 SwiftTypes &Types)
    : Module(Module),
      Hooks(Context),
      Sites(Sites),
      Types(Types),
      WillCall(Context.hook(abi::WillCall, Module)),
      DidCall(Context.hook(abi::DidCall, Module)),
      Outcome(Context.hook(abi::Outcome, Module)),
      RuntimeHook(Context.hook(abi::Runtime, Module)),
      DidEnter(Context.hook(abi::DidEnter, Module)),
      WillLeave(Context.hook(abi::WillLeave, Module)) {}

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

// The hook for a value: of its exact type where that is known, which makes `IsExact` true
// unless the machine-level one is just that; else of its machine-level type.
Function *CallbackEmitter::valueHook(StringRef Prefix, Type *Type, const ValueTyping &Value,
                                     bool &IsExact) {
  auto Machine = Type->isVoidTy() ? std::nullopt : valueType(Type);
  bool IsStatic = !isDynamic(Value);
  bool IsWhole = Value.Pieces.size() <= 1;
  IsExact = Value.Typing == Typing::Exact &&
            !(Machine && IsStatic && IsWhole && Machine->Mangled == Value.Mangled);
  if (!IsExact) return Machine ? Hooks.valueHook(Prefix, *Machine, Module) : nullptr;
  if (Value.IsBorrowed) return Hooks.hook((Prefix + "borrowed").str(), Module);
  if (!IsStatic) return Hooks.hook((Prefix + "any").str(), Module);
  return Hooks.exactHook(Prefix, Value.Mangled, Module);
}

Value *convert(Value *Value, Type *Type, IRBuilder<> &Builder) {
  return Value->getType() == Type ? Value : Builder.CreateZExtOrTrunc(Value, Type);
}

// Where the program keeps its own value while its thread is switched off.
CallInst *CallbackEmitter::isEnabled(IRBuilder<> &Builder) {
  return Builder.CreateCall(enabledFunction(Module), {state(Builder)});
}

Value *emitIf(Value *Condition, Value *Own, IRBuilder<> &Builder, function_ref<Value *()> Emit,
              MDNode *Weights) {
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

static bool isOfStores(const Function *Hook) { return Hook->getName().starts_with(abi::Store); }

static bool isOfOperations(const Function *Hook) {
  return Hook->getName().starts_with(abi::Operation);
}

// A hook that only hands its value on: the value need not be kept for it.
void CallbackEmitter::emitIgnoringHook(Function *Hook, Constant *Site, IRBuilder<> &Builder) {
  SmallVector<Value *, 4> Arguments{state(Builder)};
  for (unsigned I = 1; I + 1 < Hook->arg_size(); I++)
    Arguments.push_back(PoisonValue::get(Hook->getArg(I)->getType()));
  if (isOfOperations(Hook)) Arguments.back() = Operands;
  Arguments.push_back(Site);
  emitHook(Hook, Arguments, Builder);
}

// A hook that changes nothing needs no more than not to run where it may not:
//   store i64 %v, ptr %slot
//   call void @rayc_hook_load_in_Si(ptr %state, ptr %slot, ptr @rayc.site)     ; users of %v use %v
Value *CallbackEmitter::emitReadOnly(Function *Hook, IRBuilder<> &Builder,
                                     function_ref<Value *()> Emit) {
  if (Hook->hasFnAttribute(abi::ActsOutsideAttribute))
    emitIf(isEnabled(Builder), nullptr, Builder, Emit);
  else
    Emit();
  return nullptr;
}

Value *CallbackEmitter::hookValue(Function *Hook, Value *Value, const ValueTyping *Exact,
                                  Constant *Site, IRBuilder<> &Builder) {
  if (Hook->hasFnAttribute(abi::IgnoresValueAttribute)) {
    emitIgnoringHook(Hook, Site, Builder);
    return Value;
  }
  bool ChangesValue = Hook->hasFnAttribute(abi::ChangesValueAttribute);
  bool IsInMemory = Exact || valueType(Value->getType())->Hook == "any";
  auto Emit = [&] { return changedValue(Hook, Value, Exact, Site, Builder); };
  if (Hooks.isReadOnly()) {
    emitReadOnly(Hook, Builder, Emit);
    return Value;
  }
  if (Hook->hasFnAttribute(abi::ActsOutsideAttribute) || (ChangesValue && IsInMemory))
    return emitIf(isEnabled(Builder), Value, Builder, Emit);
  auto *Changed = Emit();
  return ChangesValue ? Builder.CreateSelect(isEnabled(Builder), Changed, Value) : Changed;
}

// The record of an exact type. One that depends on generic parameters has a record of its own
// for each event:
//   store ptr %metadata, ptr %record                       ; at hand as a whole, or
//   store ptr null, ptr %record
//   store ptr @rayc.type.Sayx, ptr (%record + base)        ; to be made of the parameters'
//   store ptr %parameters, ptr (%record + parameters)
Value *CallbackEmitter::typeOf(const ValueTyping &Value, std::optional<ValueType> Machine,
                               IRBuilder<> &Builder, unsigned Slot) {
  if (!isDynamic(Value)) return Sites.emitType(Value, Machine);
  auto *Record = slot(Sites.typeRecord(), Slot);
  auto *None = ConstantPointerNull::get(Builder.getPtrTy());
  auto Store = [&](unsigned Field, llvm::Value *Content) {
    Builder.CreateStore(Content, Builder.CreateStructGEP(Sites.typeRecord(), Record, Field));
  };
  Store(0, Value.Metadata ? Value.Metadata : None);
  Store(1, Builder.getInt32(0));
  if (Value.Metadata) return Record;
  auto *ArrayType = llvm::ArrayType::get(Builder.getPtrTy(), abi::MaximalParameters);
  auto *Array = slot(ArrayType, Slot + 1);
  for (unsigned I = 0; I < abi::MaximalParameters; I++)
    Builder.CreateStore(I < Value.Parameters.size() ? Value.Parameters[I] : Value.Parameters[0],
                        Builder.CreateConstInBoundsGEP2_64(ArrayType, Array, 0, I));
  Store(5, Sites.emitType(Value, Machine));
  Store(6, Array);
  return Record;
}

// Whether a hook of values in memory is the one for all types: then it takes the type's record.
static bool takesType(const Function *Hook) {
  return Hook->getName().ends_with("_any") || Hook->getName().ends_with("_borrowed");
}

// Calls a hook whose value lies in memory; `any` takes the type's record besides.
void CallbackEmitter::callInMemory(Function *Hook, Value *Memory, const ValueTyping *Exact,
                                   std::optional<ValueType> Machine, Constant *Site,
                                   IRBuilder<> &Builder) {
  SmallVector<Value *, 5> Arguments{state(Builder), Memory};
  if (takesType(Hook))
    Arguments.push_back(Exact ? typeOf(*Exact, Machine, Builder)
                              : Sites.emitType(Machine->Mangled));
  if (isOfStores(Hook)) Arguments.push_back(isOwnedAtOnce(Builder));
  if (isOfOperations(Hook)) Arguments.push_back(Operands);
  Arguments.push_back(Site);
  callHook(Hook, Arguments, Builder);
}

Value *CallbackEmitter::changedValue(Function *Hook, Value *Value, const ValueTyping *Exact,
                                     Constant *Site, IRBuilder<> &Builder) {
  auto *Type = Value->getType();
  auto Seen = valueType(Type);
  if (!Exact && Seen->Hook != "any")
    return isOfOperations(Hook) ? callHook(Hook, {state(Builder), Value, Operands, Site}, Builder)
                                : callHook(Hook, {state(Builder), Value, Site}, Builder);
  auto *MemoryType = Seen ? Seen->Memory : Type;
  auto *Memory = slot(MemoryType, 0);
  // Enough for any type, whatever the registers ask for.
  if (Exact) Memory->setAlignment(std::max(Memory->getAlign(), Align(16)));
  Builder.CreateStore(convert(Value, MemoryType, Builder), Memory);
  callInMemory(Hook, Memory, Exact, Seen, Site, Builder);
  if (Hooks.isReadOnly()) return Value;
  return convert(Builder.CreateLoad(MemoryType, Memory), Type, Builder);
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

Value *argumentWith(Attribute::AttrKind Kind, CallBase &Call) {
  for (unsigned I = 0; I < Call.arg_size(); I++)
    if (Call.paramHasAttr(I, Kind)) return Call.getArgOperand(I);
  return nullptr;
}

static bool looksAtSite(const Function *Hook) {
  return Hook && !Hook->hasFnAttribute(abi::IgnoresSiteAttribute);
}

// The event's record, unless no hook looks at it. Every event takes its id, since the ids
// count them.
Constant *CallbackEmitter::site(const Event &Event, const ValueTyping &Value,
                                ArrayRef<ArgumentTyping> Arguments, ArrayRef<Function *> Called) {
  auto *None = ConstantPointerNull::get(PointerType::get(Module.getContext(), 0));
  bool IsInChain =
      KeepsCalls && (Event.Kind == abi::SiteKind::Call || Event.Kind == abi::SiteKind::RuntimeCall);
  if (!Hooks.looksAtSites() && !Hooks.disablesSites() && !IsInChain) return None;
  uint64_t Id = Sites.id(Event);
  auto Needs =
      Hooks.disablesSites() ? [](const Function *Hook) { return Hook != nullptr; } : looksAtSite;
  if (!IsInChain && none_of(Called, Needs)) return None;
  auto Info = Sites.describe(Event, Id, Value);
  bool IsOperation = Event.Kind == abi::SiteKind::Operation;
  if (IsOperation) Info.Callee = Sites.operatorName(Event, Value, Arguments);
  auto *Holder = IsOperation && Event.Operation.Source ? Event.Operation.Source : Event.Instruction;
  Info.Arguments = Sites.emitArguments(Arguments, *Holder);
  return Sites.emit(Info);
}

bool CallbackEmitter::instrumentCall(CallBase &Call, const Event &Event, const ValueTyping &Value,
                                     ArrayRef<ArgumentTyping> Arguments,
                                     const ErrorTyping &Throws) {
  // The runtime does not throw: swift_willThrow takes the slot only to look at it.
  bool MayThrow = Event.Kind != abi::SiteKind::RuntimeCall;
  Ending Ending{Call, Value, Throws, MayThrow ? argumentWith(Attribute::SwiftError, Call) : nullptr,
                nullptr};
  if (Event.HasAfter) {
    bool IsShared = Throws.Form == ErrorTyping::Form::Direct && Value.Typing == Typing::Exact;
    Ending.Result = IsShared && !Value.IsBorrowed
                        ? Hooks.exactHook(abi::Result, Value.Mangled, Module)
                        : valueHook(abi::Result, Call.getType(), Value, Ending.IsExact);
    Ending.After = DidCall;
    bool IsKnown =
        Throws.Form != ErrorTyping::Form::None && Throws.Form != ErrorTyping::Form::Unknown;
    if (IsKnown) Ending.Outcome = Outcome;
  }
  Ending.Site =
      site(Event, Value, Arguments, {WillCall, Ending.Outcome, Ending.Result, Ending.After});
  bool HasBehind = Ending.Outcome || Ending.Result || Ending.After;
  if (!WillCall && !HasBehind && !KeepsCalls) return false;
  IRBuilder<> Builder(&Call);
  if (KeepsCalls) Builder.CreateStore(Ending.Site, ChainSite);
  if (WillCall)
    emitAt(Ending.Site, nullptr, Builder, [&] {
      emitHook(WillCall, {state(Builder), gather(Call, Arguments, Builder), Ending.Site}, Builder);
      return nullptr;
    });
  if (!HasBehind) return true;

  if (auto *Invoke = dyn_cast<InvokeInst>(&Call);
      Invoke && Invoke->getNormalDest()->getSinglePredecessor())
    FoldSingleEntryPHINodes(Invoke->getNormalDest());
  SmallVector<Use *> Uses;
  for (auto &Use : Call.uses()) Uses.push_back(&Use);
  Builder.SetInsertPoint(positionAfter(Call));
  Builder.SetCurrentDebugLocation(Call.getDebugLoc());
  bool HasValue = (Ending.Result || Ending.Outcome) && !Call.getType()->isVoidTy();
  auto *Hooked = emitAt(Ending.Site, HasValue ? &Call : nullptr, Builder,
                        [&] { return hooksBehind(Ending, Builder); });
  // What exists only for the compiler is shown and stays as it is.
  if (HasValue && Value.Typing != Typing::Plumbing)
    for (auto *Use : Uses) Use->set(Hooked);
  return true;
}

Value *CallbackEmitter::hooksBehind(const Ending &Ending, IRBuilder<> &Builder) {
  Value *Current = &Ending.Call;
  Value *Error = ConstantPointerNull::get(Builder.getPtrTy());
  if (Ending.Slot) Error = loadError(Ending.Slot, Builder);
  if (Ending.Outcome) {
    Current = emitOutcome(Ending, Error, Builder);
    Error = loadError(Ending.Slot, Builder);
  }
  if (Ending.Result) Current = resultBehind(Ending, Current, Error, Builder);
  if (Ending.After) emitDidCall(Ending, Current, Error, Builder);
  return Current;
}

// The hook `result`, for a call that returned.
Value *CallbackEmitter::resultBehind(const Ending &Ending, Value *Current, Value *Error,
                                     IRBuilder<> &Builder) {
  auto *Hook = Ending.Result;
  auto *Exact = Ending.IsExact ? &Ending.Value : nullptr;
  auto IfReturned = [&](Value *Own, function_ref<Value *()> Emit) {
    return Ending.Slot ? emitIf(Builder.CreateIsNull(Error), Own, Builder, Emit) : Emit();
  };
  if (Ending.Throws.Form == ErrorTyping::Form::Direct && Ending.Value.Typing == Typing::Exact) {
    bool HasValue = !Current->getType()->isVoidTy();
    return IfReturned(HasValue ? Current : nullptr,
                      [&] { return sharedResult(Ending, Current, Builder); });
  }
  if (!Current->getType()->isVoidTy())
    // A call that threw has no result.
    return IfReturned(Current,
                      [&] { return hookValue(Hook, Current, Exact, Ending.Site, Builder); });
  auto Emit = [&]() -> Value * {
    callInMemory(Hook, argumentWith(Attribute::StructRet, Ending.Call), Exact, std::nullopt,
                 Ending.Site, Builder);
    return nullptr;
  };
  IfReturned(nullptr, [&]() -> Value * {
    if (!Hook->hasFnAttribute(abi::IgnoresValueAttribute))
      return Hooks.isReadOnly() ? emitReadOnly(Hook, Builder, Emit)
                                : emitIf(isEnabled(Builder), nullptr, Builder, Emit);
    emitIgnoringHook(Hook, Ending.Site, Builder);
    return nullptr;
  });
  return Current;
}

bool CallbackEmitter::instrumentLoad(LoadInst &Load, const Event &Event, const ValueTyping &Value,
                                     ArrayRef<std::pair<Use *, unsigned>> PieceUses) {
  bool IsExact;
  auto *Hook = valueHook(abi::Load, Load.getType(), Value, IsExact);
  auto *Site = site(Event, Value, {}, {Hook});
  if (!Hook) return false;
  if (IsExact && Value.Pieces.size() > 1) return instrumentPieces(Value, PieceUses, Hook, Site);
  SmallVector<Use *> Uses;
  for (auto &Use : Load.uses()) Uses.push_back(&Use);
  IRBuilder<> Builder(Load.getNextNode());
  Builder.SetCurrentDebugLocation(Load.getDebugLoc());
  auto *Hooked = emitAt(Site, &Load, Builder, [&] {
    return hookValue(Hook, &Load, IsExact ? &Value : nullptr, Site, Builder);
  });
  // What exists only for the compiler is shown and stays as it is.
  if (Value.Typing != Typing::Plumbing)
    for (auto *Use : Uses) Use->set(Hooked);
  return true;
}

// The uses of a value's parts behind the last of them, each with its part's number. Asked for
// before anything is emitted: hooks split blocks, and use the parts themselves.
static SmallVector<std::pair<Use *, unsigned>, 0> usesOfPieces(const ValueTyping &Value) {
  SmallVector<std::pair<Use *, unsigned>, 0> Uses;
  if (Value.Pieces.size() < 2 || !isa<LoadInst>(Value.Pieces.back().first)) return Uses;
  auto *Last = Value.Pieces.back().first;
  for (unsigned I = 0; I < Value.Pieces.size(); I++)
    for (auto &Use : Value.Pieces[I].first->uses()) {
      auto *User = cast<Instruction>(Use.getUser());
      // What stands between the loads has the part as it was.
      bool IsBetween =
          User->getParent() == Last->getParent() && !isa<PHINode>(User) && User->comesBefore(Last);
      if (!IsBetween) Uses.push_back({&Use, I});
    }
  return Uses;
}

// Loads of one value's parts: the hook stands behind the last of them.
//   %a = load i64, ptr %p ; %b = load ptr, ptr (%p + 8)
// becomes
//   %a = load i64, ptr %p ; %b = load ptr, ptr (%p + 8)
//   store i64 %a, ptr %slot ; store ptr %b, ptr (%slot + 8)
//   call void @rayc_hook_load_in_SS(ptr %state, ptr %slot, ptr @rayc.site)
//   %c = load i64, ptr %slot ; %d = load ptr, ptr (%slot + 8)    ; users of %a, %b use these
bool CallbackEmitter::instrumentPieces(const ValueTyping &Value,
                                       ArrayRef<std::pair<Use *, unsigned>> Uses, Function *Hook,
                                       Constant *Site) {
  auto *Last = Value.Pieces.back().first;
  IRBuilder<> Builder(Last->getNextNode());
  Builder.SetCurrentDebugLocation(Last->getDebugLoc());
  SmallVector<llvm::Value *> Parts;
  for (auto [Load, Offset] : Value.Pieces) Parts.push_back(Load);
  auto Changed = changedPieces(Value, Parts, Hook, Site, Builder);
  for (auto [Use, I] : Uses) Use->set(Changed[I]);
  return true;
}

SmallVector<Value *> CallbackEmitter::changedPieces(const ValueTyping &Value,
                                                    ArrayRef<llvm::Value *> Parts, Function *Hook,
                                                    Constant *Site, IRBuilder<> &Builder) {
  if (Hook->hasFnAttribute(abi::IgnoresValueAttribute)) {
    emitAt(Site, nullptr, Builder, [&] {
      emitIgnoringHook(Hook, Site, Builder);
      return nullptr;
    });
    return SmallVector<llvm::Value *>(Parts);
  }
  auto *Type = ArrayType::get(Builder.getInt8Ty(), Value.Size);
  auto *Memory = slot(Type, 0);
  Memory->setAlignment(Align(16));
  SmallVector<llvm::Value *> Addresses;
  for (auto [Part, Piece] : zip(Parts, Value.Pieces)) {
    Addresses.push_back(
        Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Memory, Piece.second));
    Builder.CreateAlignedStore(Part, Addresses.back(), Align(1));
  }
  emitAt(Site, nullptr, Builder, [&]() -> llvm::Value * {
    auto Emit = [&]() -> llvm::Value * {
      callInMemory(Hook, Memory, &Value, std::nullopt, Site, Builder);
      return nullptr;
    };
    if (Hooks.isReadOnly()) return emitReadOnly(Hook, Builder, Emit);
    return emitIf(isEnabled(Builder), nullptr, Builder, Emit);
  });
  if (Hooks.isReadOnly()) return SmallVector<llvm::Value *>(Parts);
  SmallVector<llvm::Value *> Changed;
  for (auto [Part, Address] : zip(Parts, Addresses))
    Changed.push_back(Builder.CreateAlignedLoad(Part->getType(), Address, Align(1)));
  return Changed;
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
  KeepsCalls = Hooks.asks(abi::AsksForCalls) && !Events.empty();
  bool Changed = KeepsCalls;
  if (KeepsCalls) ChainSite = linkIntoCallChain(Function);
  // All values first: what is emitted for one must not take part in finding another's type.
  FunctionTypes Typed(Types, Function);
  SmallVector<ValueTyping> Values;
  SmallVector<ArgumentTypings> Arguments(Events.size());
  SmallVector<ErrorTyping, 0> Errors(Events.size());
  bool WantsArguments = WillCall && !WillCall->hasFnAttribute(abi::IgnoresArgumentsAttribute);
  for (auto [I, Event] : enumerate(Events)) {
    if (Event.Kind == abi::SiteKind::Operation) {
      auto Operation = Typed.operation(*Event.Instruction, Event.Operation);
      Values.push_back(std::move(Operation.Result));
      Arguments[I] = std::move(Operation.Operands);
      continue;
    }
    bool IsRuntime = Event.Kind == abi::SiteKind::Runtime;
    Values.push_back(IsRuntime ? ValueTyping(Typing::None) : Typed.value(*Event.Instruction));
    auto *Call = IsRuntime ? nullptr : dyn_cast<CallBase>(Event.Instruction);
    if (Call && WantsArguments) Arguments[I] = Typed.arguments(*Call);
    if (Call && Event.HasAfter) Errors[I] = Typed.error(*Call);
  }
  SmallVector<SmallVector<std::pair<Use *, unsigned>, 0>> PieceUses;
  for (auto &Value : Values) PieceUses.push_back(usesOfPieces(Value));
  for (auto [Event, Value, Given, Thrown, Uses] :
       zip(Events, Values, Arguments, Errors, PieceUses)) {
    if (Event.Kind == abi::SiteKind::Runtime)
      Changed |= instrumentRuntime(cast<CallBase>(*Event.Instruction), Event);
    else if (Event.Kind == abi::SiteKind::Operation)
      Changed |= instrumentOperation(Event, Value, Given);
    else if (auto *Call = dyn_cast<CallBase>(Event.Instruction))
      Changed |= instrumentCall(*Call, Event, Value, Given, Thrown);
    else if (auto *Store = dyn_cast<StoreInst>(Event.Instruction))
      Changed |= instrumentStore(*Store, Event, Value);
    else
      Changed |= instrumentLoad(cast<LoadInst>(*Event.Instruction), Event, Value, Uses);
  }
  Changed |= instrumentFunction(Function);
  if (State) sinkState(State);
  return Changed;
}

}  // namespace rayc
