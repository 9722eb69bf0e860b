#include "Fidelity.h"

#include "Options.h"

#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

PreservedAnalyses NameObject::run(Module &Module, ModuleAnalysisManager &) {
  if (!ObjectName.empty()) Module.setSourceFileName(ObjectName);
  return PreservedAnalyses::all();
}

PreservedAnalyses DropDynamicLifetimes::run(Module &Module, ModuleAnalysisManager &) {
  bool Changed = false;
  for (auto &Function : Module) {
    for (auto &Instruction : make_early_inc_range(instructions(Function))) {
      auto *Marker = dyn_cast<LifetimeIntrinsic>(&Instruction);
      auto *Alloca = Marker ? dyn_cast<AllocaInst>(Marker->getArgOperand(0)) : nullptr;
      if (!Alloca || Alloca->isStaticAlloca()) continue;
      Marker->eraseFromParent();
      Changed = true;
    }
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

/// What an async context begins with: the caller's context and the function to return to.
static constexpr uint64_t AsyncContextHead = 16;

/// The bytes that the function's async context needs for its frame, or 0 if it has none.
static uint64_t neededContext(StringRef Function, Module &Module) {
  auto *Frame = StructType::getTypeByName(Module.getContext(), (Function + ".Frame").str());
  if (!Frame || !Frame->isSized()) return 0;
  uint64_t Size = Module.getDataLayout().getTypeAllocSize(Frame);
  return alignTo(AsyncContextHead + Size, Align(16));
}

PreservedAnalyses GrowAsyncContexts::run(Module &Module, ModuleAnalysisManager &) {
  bool Changed = false;
  for (auto &Global : Module.globals()) {
    StringRef Function = Global.getName();
    if (!Function.consume_back("Tu") || !Global.hasInitializer()) continue;
    auto *Pointer = dyn_cast<ConstantStruct>(Global.getInitializer());
    if (!Pointer || Pointer->getNumOperands() != 2) continue;
    auto *Size = dyn_cast<ConstantInt>(Pointer->getOperand(1));
    uint64_t Needed = neededContext(Function, Module);
    if (!Size || Size->getZExtValue() >= Needed) continue;
    Global.setInitializer(ConstantStruct::get(Pointer->getType(), Pointer->getOperand(0),
                                              ConstantInt::get(Size->getType(), Needed)));
    Changed = true;
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

namespace {

// Counts the parameters' registers as swifttailcc on x86-64 has them: six of the general kind and
// eight vectors, beside those of the context, `self` and the error.
class ParameterRegisters {
  unsigned General = 6, Vectors = 8;

 public:
  bool isTaken(Type *Type, bool HasRegisterOfItsOwn, bool IsMemory) {
    if (HasRegisterOfItsOwn) return true;
    if (IsMemory) return false;
    if (Type->isPointerTy() || (Type->isIntegerTy() && Type->getIntegerBitWidth() <= 64))
      return General && General--;
    if (Type->isFloatTy() || Type->isDoubleTy()) return Vectors && Vectors--;
    return false;
  }
};

}  // namespace

static bool passesOnStack(FunctionType *Type, const AttributeList &Attributes) {
  if (Type->isVarArg()) return true;
  ParameterRegisters Registers;
  for (auto [Index, Parameter] : enumerate(Type->params())) {
    auto Has = [&, Number = Index](Attribute::AttrKind Kind) {
      return Attributes.hasParamAttr(Number, Kind);
    };
    bool HasOwn =
        Has(Attribute::SwiftAsync) || Has(Attribute::SwiftSelf) || Has(Attribute::SwiftError);
    if (!Registers.isTaken(Parameter, HasOwn, Has(Attribute::ByVal))) return true;
  }
  return false;
}

static bool hasDynamicAlloca(const Function &Function) {
  return any_of(instructions(Function), [](const Instruction &Instruction) {
    auto *Alloca = dyn_cast<AllocaInst>(&Instruction);
    return Alloca && !Alloca->isStaticAlloca();
  });
}

// call swifttailcc void @g(…) ; ret void
//   →
// notail call swifttailcc void @g(…) ; call void asm sideeffect "", ""() ; ret void
static void separateLastCalls(Function &Function) {
  auto *Nothing = InlineAsm::get(FunctionType::get(Type::getVoidTy(Function.getContext()), false),
                                 "", "", true);
  for (auto &Block : Function) {
    auto *Return = dyn_cast<ReturnInst>(Block.getTerminator());
    auto *Call = Return ? dyn_cast_or_null<CallInst>(Return->getPrevNode()) : nullptr;
    if (!Call || Call->isMustTailCall() || isa<IntrinsicInst>(Call)) continue;
    Call->setTailCallKind(CallInst::TCK_NoTail);
    CallInst::Create(Nothing, "", Return->getIterator())->setDebugLoc(Return->getDebugLoc());
  }
}

PreservedAnalyses RelaxTailCalls::run(Module &Module, ModuleAnalysisManager &) {
  for (auto &Function : Module) {
    if (Function.getCallingConv() != CallingConv::SwiftTail) continue;
    bool GetsOnStack = passesOnStack(Function.getFunctionType(), Function.getAttributes());
    for (auto &Instruction : instructions(Function)) {
      auto *Call = dyn_cast<CallInst>(&Instruction);
      if (!Call || !Call->isMustTailCall() || Call->getCallingConv() != CallingConv::SwiftTail)
        continue;
      if (GetsOnStack || passesOnStack(Call->getFunctionType(), Call->getAttributes()))
        Call->setTailCallKind(CallInst::TCK_Tail);
    }
    if (hasDynamicAlloca(Function)) separateLastCalls(Function);
  }
  return PreservedAnalyses::all();
}

PreservedAnalyses DropEntryValues::run(Module &Module, ModuleAnalysisManager &) {
  for (auto &Function : Module)
    for (auto &Instruction : instructions(Function))
      for (DbgVariableRecord &Record : filterDbgVars(Instruction.getDbgRecordRange())) {
        if (!Record.isDbgValue() || !Record.getExpression()->isEntryValue()) continue;
        Record.setKillLocation();
        Record.setExpression(DIExpression::get(Module.getContext(), {}));
      }
  return PreservedAnalyses::all();
}

}  // namespace rayc
