#include "TwinCalls.h"

#include "Gates.h"
#include "Thread.h"
#include "Twins.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace rayc {

static constexpr StringLiteral TwinHelper = "rayc.twin";
static constexpr StringLiteral LeaveHelper = "rayc.leave";
static constexpr StringLiteral TwinOrLeaveHelper = "rayc.twin_or_leave";

// define internal ptr @rayc.twin(ptr %f) {
//   %distance = sub (ptrtoint %f), (load @rayc_code_begin)
//   br i1 (icmp ult %distance, (load @rayc_code_size)), label %near, label %far
// near:                      ; in the executable, and there are 16 bytes in front of it
//   %magic = load i64, ptr (%f - 16)
//   br i1 (icmp eq %magic, (load @rayc_twin_magic)), label %found, label %none
// found:
//   ret ptr (%f + (sext (load i32, ptr (%f - 8))))
// none:
//   ret ptr %f
// far:
//   ret ptr (call preserve_mostcc ptr @rayc_twin(ptr %f)) }
static void buildTwinHelper(Function &Helper) {
  auto &Module = *Helper.getParent();
  auto &Context = Module.getContext();
  auto *Target = Helper.getArg(0);
  auto Block = [&](StringRef Name) { return BasicBlock::Create(Context, Name, &Helper); };
  auto *Entry = Block(""), *Near = Block("near"), *Found = Block("found"), *None = Block("none"),
       *Far = Block("far");
  IRBuilder<> Builder(Entry);
  auto *Int64 = Builder.getInt64Ty();
  auto Runtime = [&](StringRef Name) {
    return Builder.CreateLoad(Int64, Module.getOrInsertGlobal(Name, Int64));
  };
  auto At = [&](int64_t Offset) {
    return Builder.CreateConstGEP1_64(Builder.getInt8Ty(), Target, Offset);
  };
  auto *Distance =
      Builder.CreateSub(Builder.CreatePtrToInt(Target, Int64), Runtime(abi::CodeBegin));
  Builder.CreateCondBr(Builder.CreateICmpULT(Distance, Runtime(abi::CodeSize)), Near, Far);
  Builder.SetInsertPoint(Near);
  auto *Magic = Builder.CreateAlignedLoad(Int64, At(-16), Align(1));
  // Not a constant here: its bytes must stand nowhere in code but in front of a function.
  Builder.CreateCondBr(Builder.CreateICmpEQ(Magic, Runtime(abi::TwinMagicVariable)), Found, None);
  Builder.SetInsertPoint(Found);
  auto *Offset = Builder.CreateAlignedLoad(Builder.getInt32Ty(), At(-8), Align(1));
  Builder.CreateRet(
      Builder.CreateGEP(Builder.getInt8Ty(), Target, Builder.CreateSExt(Offset, Int64)));
  Builder.SetInsertPoint(None);
  Builder.CreateRet(Target);
  Builder.SetInsertPoint(Far);
  Builder.CreateRet(callRuntime(abi::FindTwin, Builder.getPtrTy(), {Target}, Builder));
}

// define internal void @rayc.leave() {
//   br i1 (icmp eq (load thread.frame), null), label %leave, label %release
// release:                      ; a context of the program's own has a value on this thread
//   call preserve_mostcc void @rayc_frame_release(ptr <thread>) ; br label %leave
// leave:
//   store ptr null, ptr thread.extent ; ret void }
static void buildLeaveHelper(Function &Helper) {
  auto &Module = *Helper.getParent();
  auto &Context = Module.getContext();
  auto *Entry = BasicBlock::Create(Context, "", &Helper);
  auto *Release = BasicBlock::Create(Context, "release", &Helper);
  auto *Leave = BasicBlock::Create(Context, "leave", &Helper);
  IRBuilder<> Builder(Entry);
  auto *Thread = threadAddress(Builder);
  auto *Pointer = Builder.getPtrTy();
  auto *Frame = Builder.CreateLoad(Pointer, threadField(Thread, abi::ThreadFrameOffset, Builder));
  Builder.CreateCondBr(Builder.CreateIsNull(Frame), Leave, Release);
  Builder.SetInsertPoint(Release);
  callRuntime(abi::FrameRelease, Builder.getVoidTy(), {Thread}, Builder);
  Builder.CreateBr(Leave);
  Builder.SetInsertPoint(Leave);
  Builder.CreateStore(ConstantPointerNull::get(Pointer),
                      threadField(Thread, abi::ThreadExtentOffset, Builder));
  Builder.CreateRetVoid();
}

static Function *helper(Module &Module, StringRef Name);

// define internal ptr @rayc.twin_or_leave(ptr %f) {
//   %t = call ptr @rayc.twin(ptr %f)
//   br i1 (icmp eq %t, %f), label %leave, label %stay
// leave:  call void @rayc.leave() ; br label %stay
// stay:   ret ptr %t }
static void buildTwinOrLeaveHelper(Function &Helper) {
  auto &Module = *Helper.getParent();
  auto &Context = Module.getContext();
  auto *Leave = BasicBlock::Create(Context, "leave", &Helper);
  auto *Stay = BasicBlock::Create(Context, "stay", &Helper);
  IRBuilder<> Builder(BasicBlock::Create(Context, "", &Helper, Leave));
  auto *Twin = Builder.CreateCall(helper(Module, TwinHelper), {Helper.getArg(0)});
  Builder.CreateCondBr(Builder.CreateICmpEQ(Twin, Helper.getArg(0)), Leave, Stay);
  Builder.SetInsertPoint(Leave);
  Builder.CreateCall(helper(Module, LeaveHelper));
  Builder.CreateBr(Stay);
  Builder.SetInsertPoint(Stay);
  Builder.CreateRet(Twin);
}

