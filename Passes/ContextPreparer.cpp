#include "ContextPreparer.h"

#include "Abi.h"
#include "Counters.h"
#include "TwinCalls.h"

#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace rayc {

// A hook of more instructions than this is called out of line: it would only make the
// modules bigger that it comes into.
static constexpr unsigned ImportLimit = 60;

static void keepFunctionsToItself(Module &Module) {
  for (auto &Function : Module) {
    if (Function.isDeclaration() || !Function.hasLinkOnceLinkage()) continue;
    Function.setLinkage(GlobalValue::InternalLinkage);
    Function.setVisibility(GlobalValue::DefaultVisibility);
    Function.setComdat(nullptr);
  }
}

// The protocol's own implementation of a hook, which marks it as absent:
// `Ray.RayContext.load(_:at:)` in an extension of the protocol.
static bool isDefaultImplementation(StringRef Name) {
  return Name.starts_with("$s3Ray0A7ContextPAAE");
}

static bool callsDefault(const Function &Function, unsigned Depth = 0) {
  for (auto &Instruction : instructions(Function)) {
    auto *Call = dyn_cast<CallBase>(&Instruction);
    auto *Callee = Call ? Call->getCalledFunction() : nullptr;
    if (!Callee) continue;
    if (isDefaultImplementation(Callee->getName())) return true;
    // The `any` hooks open the type in a function of their own.
    if (Callee->hasLocalLinkage() && Depth == 0 && callsDefault(*Callee, 1)) return true;
  }
  return false;
}

// `ret void`, or `ret %value` of the second parameter.
static bool doesNothing(const Function &Hook) {
  auto &First = *Hook.getEntryBlock().getFirstNonPHIOrDbg();
  auto *Return = dyn_cast<ReturnInst>(&First);
  return Return && (!Return->getReturnValue() || Return->getReturnValue() == Hook.getArg(1));
}

static bool isAbsent(const Function &Hook) { return callsDefault(Hook) || doesNothing(Hook); }

static bool isLeaf(const Function &Function) {
  for (auto &Instruction : instructions(Function))
    if (auto *Call = dyn_cast<CallBase>(&Instruction))
      if (!isa<IntrinsicInst>(Call) && !Call->isInlineAsm()) return false;
  return true;
}

static bool canTrap(const Function &Function) {
  return any_of(instructions(Function), [](const Instruction &Instruction) {
    auto *Trap = dyn_cast<IntrinsicInst>(&Instruction);
    return Trap && Trap->getIntrinsicID() == Intrinsic::trap;
  });
}

// The low bits that tell which hook a thread is in: RAY_HOOK_… of ray_abi.h.
static unsigned hookNumber(StringRef Name) {
  if (Name == abi::WillCall) return 0;
  if (Name == abi::DidCall) return 1;
  return Name.starts_with(abi::Result) ? 2 : 3;
}

static Value *inHook(Value *State, IRBuilder<> &Builder) {
  return Builder.CreateConstInBoundsGEP1_64(
      Builder.getInt8Ty(), State,
      int64_t(abi::ThreadInHookOffset) - int64_t(abi::ThreadValueOffset));
}

// What `in_hook` says while this hook runs: `ptrtoint (ptr %site) | <hook>`.
static Value *mark(Function &Hook, IRBuilder<> &Builder) {
  auto *Site = Hook.getArg(Hook.arg_size() - 1);
  return Builder.CreateOr(Builder.CreatePtrToInt(Site, Builder.getInt64Ty()),
                          hookNumber(Hook.getName()));
}

// What LLVM found out about a hook no longer holds when a mark is stored in it.
static void forgetEffects(Function &Hook) {
  for (auto Kind : {Attribute::Memory, Attribute::WillReturn, Attribute::NoSync, Attribute::NoFree})
    Hook.removeFnAttr(Kind);
  for (unsigned I = 0; I < Hook.arg_size(); I++)
    for (auto Kind : {Attribute::ReadNone, Attribute::ReadOnly, Attribute::WriteOnly,
                      Attribute::Captures, Attribute::Initializes})
      Hook.removeParamAttr(I, Kind);
}

