#include "Thread.h"

#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace rayc {

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

Value *threadField(Value *Thread, unsigned Offset, IRBuilder<> &Builder) {
  return Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Thread, Offset);
}

CallInst *callRuntime(StringRef Name, Type *Result, ArrayRef<Value *> Arguments,
                      IRBuilder<> &Builder) {
  auto &Block = *Builder.GetInsertBlock();
  SmallVector<Type *> Types;
  for (auto *Argument : Arguments) Types.push_back(Argument->getType());
  auto Callee =
      Block.getModule()->getOrInsertFunction(Name, FunctionType::get(Result, Types, false));
  auto *Declaration = cast<Function>(Callee.getCallee());
  Declaration->setCallingConv(CallingConv::PreserveMost);
  // In a library the first call would go through the dynamic linker's resolver, which keeps the
  // registers of C's parameters and no more.
  Declaration->addFnAttr(Attribute::NonLazyBind);
  auto *Call = Builder.CreateCall(Callee, Arguments);
  Call->setCallingConv(CallingConv::PreserveMost);
  // A call that may be inlined needs a location in a function that has debug information.
  if (auto *Program = Block.getParent()->getSubprogram(); Program && !Call->getDebugLoc())
    Call->setDebugLoc(DILocation::get(Builder.getContext(), 0, 0, Program));
  return Call;
}

}  // namespace rayc
