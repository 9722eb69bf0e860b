#include "ContextPreparer.h"

#include "Abi.h"
#include "Counters.h"
#include "Guard.h"
#include "Options.h"
#include "OverdubPreparer.h"
#include "Parametric.h"
#include "Stack.h"
#include "TagHooks.h"
#include "Thread.h"
#include "TwinCalls.h"
#include "WhileOff.h"

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
  return Name.starts_with("$s3Ray0A7ContextPAAE") || isDefaultTagging(Name);
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

static bool isAbsent(const Function &Hook) {
  return callsDefault(Hook) || (isTagHook(Hook) ? tagsNothing(Hook) : doesNothing(Hook));
}

// What writes to a recording runs none of the program's code.
static bool turnsTape(const CallBase &Call) {
  auto *Callee = Call.getCalledFunction();
  return Callee && Callee->getName() == abi::TapeTurn;
}

bool isLeaf(const Function &Function) {
  for (auto &Instruction : instructions(Function))
    if (auto *Call = dyn_cast<CallBase>(&Instruction))
      if (!isa<IntrinsicInst>(Call) && !Call->isInlineAsm() && !turnsTape(*Call)) return false;
  return true;
}

static bool writesTape(const Function &Hook) {
  return any_of(instructions(Hook), [](const Instruction &Instruction) {
    auto *Call = dyn_cast<CallBase>(&Instruction);
    return Call && turnsTape(*Call);
  });
}

static bool canTrap(const Function &Function) {
  return any_of(instructions(Function), [](const Instruction &Instruction) {
    auto *Trap = dyn_cast<IntrinsicInst>(&Instruction);
    return Trap && Trap->getIntrinsicID() == Intrinsic::trap;
  });
}

// The hook's value where it travels in memory; null: it has none, or a register's.
static Argument *valueInMemory(const Function &Hook) {
  if (isTagHook(Hook)) return nullptr;
  bool HasValue = Hook.getName() != abi::WillCall && Hook.getName() != abi::DidCall &&
                  Hook.getName() != abi::Runtime && Hook.getName() != abi::DidEnter &&
                  Hook.getName() != abi::WillLeave;
  return HasValue && Hook.getReturnType()->isVoidTy() ? Hook.getArg(1) : nullptr;
}

// Whether the only thing that a hook does with its value is to return it, or to leave it
// where it is.
static bool ignoresValue(const Function &Hook) {
  if (auto *InMemory = valueInMemory(Hook)) return InMemory->use_empty();
  auto *Value = Hook.getArg(1);
  return all_of(Value->users(), [](const User *User) { return isa<ReturnInst>(User); }) &&
         all_of(instructions(Hook), [&](const Instruction &Instruction) {
           auto *Return = dyn_cast<ReturnInst>(&Instruction);
           return !Return || Return->getReturnValue() == Value;
         });
}

// What the emitter has to see to while a thread is switched off; a guard sees to it itself.
static void describeLeaf(Function &Hook) {
  auto *InMemory = valueInMemory(Hook);
  bool HasValue = InMemory || !Hook.getReturnType()->isVoidTy();
  if (HasValue && !isTagHook(Hook) && !ignoresValue(Hook))
    Hook.addFnAttr(abi::ChangesValueAttribute);
  // A tape of zeros, as a thread has that is switched off, is written to nowhere.
  if (!writesTape(Hook) && actsOutside(Hook, InMemory)) Hook.addFnAttr(abi::ActsOutsideAttribute);
}

// Where a hook has a call's arguments or an operator's operands; null: it has none.
static Argument *argumentsOf(const Function &Hook) {
  if (Hook.getName() == abi::WillCall) return Hook.getArg(1);
  bool IsOfOperation = Hook.getName().starts_with(abi::Operation);
  return IsOfOperation ? Hook.getArg(Hook.arg_size() - 2) : nullptr;
}