// A hook that can only trap says where, on the way to the trap:
//   call void @llvm.trap()     →     store i64 <site | hook>, ptr <in_hook> ; call void
//   @llvm.trap()
static void markTraps(Function &Hook) {
  for (auto &Instruction : instructions(Hook)) {
    auto *Trap = dyn_cast<IntrinsicInst>(&Instruction);
    if (!Trap || Trap->getIntrinsicID() != Intrinsic::trap) continue;
    IRBuilder<> Builder(Trap);
    Builder.CreateStore(mark(Hook, Builder), inHook(Hook.getArg(0), Builder), true);
    forgetEffects(Hook);
  }
}

// A hook that calls anything may come upon the user's code, and events in there would
// meet a context that is being changed. So it runs with the thread marked:
//   define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
//     %old = load i64, ptr <in_hook> ; br (icmp ne %old, 0), label %pass, label %enter
//   enter:
//     store volatile i64 <site | hook>, ptr <in_hook>
//     %stopped = load volatile i32, ptr @rayc_stopped ; br (icmp ne …), label %leave, label %run
//   run:
//     %new = call i64 @rayc.body.load_i64(…) ; br label %leave
//   leave:
//     %r = phi [%value, %enter], [%new, %run] ; store i64 0, ptr <in_hook> ; br label %pass
//   pass:
//     ret phi [%value, %entry], [%r, %leave] }
static Function *guard(Function &Body) {
  auto &Module = *Body.getParent();
  auto &Context = Module.getContext();
  std::string Name = Body.getName().str();
  auto *Hook = Function::Create(Body.getFunctionType(), GlobalValue::ExternalLinkage, "", Module);
  Hook->copyAttributesFrom(&Body);
  forgetEffects(*Hook);
  // What holds for the body's result does not for the program's own value.
  for (auto Kind : {Attribute::Range, Attribute::NonNull, Attribute::NoAlias, Attribute::NoFPClass,
                    Attribute::Dereferenceable, Attribute::DereferenceableOrNull,
                    Attribute::Alignment, Attribute::NoUndef})
    Hook->removeRetAttr(Kind);
  for (unsigned I = 0; I < Hook->arg_size(); I++) Hook->removeParamAttr(I, Attribute::Returned);
  Body.setName("rayc.body." + Name.substr(abi::HookPrefix.size()));
  Body.setLinkage(GlobalValue::InternalLinkage);
  Body.setVisibility(GlobalValue::DefaultVisibility);
  Hook->setName(Name);

  IRBuilder<> Builder(BasicBlock::Create(Context, "entry", Hook));
  auto *Enter = BasicBlock::Create(Context, "enter", Hook);
  auto *Run = BasicBlock::Create(Context, "run", Hook);
  auto *Leave = BasicBlock::Create(Context, "leave", Hook);
  auto *Pass = BasicBlock::Create(Context, "pass", Hook);
  auto *Entry = Builder.GetInsertBlock();

  auto *InHook = inHook(Hook->getArg(0), Builder);
  Builder.CreateCondBr(Builder.CreateIsNotNull(Builder.CreateLoad(Builder.getInt64Ty(), InHook)),
                       Pass, Enter);
  Builder.SetInsertPoint(Enter);
  Builder.CreateStore(mark(*Hook, Builder), InHook, true);
  auto *Stopped = Module.getOrInsertGlobal(abi::Stopped, Builder.getInt32Ty());
  Builder.CreateCondBr(
      Builder.CreateIsNotNull(Builder.CreateLoad(Builder.getInt32Ty(), Stopped, true)), Leave, Run);
  Builder.SetInsertPoint(Run);
  SmallVector<Value *> Arguments;
  for (auto &Argument : Hook->args()) Arguments.push_back(&Argument);
  auto *Call = Builder.CreateCall(&Body, Arguments);
  Call->setCallingConv(Body.getCallingConv());
  Call->setAttributes(Body.getAttributes().removeFnAttributes(Context));
  Builder.CreateBr(Leave);

  bool HasValue = !Hook->getReturnType()->isVoidTy();
  auto Merge = [&](Value *Passed, BasicBlock *From, Value *New, BasicBlock *NewFrom) -> Value * {
    if (!HasValue) return nullptr;
    auto *Merged = Builder.CreatePHI(Hook->getReturnType(), 2);
    Merged->addIncoming(Passed, From);
    Merged->addIncoming(New, NewFrom);
    return Merged;
  };
  Builder.SetInsertPoint(Leave);
  auto *Left = Merge(Hook->getArg(1), Enter, Call, Run);
  Builder.CreateStore(Builder.getInt64(0), InHook, true);
  Builder.CreateBr(Pass);
  Builder.SetInsertPoint(Pass);
  auto *Passed = Merge(Hook->getArg(1), Entry, Left, Leave);
  HasValue ? Builder.CreateRet(Passed) : Builder.CreateRetVoid();
  return Hook;
}

