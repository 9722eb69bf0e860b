#include "ThreadState.h"

#include "Thread.h"

#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace rayc {

// A function that LLVM may merge the calls of, and run anywhere.
static Function *placeholder(Module &Module, StringRef Name, FunctionType *Type) {
  if (auto *Known = Module.getFunction(Name)) return Known;
  auto *Placeholder = Function::Create(Type, GlobalValue::ExternalLinkage, Name, Module);
  Placeholder->setDoesNotAccessMemory();
  Placeholder->setDoesNotThrow();
  Placeholder->setWillReturn();
  Placeholder->setSpeculatable();
  return Placeholder;
}

static FunctionType *givesAddress(Module &Module) {
  return FunctionType::get(PointerType::get(Module.getContext(), 0), false);
}

Function *stateFunction(Module &Module) {
  auto *State = placeholder(Module, abi::State, givesAddress(Module));
  State->addRetAttr(Attribute::NonNull);
  return State;
}

Function *freshStateFunction(Module &Module) {
  auto *State = placeholder(Module, abi::FreshState, givesAddress(Module));
  State->setMemoryEffects(MemoryEffects::readOnly());
  State->removeFnAttr(Attribute::Speculatable);
  State->addRetAttr(Attribute::NonNull);
  return State;
}

Function *offStateFunction(Module &Module) {
  auto *State = placeholder(Module, abi::OffState, givesAddress(Module));
  State->addRetAttr(Attribute::NonNull);
  return State;
}

Function *enabledFunction(Module &Module) {
  auto &Context = Module.getContext();
  auto *Type = FunctionType::get(Type::getInt1Ty(Context), {PointerType::get(Context, 0)}, false);
  auto *Enabled = placeholder(Module, abi::IsEnabled, Type);
  Enabled->addParamAttr(0, Attribute::getWithCaptureInfo(Context, CaptureInfo::none()));
  return Enabled;
}

void sinkState(CallInst *State) {
  DominatorTree Dominators(*State->getFunction());
  BasicBlock *Common = nullptr;
  for (auto *User : State->users()) {
    auto *Block = cast<Instruction>(User)->getParent();
    if (!Dominators.isReachableFromEntry(Block)) continue;
    Common = Common ? Dominators.findNearestCommonDominator(Common, Block) : Block;
  }
  if (!Common) return;
  auto Position = Common->getFirstNonPHIOrDbgOrAlloca();
  while (!Position->isTerminator() &&
         none_of(Position->operands(), [&](Value *Operand) { return Operand == State; }))
    ++Position;
  // Landing pads must stay first in their block.
  if (Position->isEHPad()) ++Position;
  State->moveBefore(*Common, Position);
}

static void lowerEnabled(CallInst *Enabled) {
  IRBuilder<> Builder(Enabled);
  auto *Own = threadField(threadAddress(Builder), abi::ThreadValueOffset, Builder);
  Enabled->replaceAllUsesWith(Builder.CreateICmpEQ(Enabled->getArgOperand(0), Own));
  Enabled->eraseFromParent();
}

static void lower(CallInst *State) {
  auto &Module = *State->getModule();
  IRBuilder<> Builder(State);
  auto *Address = threadAddress(Builder);
  auto *Known = Builder.CreateLoad(Builder.getPtrTy(), Address);
  auto *Before = Builder.GetInsertBlock();
  auto *First =
      SplitBlockAndInsertIfThen(Builder.CreateIsNull(Known), State, false,
                                MDBuilder(Module.getContext()).createUnlikelyBranchWeights());
  Builder.SetInsertPoint(First);
  auto *New = callRuntime(abi::ThreadEnter, Builder.getPtrTy(), {Address}, Builder);
  Builder.SetInsertPoint(State);
  auto *Merged = Builder.CreatePHI(Builder.getPtrTy(), 2);
  Merged->addIncoming(Known, Before);
  Merged->addIncoming(New, First->getParent());
  State->replaceAllUsesWith(Merged);
  State->eraseFromParent();
}

static void lowerOff(CallInst *State) {
  auto &Module = *State->getModule();
  IRBuilder<> Builder(State);
  auto *Size = Builder.CreateLoad(Builder.getInt64Ty(),
                                  Module.getOrInsertGlobal(abi::ThreadSize, Builder.getInt64Ty()));
  Size->setMetadata(LLVMContext::MD_invariant_load, MDNode::get(Module.getContext(), {}));
  auto *Head = Builder.CreateGEP(Builder.getInt8Ty(), threadAddress(Builder), Size);
  State->replaceAllUsesWith(threadField(Head, abi::ThreadValueOffset, Builder));
  State->eraseFromParent();
}

static bool lowerAll(Module &Module, StringRef Name, function_ref<void(CallInst *)> Lower) {
  auto *Placeholder = Module.getFunction(Name);
  if (!Placeholder) return false;
  for (auto *User : make_early_inc_range(Placeholder->users())) Lower(cast<CallInst>(User));
  Placeholder->eraseFromParent();
  return true;
}

PreservedAnalyses LowerThreadState::run(Module &Module, ModuleAnalysisManager &) {
  bool Changed = lowerAll(Module, abi::IsEnabled, lowerEnabled);
  for (auto Name : {abi::State, abi::FreshState}) Changed |= lowerAll(Module, Name, lower);
  Changed |= lowerAll(Module, abi::OffState, lowerOff);
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

}  // namespace rayc
