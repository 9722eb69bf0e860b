#include "Gates.h"

#include "Options.h"
#include "Rules.h"
#include "StaticAllocas.h"
#include "Thread.h"
#include "Twins.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace rayc {

// Whether LLVM takes a guaranteed tail call between functions of this kind: `swifttailcc` has no
// parameters with these attributes. swiftc gives them to none.
static bool mayBeGuaranteed(const Function &Function) {
  auto Attributes = Function.getAttributes();
  return !Attributes.hasAttrSomewhere(Attribute::InReg) &&
         !Attributes.hasAttrSomewhere(Attribute::ByRef);
}

// A call of a function of the same signature with the caller's own arguments, and a return.
// An async function's is a guaranteed tail call. Others need no guarantee, and one that may
// throw cannot have it: LLVM does not lower it.
static void forward(Function &Caller, Function &Callee, IRBuilder<> &Builder,
                    function_ref<void()> BeforeReturn = nullptr) {
  SmallVector<Value *> Arguments;
  for (auto &Argument : Caller.args()) Arguments.push_back(&Argument);
  auto *Call = Builder.CreateCall(&Callee, Arguments);
  Call->setCallingConv(Callee.getCallingConv());
  Call->setAttributes(Callee.getAttributes().removeFnAttributes(Caller.getContext()));
  bool MustTail = (isAsync(Callee) && mayBeGuaranteed(Callee)) || Callee.isVarArg();
  if (!BeforeReturn) Call->setTailCallKind(MustTail ? CallInst::TCK_MustTail : CallInst::TCK_Tail);
  if (auto *Program = Caller.getSubprogram())
    Call->setDebugLoc(DILocation::get(Caller.getContext(), Program->getLine(), 0, Program));
  if (BeforeReturn) BeforeReturn();
  if (Call->getType()->isVoidTy())
    Builder.CreateRetVoid();
  else
    Builder.CreateRet(Call);
}

static Argument *asyncFrame(Function &Function) {
  return find_if(Function.args(),
                 [](Argument &Each) { return Each.hasAttribute(Attribute::SwiftAsync); });
}

void Gates::insert(Function &Function, llvm::Function &Twin, Outside Outside) {
  auto &Context = Module.getContext();
  gatherStaticAllocas(Function);
  auto *Body =
      SplitBlock(&Function.getEntryBlock(), Function.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  auto *Entry = &Function.getEntryBlock();
  Entry->getTerminator()->eraseFromParent();
  auto *Inside = BasicBlock::Create(Context, "inside", &Function, Body);
  IRBuilder<> Builder(Inside);
  forward(Function, Twin, Builder);

  Builder.SetInsertPoint(Entry);
  auto *Thread = threadAddress(Builder);
  auto *Pointer = Builder.getPtrTy();
  if (isAsync(Function)) {
    // Twins call twins; who comes here may be of any task.
    auto *Entered = Outside == Outside::Opens
                        ? callRuntime(abi::TriggerBegin, Builder.getInt1Ty(),
                                      {Thread, asyncFrame(Function)}, Builder)
                        : callRuntime(abi::TaskEnter, Builder.getInt1Ty(), {Thread}, Builder);
    Builder.CreateCondBr(Entered, Inside, Body);
    return;
  }
  auto *Extent = Builder.CreateLoad(Pointer, threadField(Thread, abi::ThreadExtentOffset, Builder));
  auto *InHook = Builder.CreateLoad(Builder.getInt64Ty(),
                                    threadField(Thread, abi::ThreadInHookOffset, Builder));
  // What a hook calls is not observed.
  auto *IsInside = Builder.CreateAnd(Builder.CreateIsNotNull(Extent), Builder.CreateIsNull(InHook));
  if (Outside == Outside::StaysOut) {
    // Plain code is what has to be fast.
    Builder.CreateCondBr(IsInside, Inside, Body)
        ->setMetadata(LLVMContext::MD_prof, MDBuilder(Context).createUnlikelyBranchWeights());
    return;
  }
  auto *Look = BasicBlock::Create(Context, "look", &Function, Body);
  auto *Entered = BasicBlock::Create(Context, "entered", &Function, Body);
  Builder.CreateCondBr(IsInside, Inside, Look);
  Builder.SetInsertPoint(Look);
  StringRef Enter = Outside == Outside::Looks          ? abi::GateEnter
                    : Function.getName() == MainSymbol ? abi::ProgramEnter
                                                       : abi::TriggerEnter;
  StringRef Leave = Outside == Outside::Opens ? abi::TriggerLeave : abi::GateLeave;
  auto *Saved = callRuntime(Enter, Pointer, {Thread}, Builder);
  auto *None = ConstantExpr::getIntToPtr(Builder.getInt64(-1), Pointer);
  Builder.CreateCondBr(Builder.CreateICmpEQ(Saved, None), Body, Entered);
  Builder.SetInsertPoint(Entered);
  forward(Function, Twin, Builder,
          [&] { callRuntime(Leave, Builder.getVoidTy(), {Thread, Saved}, Builder); });
}

Function *Gates::gate(Function &Plain) {
  auto *Twin = Functions.twin(&Plain);
  if (!Twin) return nullptr;
  auto *&Gate = Known[&Plain];
  if (Gate) return Gate;
  Gate =
      Function::Create(Plain.getFunctionType(), GlobalValue::InternalLinkage,
                       Plain.getAddressSpace(), derivedName(Plain.getName(), GateSuffix), &Module);
  Gate->copyAttributesFrom(&Plain);
  Gate->setLinkage(GlobalValue::InternalLinkage);
  Gate->setVisibility(GlobalValue::DefaultVisibility);
  Gate->setDSOLocal(true);
  Gate->setComdat(nullptr);
  Gate->setPersonalityFn(nullptr);
  Gate->removeFnAttr(Attribute::Memory);
  // A task that waits has the gate's address where its frames are read from.
  if (auto *Program = Plain.getSubprogram()) {
    auto *Own = MDNode::replaceWithDistinct(Program->clone());
    Own->replaceRetainedNodes(MDTuple::get(Module.getContext(), {}));
    Gate->setSubprogram(Own);
  }
  IRBuilder<> Builder(BasicBlock::Create(Module.getContext(), "", Gate));
  forward(*Gate, Plain, Builder);
  insert(*Gate, *Twin, Outside::Looks);
  Made[Gate] = Twin;
  return Gate;
}

Gates::Gates(llvm::Module &Module, const Twins &Twins)
    : Module(Module), Functions(Twins), Tables(Module) {}

void Gates::guardEntry(Function &Plain, Function &Twin) {
  if (isTrigger(Plain)) {
    insert(Plain, Twin, Outside::Opens);
  } else if (Tables.contains(Plain)) {
    // An async function is reached when its task resumes, and nothing has entered then. Where the
    // whole run is an extent, a thread of a pool may come here first.
    bool Looks = isAsync(Plain) || wholeRunIsExtent();
    insert(Plain, Twin, Looks ? Outside::Looks : Outside::StaysOut);
  }
}

}  // namespace rayc