// Whether the only thing that a hook does with its value is to return it, or to leave it
// where it is.
static bool ignoresValue(const Function &Hook) {
  auto *Value = Hook.getArg(1);
  bool IsInMemory = Hook.getReturnType()->isVoidTy() && Hook.getName() != abi::WillCall &&
                    Hook.getName() != abi::DidCall;
  if (IsInMemory) return Value->use_empty();
  return Value->hasReturnedAttr() &&
         all_of(Value->users(), [](const User *User) { return isa<ReturnInst>(User); });
}

static void prepareHook(Function &Hook) {
  bool IgnoresValue = ignoresValue(Hook);
  // The pass hands over poison then.
  if (IgnoresValue) Hook.removeParamAttr(1, Attribute::NoUndef);
  if (Hook.getName() == abi::WillCall && Hook.getArg(1)->use_empty())
    Hook.addFnAttr(abi::IgnoresArgumentsAttribute);
  if (Hook.getArg(Hook.arg_size() - 1)->use_empty() && isLeaf(Hook) && !canTrap(Hook))
    Hook.addFnAttr(abi::IgnoresSiteAttribute);
  auto *Prepared = &Hook;
  if (isLeaf(Hook))
    markTraps(Hook);
  else
    Prepared = guard(Hook);
  if (IgnoresValue) Prepared->addFnAttr(abi::IgnoresValueAttribute);
  Prepared->setVisibility(GlobalValue::DefaultVisibility);
  // A guarded hook calls something anyway.
  if (Prepared == &Hook && Hook.getInstructionCount() <= ImportLimit)
    Hook.addFnAttr(abi::ImportAttribute);
}

// What an imported hook refers to must have a name that other objects can use:
//   @.str = private constant …     →     @rayc.context..str = constant …
static void exportWhatHooksUse(Module &Module) {
  auto Export = [](GlobalValue &Value) {
    if (Value.getName().starts_with("llvm.")) return;
    if (Value.hasLocalLinkage() || Value.hasLinkOnceLinkage()) {
      Value.setName("rayc.context." + Value.getName());
      Value.setLinkage(GlobalValue::ExternalLinkage);
      if (auto *Object = dyn_cast<GlobalObject>(&Value)) Object->setComdat(nullptr);
    }
    if (Value.isDeclaration()) return;
    Value.setVisibility(GlobalValue::DefaultVisibility);
    Value.setDSOLocal(false);
  };
  SmallVector<Constant *> Worklist;
  SmallPtrSet<Constant *, 16> Seen;
  for (auto &Function : Module) {
    if (!Function.hasFnAttribute(abi::ImportAttribute)) continue;
    for (auto &Instruction : instructions(Function))
      for (auto *Operand : Instruction.operand_values())
        if (auto *Constant = dyn_cast<llvm::Constant>(Operand)) Worklist.push_back(Constant);
  }
  while (!Worklist.empty()) {
    auto *Constant = Worklist.pop_back_val();
    if (!Seen.insert(Constant).second) continue;
    if (auto *Global = dyn_cast<GlobalValue>(Constant)) {
      Export(*Global);
      continue;
    }
    for (auto *Operand : Constant->operand_values())
      Worklist.push_back(cast<llvm::Constant>(Operand));
  }
}

// `ret i64 <n>` of a function that the glue compiles a type's layout to.
static std::optional<uint64_t> takeNumber(Module &Module, StringRef Name) {
  auto *Function = Module.getFunction(Name);
  if (!Function || Function->isDeclaration()) return std::nullopt;
  auto *Return = dyn_cast<ReturnInst>(Function->getEntryBlock().getTerminator());
  auto *Value = Return ? dyn_cast<ConstantInt>(Return->getReturnValue()) : nullptr;
  if (!Value) return std::nullopt;
  uint64_t Number = Value->getZExtValue();
  Function->eraseFromParent();
  return Number;
}

