#include "ThreadState.h"

#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace rayc {

Function *stateFunction(Module &Module) {
  if (auto *Known = Module.getFunction(abi::State)) return Known;
  auto *Type = FunctionType::get(PointerType::get(Module.getContext(), 0), false);
  auto *State = Function::Create(Type, GlobalValue::ExternalLinkage, abi::State, Module);
  State->setDoesNotAccessMemory();
  State->setDoesNotThrow();
  State->setWillReturn();
  State->setSpeculatable();
  State->addRetAttr(Attribute::NonNull);
  return State;
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

// The thread's state, head and value, which the context's object defines.
static GlobalVariable *thread(Module &Module) {
  if (auto *Known = Module.getNamedGlobal(abi::Thread)) return Known;
  auto *Head = ArrayType::get(Type::getInt8Ty(Module.getContext()), abi::ThreadValueOffset);
  auto *Thread = new GlobalVariable(Module, Head, false, GlobalValue::ExternalLinkage, nullptr,
                                    abi::Thread, nullptr, GlobalValue::InitialExecTLSModel);
  Thread->setAlignment(Align(16));
  return Thread;
}

Value *threadAddress(IRBuilder<> &Builder) {
  return Builder.CreateThreadLocalAddress(thread(*Builder.GetInsertBlock()->getModule()));
}

static FunctionCallee threadEnter(Module &Module) {
  auto *Pointer = PointerType::get(Module.getContext(), 0);
  auto Enter = Module.getOrInsertFunction(abi::ThreadEnter, Pointer, Pointer);
  cast<Function>(Enter.getCallee())->setCallingConv(CallingConv::PreserveMost);
  return Enter;
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
  auto *New = Builder.CreateCall(threadEnter(Module), {Address});
  New->setCallingConv(CallingConv::PreserveMost);
  Builder.SetInsertPoint(State);
  auto *Merged = Builder.CreatePHI(Builder.getPtrTy(), 2);
  Merged->addIncoming(Known, Before);
  Merged->addIncoming(New, First->getParent());
  State->replaceAllUsesWith(Merged);
  State->eraseFromParent();
}

PreservedAnalyses LowerThreadState::run(Module &Module, ModuleAnalysisManager &) {
  auto *State = Module.getFunction(abi::State);
  if (!State) return PreservedAnalyses::all();
  for (auto *User : make_early_inc_range(State->users())) lower(cast<CallInst>(User));
  State->eraseFromParent();
  return PreservedAnalyses::none();
}

}  // namespace rayc
