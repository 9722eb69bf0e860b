#include "CallChain.h"

#include "Depth.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

// `@rayc_call = external thread_local(initialexec) global ptr`
static GlobalVariable *chainHead(Module &Module) {
  if (auto *Known = Module.getNamedGlobal(abi::CallChain)) return Known;
  return new GlobalVariable(Module, PointerType::get(Module.getContext(), 0), false,
                            GlobalValue::ExternalLinkage, nullptr, abi::CallChain, nullptr,
                            GlobalValue::InitialExecTLSModel);
}

Value *linkIntoCallChain(Function &Function) {
  auto &Entry = Function.getEntryBlock();
  IRBuilder<> Builder(&*Entry.getFirstNonPHIOrDbgOrAlloca());
  if (auto *Program = Function.getSubprogram())
    Builder.SetCurrentDebugLocation(DILocation::get(Function.getContext(), 0, 0, Program));
  auto *Pointer = Builder.getPtrTy();
  auto *Layout = StructType::get(Function.getContext(), {Pointer, Pointer});
  auto *Call = new AllocaInst(Layout, Function.getDataLayout().getAllocaAddrSpace(), "rayc.call",
                              Entry.begin());
  auto *Head = Builder.CreateThreadLocalAddress(chainHead(*Function.getParent()));
  auto *Caller = Builder.CreateLoad(Pointer, Head, "rayc.caller");
  auto *Site = Builder.CreateStructGEP(Layout, Call, 1);
  Builder.CreateStore(Caller, Builder.CreateStructGEP(Layout, Call, 0));
  Builder.CreateStore(ConstantPointerNull::get(Pointer), Site);
  Builder.CreateStore(Call, Head);
  for (auto &Block : Function)
    if (auto *Out = wayOut(Block)) {
      IRBuilder<> Last(Out);
      Last.SetCurrentDebugLocation(Builder.getCurrentDebugLocation());
      Last.CreateStore(Caller, Head);
    }
  for (auto &Instruction : instructions(Function))
    if (auto *Called = dyn_cast<CallInst>(&Instruction); Called && Called->isTailCall())
      if (!Called->isMustTailCall()) Called->setTailCallKind(CallInst::TCK_None);
  return Site;
}

}  // namespace rayc