// The thread's state, head and value, and behind it the one for a thread that is switched
// off:
//   @rayc_thread = thread_local(initialexec) global [<2 * n> x i8] zeroinitializer
//   @rayc_thread_size = constant i64 <n>                ; 64 + size, rounded up
static void defineThread(Module &Module, uint64_t Size, uint64_t Alignment) {
  auto &Context = Module.getContext();
  Align Aligned(std::max<uint64_t>(Alignment, 16));
  uint64_t HeadAndValue = alignTo(abi::ThreadValueOffset + Size, Aligned);
  auto *Type = ArrayType::get(Type::getInt8Ty(Context), 2 * HeadAndValue);
  auto *Thread = new GlobalVariable(Module, Type, false, GlobalValue::ExternalLinkage,
                                    ConstantAggregateZero::get(Type), abi::Thread, nullptr,
                                    GlobalValue::InitialExecTLSModel);
  Thread->setAlignment(Aligned);
  auto *Number = ConstantInt::get(Type::getInt64Ty(Context), HeadAndValue);
  new GlobalVariable(Module, Number->getType(), true, GlobalValue::ExternalLinkage, Number,
                     abi::ThreadSize);
}

PreservedAnalyses PrepareContext::run(Module &Module, ModuleAnalysisManager &) {
  // Swift keeps every @c function; what of the glue is kept is ours to say.
  removeFromUsedLists(Module, [](Constant *Value) {
    auto *Function = dyn_cast<llvm::Function>(Value->stripPointerCasts());
    return Function && abi::isOwnName(Function->getName());
  });
  auto Size = takeNumber(Module, "rayc_context_size");
  auto Alignment = takeNumber(Module, "rayc_context_alignment");
  if (Alignment && *Alignment > abi::ThreadValueOffset)
    report_fatal_error(
        "rayc: the context is aligned to more than 64 bytes; keep its widest "
        "property in a class of the context's file",
        false);
  if (!Size || !Alignment) {
    // No output may appear: it would look like a context without hooks.
    report_fatal_error(
        "rayc: the context's size is not known when it is compiled (is a property's type "
        "generic or resilient?); keep such a property in a class of the context's file",
        false);
  }
  StripDebugInfo(Module);
  keepFunctionsToItself(Module);
  SmallVector<Function *> Hooks;
  for (auto &Function : Module)
    if (Function.getName().starts_with(abi::HookPrefix) && !Function.isDeclaration())
      Hooks.push_back(&Function);
  auto Absent = partition(Hooks, [](Function *Hook) { return !isAbsent(*Hook); });
  for (auto *Hook : make_range(Absent, Hooks.end())) Hook->deleteBody();
  Hooks.erase(Absent, Hooks.end());
  dropImpossibleOverflows(Module.getFunction("rayc_context_init"), Hooks);
  for (auto *Hook : Hooks) {
    prepareHook(*Hook);
  }
  exportWhatHooksUse(Module);
  defineThread(Module, *Size, *Alignment);
  Module.addModuleFlag(llvm::Module::Error, abi::VersionFlag, abi::Version);
  return PreservedAnalyses::none();
}

PreservedAnalyses AnnotateGlue::run(Module &Module, ModuleAnalysisManager &) {
  for (auto &Function : Module) {
    if (!Function.getName().starts_with(abi::HookPrefix) || Function.isDeclaration()) continue;
    Function.addParamAttr(0, Attribute::NoAlias);
    bool IsInMemory =
        Function.getName().starts_with(abi::Result) || Function.getName().starts_with(abi::Load);
    if (IsInMemory && Function.getReturnType()->isVoidTy())
      Function.addParamAttr(1, Attribute::NoAlias);
  }
  return PreservedAnalyses::all();
}

// `Ray._callTwin`, where an extent's body is entered, and the parts of its async form.
static void callTwinsFromOverdub(Module &Module) {
  SmallVector<Function *> Callers;
  for (auto &Function : Module)
    if (!Function.isDeclaration() && Function.getName().starts_with("$s3Ray9_callTwin"))
      Callers.push_back(&Function);
  for (auto *Caller : Callers) callTwinsFrom(*Caller);
}

PreservedAnalyses PrepareRuntime::run(Module &Module, ModuleAnalysisManager &) {
  keepFunctionsToItself(Module);
  callTwinsFromOverdub(Module);
  return PreservedAnalyses::none();
}

}  // namespace rayc
