#include "TagHooks.h"

#include "Abi.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace rayc {

bool isTagHook(const Function &Hook) {
  auto Name = Hook.getName();
  // Of several contexts, each has a number in place of the first word.
  return Name.starts_with(abi::TagPrefix) || Name.contains(".hook_tag_");
}

bool isDefaultTagging(StringRef Name) { return Name.starts_with("$s3Ray14TaggingContextPAAE"); }

// Which parameter is the value's tag; none: the hook makes one.
static std::optional<unsigned> tagParameter(StringRef Name) {
  if (Name.ends_with("hook_tag_load") || Name.ends_with("hook_tag_result")) return 2;
  if (Name.ends_with("hook_tag_parameter")) return 3;
  return std::nullopt;
}

Value *givenTag(Function &Hook) {
  if (auto Index = tagParameter(Hook.getName())) return Hook.getArg(*Index);
  return Constant::getNullValue(Hook.getReturnType());
}

bool tagsNothing(const Function &Hook) {
  auto &First = *Hook.getEntryBlock().getFirstNonPHIOrDbg();
  auto *Return = dyn_cast<ReturnInst>(&First);
  if (!Return) return false;
  auto *Value = Return->getReturnValue();
  return !Value || Value == givenTag(const_cast<Function &>(Hook));
}

bool tagsValues(const ContextPart &Part) {
  return any_of(Part.Hooks, [](const auto &Hook) {
    return StringRef(Hook.first).starts_with("tag_") && !Hook.second->isDeclaration();
  });
}

// `ptr @<name>(<parameters>)` as a call of the runtime's function of the same type.
static void leadThrough(Module &Module, StringRef Name, Type *Result, ArrayRef<Type *> Parameters) {
  auto *Type = FunctionType::get(Result, Parameters, false);
  auto Own = Module.getOrInsertFunction(("rayc_tag_" + Name).str(), Type);
  auto *Declared = Module.getFunction(Name);
  auto *Function = llvm::Function::Create(Type, GlobalValue::ExternalLinkage, "", Module);
  if (Declared) {
    // The context's own copies go this way too.
    Function->takeName(Declared);
    Declared->replaceAllUsesWith(Function);
    Declared->eraseFromParent();
  } else {
    Function->setName(Name);
  }
  IRBuilder<> Builder(BasicBlock::Create(Module.getContext(), "", Function));
  SmallVector<Value *> Arguments;
  for (auto &Argument : Function->args()) Arguments.push_back(&Argument);
  auto *Call = Builder.CreateCall(Own, Arguments);
  Call->setTailCall();
  if (Result->isVoidTy())
    Builder.CreateRetVoid();
  else
    Builder.CreateRet(Call);
}

void carryTags(Module &Module) {
  IRBuilder<> Builder(Module.getContext());
  auto Begin = Module.getOrInsertFunction("rayc_tags_begin", Builder.getVoidTy());
  auto *Start = new GlobalVariable(Module, Builder.getPtrTy(), true, GlobalValue::InternalLinkage,
                                   cast<Constant>(Begin.getCallee()), "rayc.tags");
  Start->setSection(".preinit_array");
  Start->setAlignment(Align(8));
  appendToUsed(Module, {Start});
  auto *Pointer = Builder.getPtrTy();
  auto *Size = Builder.getInt64Ty();
  leadThrough(Module, "memcpy", Pointer, {Pointer, Pointer, Size});
  leadThrough(Module, "memmove", Pointer, {Pointer, Pointer, Size});
  leadThrough(Module, "memset", Pointer, {Pointer, Builder.getInt32Ty(), Size});
  leadThrough(Module, "free", Builder.getVoidTy(), {Pointer});
  leadThrough(Module, "realloc", Pointer, {Pointer, Size});
  leadThrough(Module, "munmap", Builder.getInt32Ty(), {Pointer, Size});
}

}  // namespace rayc