static Function *helper(Module &Module, StringRef Name) {
  if (auto *Known = Module.getFunction(Name)) return Known;
  auto &Context = Module.getContext();
  auto *Pointer = PointerType::get(Context, 0);
  auto *Type = Name == LeaveHelper ? FunctionType::get(Type::getVoidTy(Context), false)
                                   : FunctionType::get(Pointer, {Pointer}, false);
  auto *Helper = Function::Create(Type, GlobalValue::InternalLinkage, Name, Module);
  Helper->setDoesNotThrow();
  if (Name == TwinHelper)
    buildTwinHelper(*Helper);
  else if (Name == LeaveHelper)
    buildLeaveHelper(*Helper);
  else
    buildTwinOrLeaveHelper(*Helper);
  return Helper;
}

static CallInst *callHelper(StringRef Name, ArrayRef<Value *> Arguments, Instruction &Before) {
  IRBuilder<> Builder(&Before);
  auto *Call = Builder.CreateCall(helper(*Before.getModule(), Name), Arguments);
  if (auto *Program = Before.getFunction()->getSubprogram(); Program && !Call->getDebugLoc())
    Call->setDebugLoc(DILocation::get(Before.getContext(), 0, 0, Program));
  return Call;
}

// A function of another module that may have a twin there. C functions and the runtime's
// have none.
static bool mayHaveTwin(const Value *Callee) {
  auto *Function = dyn_cast<llvm::Function>(Callee);
  return !Function || Function->getName().starts_with("$s");
}

// Whether a call ends its part of an async function.
static bool endsPart(const CallBase &Call) {
  return Call.isMustTailCall() && isAsync(*Call.getFunction());
}

static void redirectUnknown(CallBase &Call) {
  bool Ends = endsPart(Call);
  // An error's slot is a register, and no value that could be handed on.
  bool IsAddress = !Call.getCalledOperand()->isSwiftError();
  if (IsAddress && mayHaveTwin(Call.getCalledOperand()->stripPointerCasts()))
    Call.setCalledOperand(
        callHelper(Ends ? TwinOrLeaveHelper : TwinHelper, {Call.getCalledOperand()}, Call));
  else if (Ends)
    callHelper(LeaveHelper, {}, Call);
}

void TwinCalls::redirect(CallBase &Call) {
  if (isa<IntrinsicInst>(Call) || Call.isInlineAsm()) return;
  auto *Callee = dyn_cast<Function>(Call.getCalledOperand()->stripPointerCastsAndAliases());
  if (Callee && abi::isOwnName(Callee->getName())) return;
  if (auto *Twin = Functions.twin(Callee))
    Call.setCalledOperand(Twin);
  else
    redirectUnknown(Call);
}

GlobalVariable *TwinCalls::twinOfAsyncPointer(GlobalVariable &Pointer) {
  auto *Type = dyn_cast<StructType>(Pointer.getValueType());
  bool IsAsyncPointer = Type && Type->getNumElements() == 2 && Pointer.hasInitializer() &&
                        Pointer.getName().ends_with("Tu");
  if (!IsAsyncPointer) return nullptr;
  auto *Twin = new GlobalVariable(Module, Type, true, GlobalValue::InternalLinkage, nullptr,
                                  Pointer.getName() + TwinSuffix);
  Twin->setAlignment(Pointer.getAlign());
  // The record holds its own address, and the twin's holds the twin's.
  Map[&Pointer] = Twin;
  Twin->setInitializer(MapValue(Pointer.getInitializer(), Map, RF_None, nullptr, this));
  return Twin;
}

Value *TwinCalls::materialize(Value *Value) {
  if (auto *Function = dyn_cast<llvm::Function>(Value)) return Addresses.gate(*Function);
  if (auto *Variable = dyn_cast<GlobalVariable>(Value)) return twinOfAsyncPointer(*Variable);
  return nullptr;
}

void TwinCalls::redirect(Function &Twin) {
  SmallVector<Instruction *> Instructions;
  for (auto &Instruction : instructions(Twin)) Instructions.push_back(&Instruction);
  for (auto *Instruction : Instructions) {
    auto *Call = dyn_cast<CallBase>(Instruction);
    if (Call) redirect(*Call);
    for (auto &Operand : Instruction->operands()) {
      auto *Constant = dyn_cast<llvm::Constant>(Operand);
      bool IsCallee = Call && &Operand == &Call->getCalledOperandUse();
      if (!Constant || IsCallee || isa<ConstantData>(Constant)) continue;
      Operand.set(MapValue(Constant, Map, RF_None, nullptr, this));
    }
    // A part of an async function that just returns gives its thread back.
    auto *Return = dyn_cast<ReturnInst>(Instruction);
    if (Return && isAsync(Twin) && !Return->getParent()->getTerminatingMustTailCall())
      callHelper(LeaveHelper, {}, *Return);
  }
}

void callTwinsFrom(Function &Function) {
  SmallVector<CallBase *> Indirect;
  for (auto &Instruction : instructions(Function))
    if (auto *Call = dyn_cast<CallBase>(&Instruction); Call && Call->isIndirectCall())
      Indirect.push_back(Call);
  for (auto *Call : Indirect) redirectUnknown(*Call);
}

}  // namespace rayc
