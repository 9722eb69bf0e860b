#include "TagPropagation.h"

#include "CallbackEmitter.h"
#include "Image.h"
#include "StaticAllocas.h"
#include "TagFlow.h"

#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Scalar/SROA.h"

using namespace llvm;

namespace rayc {

namespace {

/// What tags need of one function.
struct FunctionTags {
  FunctionTags(Function &Function, TagCallbacks &Callbacks, const TaggedFunctions &Functions,
               StringMap<Constant *> &Losses)
      : Shadow(Function),
        Memory(Function, Shadow),
        Operations(Function, Shadow, Callbacks),
        Calls(Function, Shadow, Memory, Callbacks, Functions, Losses),
        Callbacks(Callbacks),
        Functions(Functions),
        Function(Function) {}

  void propagate(const TagFlow &Flow);

 private:
  void visit(Instruction &Instruction, const TagFlow &Flow);
  void load(LoadInst &Load, IRBuilder<> &Builder);
  void exchange(Instruction &Instruction, IRBuilder<> &Builder);
  void convert(CallBase &Call, function_ref<IRBuilder<> &()> Behind);

 public:
  TagShadow Shadow;
  TagMemory Memory;
  TagOperations Operations;

 private:
  TagCalls Calls;
  TagCallbacks &Callbacks;
  const TaggedFunctions &Functions;
  llvm::Function &Function;
};

}  // namespace

void FunctionTags::load(LoadInst &Load, IRBuilder<> &Builder) {
  Memory.load(Load, Load.getPointerOperand(), Load.getAlign(), Builder);
  auto Tags = Shadow.of(&Load);
  bool IsAsked = Callbacks.Load && Tags.size() == 1 && !Load.getPointerOperand()->isSwiftError() &&
                 reasonToSkip(Function).empty();
  if (!IsAsked) return;
  Builder.SetInsertPoint(Load.getNextNode());
  Builder.SetCurrentDebugLocation(Load.getDebugLoc());
  auto *Site = Callbacks.site(Callbacks.Load, Load, abi::SiteKind::Load);
  auto Part = leaves(Load.getType(), Function.getDataLayout())[0];
  Shadow.set(&Load,
             Callbacks.call(Callbacks.Load,
                            {bitsOf(leafValue(&Load, Part, Builder), Builder), Tags[0],
                             Load.getPointerOperand(), Builder.getInt32(machineType(Part.Type))},
                            Site, Tags[0], Builder));
}

// An exchange puts a tag in the place of another; arithmetic in memory leaves none.
void FunctionTags::exchange(Instruction &Instruction, IRBuilder<> &Builder) {
  if (auto *Update = dyn_cast<AtomicRMWInst>(&Instruction)) {
    auto *Address = Update->getPointerOperand();
    if (TagMemory::hasNoCells(Address)) return;
    auto *Old = Memory.loadCell(Address, Update->getAlign(), Builder);
    bool IsExchange = Update->getOperation() == AtomicRMWInst::Xchg;
    auto *New = IsExchange ? Shadow.of(Update->getValOperand())[0] : Shadow.none();
    Memory.storeCell(Address, Update->getAlign(), New, Builder);
    Shadow.set(Update, Old);
    return;
  }
  auto *Update = cast<AtomicCmpXchgInst>(&Instruction);
  auto *Address = Update->getPointerOperand();
  if (TagMemory::hasNoCells(Address)) return;
  auto *Old = Memory.loadCell(Address, Update->getAlign(), Builder);
  auto New = Shadow.of(Update->getNewValOperand());
  Builder.SetInsertPoint(Update->getNextNode());
  auto *Succeeded = Builder.CreateExtractValue(Update, 1);
  Memory.storeCell(Address, Update->getAlign(), Builder.CreateSelect(Succeeded, New[0], Old),
                   Builder);
  Shadow.set(Update, {Old, Shadow.none()});
}

// What is converted is loaded beside the call, to have its bits and its tag:
//   %v = load i32, ptr %value
//   %d = call double @"$sSdySdxcSzRzlufC"(ptr %value, ptr @"$ss5Int32VN", …)
void FunctionTags::convert(CallBase &Call, function_ref<IRBuilder<> &()> Behind) {
  auto Conversion = *genericConversion(Call);
  IRBuilder<> Builder(&Call);
  auto *Given =
      Builder.CreateAlignedLoad(Conversion.Source, Call.getArgOperand(0),
                                Function.getDataLayout().getABITypeAlign(Conversion.Source));
  Builder.SetInsertPoint(Given);
  Memory.load(*Given, Given->getPointerOperand(), Given->getAlign(), Builder);
  auto &After = Behind();
  Operations.emit(Call, {Conversion.Number, {Given}, calleeName(Call)}, After);
  Calls.askAround(Call, After);
}

void FunctionTags::visit(Instruction &Instruction, const TagFlow &Flow) {
  if (auto *Phi = dyn_cast<PHINode>(&Instruction)) {
    if (Flow.mayBeTagged(Phi)) Shadow.addPhi(*Phi);
    return;
  }
  IRBuilder<> Builder(&Instruction);
  auto Behind = [&]() -> IRBuilder<> & {
    Builder.SetInsertPoint(Instruction.getNextNode());
    Builder.SetCurrentDebugLocation(Instruction.getDebugLoc());
    return Builder;
  };
  if (auto *Load = dyn_cast<LoadInst>(&Instruction)) return load(*Load, Builder);
  if (auto *Store = dyn_cast<StoreInst>(&Instruction)) {
    auto *Slot = Memory.directSlot(Store->getPointerOperand());
    if (!Slot || Flow.slots().contains(Slot))
      Memory.store(Store->getValueOperand(), Store->getPointerOperand(), Store->getAlign(),
                   Shadow.of(Store->getValueOperand()), Builder);
    return;
  }
  if (isa<AtomicRMWInst, AtomicCmpXchgInst>(Instruction)) return exchange(Instruction, Builder);
  if (auto *Return = dyn_cast<ReturnInst>(&Instruction)) return Calls.leave(*Return);
  if (auto *Branch = dyn_cast<BranchInst>(&Instruction)) {
    if (Branch->isConditional()) Operations.branch(*Branch, Branch->getCondition(), Builder);
    return;
  }
  if (auto *Switch = dyn_cast<SwitchInst>(&Instruction))
    return Operations.branch(*Switch, Switch->getCondition(), Builder);
  if (auto *Select = dyn_cast<SelectInst>(&Instruction))
    Operations.branch(*Select, Select->getCondition(), Builder);
  if (!Instruction.isTerminator() && Shadow.moves(Instruction, Behind())) return;
  if (auto *Call = dyn_cast<CallBase>(&Instruction)) {
    switch (auto Kind = Functions.kind(*Call)) {
      case CallKind::Nothing: return;
      case CallKind::HandsOn: return Shadow.set(Call, Shadow.of(TaggedFunctions::handedOn(*Call)));
      case CallKind::Copy:
        Builder.SetInsertPoint(Call);
        return Memory.copy(*cast<MemTransferInst>(Call), Builder);
      case CallKind::Fill: {
        Builder.SetInsertPoint(Call);
        auto *Fill = cast<MemSetInst>(Call);
        if (!Memory.directSlot(Fill->getDest()))
          Memory.clear(Fill->getDest(), Fill->getLength(), Fill->getDestAlign().valueOrOne(),
                       Builder);
        return;
      }
      case CallKind::Allocation:
        return Memory.clear(Call, Call->getArgOperand(Call->arg_size() - 1), Align(1), Builder);
      case CallKind::Operation: break;
      case CallKind::Conversion: return convert(*Call, Behind);
      default: return Calls.call(*Call, Kind);
    }
  }
  if (Instruction.isTerminator()) return;
  auto Operation = machineOperation(Instruction);
  if (!Operation) return;
  Operations.emit(Instruction, *Operation, Behind());
  if (auto *Call = dyn_cast<CallBase>(&Instruction)) Calls.askAround(*Call, Builder);
}

void FunctionTags::propagate(const TagFlow &Flow) {
  SmallVector<Instruction *> All;
  ReversePostOrderTraversal<llvm::Function *> Order(&Function);
  for (auto *Block : Order)
    for (auto &Instruction : *Block) All.push_back(&Instruction);
  Calls.enter([&](const Value *Value) { return Flow.mayBeTagged(Value); });
  for (auto *Instruction : All) visit(*Instruction, Flow);
  Shadow.completePhis();
  Memory.clearStack(Flow.slots());
  gatherStaticAllocas(Function);
  TagMemory::separate(Function);
}

// Stack slots become values, and those have their tags in registers.
static void simplify(Function &Function, FunctionAnalysisManager &Analyses) {
  Analyses.invalidate(Function, PreservedAnalyses::none());
  Analyses.invalidate(Function, SROAPass(SROAOptions::PreserveCFG).run(Function, Analyses));
}

bool propagateTags(Module &Module, const Context &Context, SiteTable &Sites,
                   FunctionAnalysisManager *Analyses) {
  TagCallbacks Callbacks(Module, Context, Sites);
  if (!Callbacks.areThere()) return false;
  TaggedFunctions Functions(Module, Callbacks.Operation);
  if (Analyses)
    for (auto *Function : Functions.functions()) simplify(*Function, *Analyses);
  StringMap<Constant *> Losses;
  // Who returns tags depends on whom it calls.
  for (bool IsNew = true; IsNew;) {
    IsNew = false;
    for (auto *Function : Functions.functions()) {
      if (Function->getReturnType()->isVoidTy() || Functions.ReturnTags.contains(Function))
        continue;
      FunctionTags Tags(*Function, Callbacks, Functions, Losses);
      if (TagFlow(*Function, Tags.Memory, Tags.Operations, Callbacks, Functions).returnsTag())
        IsNew = Functions.ReturnTags.insert(Function).second;
    }
  }
  for (auto *Function : Functions.functions()) {
    FunctionTags Tags(*Function, Callbacks, Functions, Losses);
    Tags.propagate(TagFlow(*Function, Tags.Memory, Tags.Operations, Callbacks, Functions));
  }
  referToTags(Module);
  return true;
}

}  // namespace rayc
