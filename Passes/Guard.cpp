#include "Guard.h"

#include "Abi.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

// The low bits that tell which hook a thread is in: RAY_HOOK_… of ray_abi.h.
static unsigned hookNumber(StringRef Name) {
  if (Name == abi::WillCall) return 0;
  if (Name == abi::DidCall) return 1;
  if (Name == abi::Outcome) return 7;
  if (Name.starts_with(abi::Result)) return 2;
  if (Name.starts_with(abi::Load)) return 3;
  if (Name.starts_with(abi::Store)) return 4;
  return Name.starts_with(abi::Operation) ? 5 : 6;
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

void markTraps(Function &Hook) {
  for (auto &Instruction : instructions(Hook)) {
    auto *Trap = dyn_cast<IntrinsicInst>(&Instruction);
    if (!Trap || Trap->getIntrinsicID() != Intrinsic::trap) continue;
    IRBuilder<> Builder(Trap);
    Builder.CreateStore(mark(Hook, Builder), inHook(Hook.getArg(0), Builder), true);
    forgetEffects(Hook);
  }
}

Function *guard(Function &Body) {
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

}  // namespace rayc