static void prepareHook(Function &Hook) {
  bool IgnoresValue = !isTagHook(Hook) && ignoresValue(Hook), IsLeaf = isLeaf(Hook);
  // The pass hands over poison then.
  if (IgnoresValue) Hook.removeParamAttr(1, Attribute::NoUndef);
  auto *Arguments = argumentsOf(Hook);
  if (Arguments && Arguments->use_empty()) Hook.addFnAttr(abi::IgnoresArgumentsAttribute);
  if (Hook.getArg(Hook.arg_size() - 1)->use_empty() && IsLeaf && !canTrap(Hook))
    Hook.addFnAttr(abi::IgnoresSiteAttribute);
  auto *Prepared = &Hook;
  if (IsLeaf) {
    describeLeaf(Hook);
    markTraps(Hook);
    if (Hook.getInstructionCount() <= ImportLimit) Hook.addFnAttr(abi::ImportAttribute);
  } else {
    // Not imported: it calls something anyway.
    Prepared = guard(Hook);
  }
  if (IgnoresValue) Prepared->addFnAttr(abi::IgnoresValueAttribute);
  Prepared->setVisibility(GlobalValue::DefaultVisibility);
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

// No output may appear after this: it would look like a context without hooks.
static void refuse(StringRef Problem) { report_fatal_error("rayc: " + Problem, false); }

// Takes a function out that only tells the pass something of the context. The context's own
// code has no business with it.
static void erase(Function &Function) {
  Function.removeDeadConstantUsers();
  if (!Function.use_empty())
    refuse(("the context's code uses '" + Function.getName() + "', which is rayc's own").str());
  Function.eraseFromParent();
}

// `ret i64 <n>` of a function that the glue compiles a type's layout to.
static std::optional<uint64_t> takeNumber(Module &Module, StringRef Name) {
  auto *Function = Module.getFunction(Name);
  if (!Function || Function->isDeclaration()) return std::nullopt;
  auto *Return = dyn_cast<ReturnInst>(Function->getEntryBlock().getTerminator());
  auto *Value = Return ? dyn_cast_or_null<ConstantInt>(Return->getReturnValue()) : nullptr;
  if (!Value || !Value->getType()->isIntegerTy(64)) return std::nullopt;
  uint64_t Number = Value->getZExtValue();
  erase(*Function);
  return Number;
}

// Whether the context has a `finish` that does anything.
static bool reports(const ContextPart &Part) {
  return Part.Finish && any_of(instructions(*Part.Finish), [](const Instruction &Instruction) {
           auto *Call = dyn_cast<CallBase>(&Instruction);
           if (!Call || isa<IntrinsicInst>(Call)) return false;
           auto *Callee = Call->getCalledFunction();
           return !Callee || !isDefaultImplementation(Callee->getName());
         });
}

// Whether the context uses a function of the runtime's.
static bool calls(const Module &Module, StringRef Name) {
  auto *Function = Module.getFunction(Name);
  return Function && !Function->use_empty();
}

// The depth that the pass counts in the thread's head, of the function that an event is in:
//   %d = call i64 @rayc_depth()
// becomes
//   %n = load i64, ptr (<thread> + 56)
//   %d = sub i64 %n, 1
static void inlineDepth(Module &Module) {
  auto *Depth = Module.getFunction(abi::AsksForDepth.Function);
  if (!Depth) return;
  for (auto *User : make_early_inc_range(Depth->users())) {
    auto *Call = dyn_cast<CallInst>(User);
    if (!Call) continue;
    IRBuilder<> Builder(Call);
    auto *Address = threadField(threadAddress(Builder), abi::ThreadDepthOffset, Builder);
    auto *Count = Builder.CreateLoad(Builder.getInt64Ty(), Address);
    Call->replaceAllUsesWith(Builder.CreateSub(Count, Builder.getInt64(1)));
    Call->eraseFromParent();
  }
}

static bool disablesSites(const Module &Module) { return calls(Module, abi::SiteDisable); }

// What the runtime has to know of the context: `@<name> = constant i8 1`.
static void defineFact(Module &Module, StringRef Name, bool Holds) {
  auto *Number = ConstantInt::get(Type::getInt8Ty(Module.getContext()), Holds);
  new GlobalVariable(Module, Number->getType(), true, GlobalValue::ExternalLinkage, Number, Name);
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
  // A context that asks for its thread has it declared.
  if (auto *Declared = Module.getNamedGlobal(abi::Thread); Declared != Thread) {
    Thread->takeName(Declared);
    Declared->replaceAllUsesWith(Thread);
    Declared->eraseFromParent();
  }
  auto *Number = ConstantInt::get(Type::getInt64Ty(Context), HeadAndValue);
  new GlobalVariable(Module, Number->getType(), true, GlobalValue::ExternalLinkage, Number,
                     abi::ThreadSize);
}

static void takeLayout(Module &Module, StringRef Prefix, ContextPart &Part) {
  auto Size = takeNumber(Module, (Prefix + "size").str());
  auto Alignment = takeNumber(Module, (Prefix + "alignment").str());
  if (!Size || !Alignment)
    refuse(
        "the context's size is not known when it is compiled (is a property's type "
        "generic or resilient?); keep such a property in a class of the context's file");
  if (*Alignment > abi::ThreadValueOffset)
    refuse(
        "the context is aligned to more than 64 bytes; keep its widest "
        "property in a class of the context's file");
  Part.Size = *Size;
  Part.Alignment = *Alignment;
}

// What no compiler makes of a hook, and no caller of it could be right with.
static void refuseStrange(const Function &Hook) {
  bool HasAlias = any_of(Hook.users(), [](const User *User) { return isa<GlobalAlias>(User); });
  bool TakesError = Hook.getAttributes().hasAttrSomewhere(Attribute::SwiftError);
  if (HasAlias || TakesError || Hook.hasFnAttribute(Attribute::Naked))
    refuse(
        ("the hook '" + Hook.getName() + "' has an alias, takes a Swift error or is naked").str());
}

// Leaves a hook as one that there is not: what refers to it weakly may find none, which nothing
// protected may be.
static void dropBody(Function &Hook) {
  Hook.deleteBody();
  Hook.setVisibility(GlobalValue::DefaultVisibility);
  Hook.setDSOLocal(false);
}

// Reads what the glue defines of one context, with hooks that do nothing left as declarations.
static ContextPart takePart(Module &Module, const std::string &HookPrefix,
                            const std::string &ContextPrefix) {
  ContextPart Part;
  takeLayout(Module, ContextPrefix, Part);
  auto Defined = [&](StringRef Name) -> Function * {
    auto *Function = Module.getFunction((ContextPrefix + Name).str());
    return Function && !Function->isDeclaration() ? Function : nullptr;
  };
  Part.Init = Defined("init");
  Part.Merge = Defined("merge");
  Part.Finish = Defined("finish");
  for (auto &Function : Module)
    if (Function.getName().starts_with(HookPrefix) && !Function.isDeclaration()) {
      refuseStrange(Function);
      Part.Hooks.push_back({Function.getName().substr(HookPrefix.size()).str(), &Function});
    }
  for (StringRef Kind : {"result_", "load_", "store_", "operation_"}) {
    auto *Probe = Defined(("probe_" + Kind).str());
    if (!Probe) continue;
    if (isParametric(*Probe)) handValuesOn(Part, Kind);
    erase(*Probe);
  }
  SmallVector<Function *> Present;
  for (auto &[Name, Hook] : Part.Hooks)
    if (isAbsent(*Hook))
      dropBody(*Hook);
    else
      Present.push_back(Hook);
  dropImpossibleOverflows(Part.Init, Present);
  return Part;
}

// The contexts of a module, one behind the other.
static SmallVector<ContextPart> takeParts(Module &Module) {
  SmallVector<ContextPart> Parts;
  uint64_t End = 0;
  for (unsigned I = 0; Module.getFunction(stackPrefix(I) + "context_size"); I++) {
    auto Part = takePart(Module, stackPrefix(I) + "hook_", stackPrefix(I) + "context_");
    Part.Offset = alignTo(End, Align(Part.Alignment));
    End = Part.Offset + Part.Size;
    Parts.push_back(std::move(Part));
  }
  if (Parts.empty())
    Parts.push_back(takePart(Module, abi::HookPrefix.str(), abi::ContextPrefix.str()));
  return Parts;
}

PreservedAnalyses PrepareContext::run(Module &Module, ModuleAnalysisManager &Analyses) {
  // Swift keeps every @c function; what of the glue is kept is ours to say.
  removeFromUsedLists(Module, [](Constant *Value) {
    auto *Function = dyn_cast<llvm::Function>(Value->stripPointerCasts());
    return Function && abi::isOwnName(Function->getName());
  });
  StripDebugInfo(Module);
  keepFunctionsToItself(Module);
  for (auto &Request : abi::Requests)
    if (calls(Module, Request.Function)) Module.addModuleFlag(llvm::Module::Error, Request.Flag, 1);
  inlineDepth(Module);
  auto Parts = takeParts(Module);
  bool Reports = any_of(Parts, reports);
  bool Tags = any_of(Parts, tagsValues);
  if (count_if(Parts, tagsValues) > 1)
    refuse("several contexts tag values, and a value has one tag; give one of them with -W");
  uint64_t Alignment = 1;
  for (auto &Part : Parts) Alignment = std::max(Alignment, Part.Alignment);

  SmallVector<Function *> Hooks;
  if (Parts.size() > 1) {
    Hooks = combine(Module, Parts, Analyses);
  } else {
    for (auto &[Name, Hook] : Parts.front().Hooks)
      if (!Hook->isDeclaration()) Hooks.push_back(Hook);
  }
  defineThread(Module, Parts.back().Offset + Parts.back().Size, Alignment);
  for (auto *Hook : Hooks) prepareHook(*Hook);
  SmallVector<uint64_t> Offsets;
  for (auto &Part : Parts) Offsets.push_back(Part.Offset);
  prepareReplacements(Module, Offsets, ImportLimit);
  exportWhatHooksUse(Module);
  defineFact(Module, abi::Reports, Reports);
  defineFact(Module, abi::DisablesSites, disablesSites(Module));
  if (Tags) carryTags(Module);
  if (ReadOnly) Module.addModuleFlag(llvm::Module::Error, abi::ReadOnlyFlag, 1);
  if (disablesSites(Module)) Module.addModuleFlag(llvm::Module::Error, abi::DisablesSitesFlag, 1);
  Module.addModuleFlag(llvm::Module::Error, abi::VersionFlag, abi::Version);
  return PreservedAnalyses::none();
}

void annotateGlue(Module &Module) {
  for (auto &Function : Module) {
    if (!Function.getName().starts_with(abi::HookPrefix) || Function.isDeclaration()) continue;
    Function.addParamAttr(0, Attribute::NoAlias);
    if (auto *Value = valueInMemory(Function)) Value->addAttr(Attribute::NoAlias);
  }
}

PreservedAnalyses AnnotateGlue::run(Module &Module, ModuleAnalysisManager &) {
  annotateGlue(Module);
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
