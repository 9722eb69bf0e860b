#include "Guard.h"

#include "Abi.h"
#include "TagHooks.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

// The low bits that tell which hook a thread is in: RAY_HOOK_… of ray_abi.h.
static unsigned hookNumber(StringRef Name) {
  // A function's site tells its hooks from those of a call.
  if (Name == abi::WillCall || Name == abi::DidEnter) return 0;
  if (Name == abi::DidCall || Name == abi::WillLeave) return 1;
  if (Name == abi::Outcome) return 7;
  if (Name.starts_with(abi::Result)) return 2;
  if (Name.starts_with(abi::Load)) return 3;
  if (Name.starts_with(abi::Store)) return 4;
  return Name.starts_with(abi::Operation) ? 5 : 6;
}

// A field of the head in front of a value.
static Value *headField(Value *State, unsigned Offset, IRBuilder<> &Builder) {
  return Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), State,
                                            int64_t(Offset) - int64_t(abi::ThreadValueOffset));
}

static Value *inHook(Value *State, IRBuilder<> &Builder) {
  return headField(State, abi::ThreadInHookOffset, Builder);
}

// The value of the thread's second half.
static Value *offState(Value *State, IRBuilder<> &Builder) {
  auto *Module = Builder.GetInsertBlock()->getModule();
  auto *Size = cast<ConstantInt>(Module->getNamedGlobal(abi::ThreadSize)->getInitializer());
  return Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), State, Size->getZExtValue());
}

// What `in_hook` says while this hook runs: `ptrtoint (ptr %site) | <hook>`.
static Value *mark(Function &Hook, IRBuilder<> &Builder) {
  auto *Site = Hook.getArg(Hook.arg_size() - 1);
  return Builder.CreateOr(Builder.CreatePtrToInt(Site, Builder.getInt64Ty()),
                          hookNumber(Hook.getName()));
}

// What the program goes on with where the hook does not run.
static Value *handedBack(Function &Hook) {
  return isTagHook(Hook) ? givenTag(Hook) : Hook.getArg(1);
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
  auto *Leave = BasicBlock::Create(Context, "leave", Hook);
  auto *Run = BasicBlock::Create(Context, "run", Hook);
  auto *Switched = BasicBlock::Create(Context, "switched", Hook);
  auto *Pass = BasicBlock::Create(Context, "pass", Hook);
  auto *Entry = Builder.GetInsertBlock();

  Value *State = Hook->getArg(0), *InHook = inHook(State, Builder);
  auto LeaveHook = [&] { Builder.CreateStore(Builder.getInt64(0), InHook, true); };
  Builder.CreateCondBr(Builder.CreateIsNotNull(Builder.CreateLoad(Builder.getInt64Ty(), InHook)),
                       Pass, Enter);
  Builder.SetInsertPoint(Enter);
  Builder.CreateStore(mark(*Hook, Builder), InHook, true);
  auto *Stopped = Module.getOrInsertGlobal(abi::Stopped, Builder.getInt32Ty());
  Builder.CreateCondBr(
      Builder.CreateIsNotNull(Builder.CreateLoad(Builder.getInt32Ty(), Stopped, true)), Leave, Run);
  Builder.SetInsertPoint(Leave);
  LeaveHook();
  Builder.CreateBr(Pass);

  Builder.SetInsertPoint(Run);
  auto *Aim = headField(State, abi::ThreadStateOffset, Builder);
  auto *Off = offState(State, Builder);
  Builder.CreateStore(Off, Aim, true);
  SmallVector<Value *> Arguments;
  for (auto &Argument : Hook->args()) Arguments.push_back(&Argument);
  auto *Call = Builder.CreateCall(&Body, Arguments);
  Call->setCallingConv(Body.getCallingConv());
  Call->setAttributes(Body.getAttributes().removeFnAttributes(Context));
  Builder.CreateStore(State, Aim, true);
  LeaveHook();
  auto *Wanted =
      Builder.CreateLoad(Builder.getPtrTy(), headField(Off, abi::ThreadStateOffset, Builder), true);
  Builder.CreateCondBr(Builder.CreateICmpNE(Wanted, State), Switched, Pass,
                       MDBuilder(Context).createUnlikelyBranchWeights());
  Builder.SetInsertPoint(Switched);
  auto AimType = FunctionType::get(Builder.getVoidTy(), {Builder.getPtrTy()}, false);
  Builder.CreateCall(Module.getOrInsertFunction(abi::ThreadAim, AimType), {Aim});
  Builder.CreateBr(Pass);

  Builder.SetInsertPoint(Pass);
  if (Hook->getReturnType()->isVoidTy()) {
    Builder.CreateRetVoid();
    return Hook;
  }
  auto *Result = Builder.CreatePHI(Hook->getReturnType(), 4);
  for (auto *Around : {Entry, Leave}) Result->addIncoming(handedBack(*Hook), Around);
  for (auto *Behind : {Run, Switched}) Result->addIncoming(Call, Behind);
  Builder.CreateRet(Result);
  return Hook;
}

}  // namespace rayc
