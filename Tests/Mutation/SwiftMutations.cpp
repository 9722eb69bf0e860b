#include "Mutant.h"

#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

static constexpr Attribute::AttrKind Parameters[] = {
    Attribute::SwiftSelf, Attribute::SwiftError, Attribute::SwiftAsync, Attribute::InReg,
    Attribute::NoAlias,   Attribute::ReadOnly,   Attribute::NonNull,    Attribute::ZExt};
static constexpr Attribute::AttrKind Results[] = {Attribute::NoReturn, Attribute::ReturnsTwice,
                                                  Attribute::NoUnwind, Attribute::Convergent,
                                                  Attribute::WillReturn};
static constexpr CallingConv::ID Conventions[] = {CallingConv::C, CallingConv::Swift,
                                                  CallingConv::SwiftTail, CallingConv::Fast,
                                                  CallingConv::PreserveMost};

static Function &pickFunction(Module &Module, Random &Random) {
  return *std::next(Module.begin(), Random.below(Module.size()));
}

static SmallVector<CallBase *> callsOf(Function &Function) {
  SmallVector<CallBase *> Calls;
  for (auto *User : Function.users())
    if (auto *Call = dyn_cast<CallBase>(User); Call && Call->getCalledOperand() == &Function)
      Calls.push_back(Call);
  return Calls;
}

static void rename(Module &Module, Random &Random) {
  auto &Function = pickFunction(Module, Random);
  if (!Function.isIntrinsic()) Function.setName(mutateName(Function.getName(), Random));
}

static void renameVariable(Module &Module, Random &Random) {
  if (Module.global_empty()) return;
  auto &Variable = *std::next(Module.global_begin(), Random.below(Module.global_size()));
  if (Random.chance(0.6)) {
    if (!Variable.getName().starts_with("llvm."))
      Variable.setName(mutateName(Variable.getName(), Random));
  } else if (Random.chance(0.5)) {
    if (Variable.hasInitializer())
      Variable.setInitializer(Constant::getNullValue(Variable.getValueType()));
  } else {
    Variable.setInitializer(nullptr);
    Variable.setLinkage(GlobalValue::ExternalLinkage);
    Variable.setComdat(nullptr);
  }
}

static void renameType(Module &Module, Random &Random) {
  auto Types = Module.getIdentifiedStructTypes();
  if (!Types.empty()) {
    auto *Type = Random.pick(Types);
    Type->setName(mutateName(Type->getName(), Random));
  }
}

// A function and its calls change together, or one of them alone.
static void changeParameter(Module &Module, Random &Random) {
  auto &Function = pickFunction(Module, Random);
  if (Function.isIntrinsic() || Function.arg_empty()) return;
  unsigned At = Random.below(Function.arg_size());
  auto Kind = Random.pick(Parameters);
  bool Adds = !Function.hasParamAttribute(At, Kind);
  auto Change = [&](auto &Where) {
    Adds ? Where.addParamAttr(At, Kind) : Where.removeParamAttr(At, Kind);
  };
  bool Both = Random.chance(0.7);
  if (Both || Random.chance(0.5)) Change(Function);
  for (auto *Call : callsOf(Function))
    if (Both && At < Call->arg_size()) Change(*Call);
}

static void changeConvention(Module &Module, Random &Random) {
  auto &Function = pickFunction(Module, Random);
  if (Function.isIntrinsic()) return;
  auto Convention = Random.pick(Conventions);
  Function.setCallingConv(Convention);
  if (Random.chance(0.8))
    for (auto *Call : callsOf(Function)) Call->setCallingConv(Convention);
}

static void changeCall(Module &Module, Random &Random) {
  auto &Function = pickFunction(Module, Random);
  auto Calls = callsOf(Function);
  if (Calls.empty() || Function.isIntrinsic()) return;
  auto &Call = *Random.pick(Calls);
  auto *Plain = dyn_cast<CallInst>(&Call);
  static constexpr CallInst::TailCallKind Kinds[] = {CallInst::TCK_MustTail, CallInst::TCK_Tail,
                                                     CallInst::TCK_NoTail, CallInst::TCK_None};
  if (Plain && Random.chance(0.5))
    Plain->setTailCallKind(Random.pick(Kinds));
  else if (Random.chance(0.5))
    Call.addFnAttr(Random.pick(Results));
  else
    Call.setCalledFunction(&pickFunction(Module, Random));
}

static void dropLocation(Module &Module, Random &Random) {
  auto &Function = pickFunction(Module, Random);
  for (auto &Instruction : instructions(Function))
    if (Random.chance(0.3)) Instruction.setDebugLoc(DebugLoc());
}

// Debug information: a name or identifier changes, or a node is replaced by another of its kind.
static bool reaches(const MDNode *From, const MDNode *To) {
  SmallPtrSet<const MDNode *, 32> Seen{From};
  SmallVector<const MDNode *> Open{From};
  while (!Open.empty()) {
    auto *Node = Open.pop_back_val();
    if (Node == To) return true;
    for (auto &Operand : Node->operands())
      if (auto *Next = dyn_cast_or_null<MDNode>(Operand.get()); Next && Seen.insert(Next).second)
        Open.push_back(Next);
  }
  return false;
}

static void changeDebugInfo(Module &Module, Random &Random) {
  DebugInfoFinder Finder;
  Finder.processModule(Module);
  SmallVector<MDNode *> Nodes(Finder.subprograms());
  Nodes.append(Finder.types().begin(), Finder.types().end());
  Nodes.append(Finder.scopes().begin(), Finder.scopes().end());
  if (Nodes.empty()) return;
  auto *Node = Random.pick(Nodes);
  if (!Node->getNumOperands()) return;
  unsigned At = Random.below(Node->getNumOperands());
  auto *Operand = Node->getOperand(At).get();
  if (auto *Text = dyn_cast_or_null<MDString>(Operand))
    return Node->replaceOperandWith(
        At, MDString::get(Module.getContext(), mutateName(Text->getString(), Random)));
  if (Random.chance(0.3)) return Node->replaceOperandWith(At, nullptr);
  auto *Other = Random.pick(Nodes);
  // LLVM's verifier follows scopes that go in a circle for ever.
  if (Operand && Operand->getMetadataID() == Other->getMetadataID() && !reaches(Other, Node))
    Node->replaceOperandWith(At, Other);
}

static void dropModuleMetadata(Module &Module, Random &Random) {
  for (auto &Named : make_early_inc_range(Module.named_metadata()))
    if (Random.chance(0.3)) Named.eraseFromParent();
}

static void makeAlias(Module &Module, Random &Random) {
  auto &Function = pickFunction(Module, Random);
  if (Function.isDeclaration() || Function.isIntrinsic() ||
      Function.hasAvailableExternallyLinkage())
    return;
  auto *Alias = GlobalAlias::create(Function.getValueType(), 0, GlobalValue::InternalLinkage,
                                    Function.getName() + "mutant", &Function, &Module);
  for (auto *Call : callsOf(Function))
    if (Random.chance(0.5)) Call->setCalledOperand(Alias);
}

static void changeAllocation(Module &Module, Random &Random) {
  SmallVector<AllocaInst *> Allocas;
  for (auto &Function : Module)
    for (auto &Instruction : instructions(Function))
      if (auto *Alloca = dyn_cast<AllocaInst>(&Instruction)) Allocas.push_back(Alloca);
  if (Allocas.empty()) return;
  auto *Alloca = Random.pick(Allocas);
  if (Random.chance(0.5))
    Alloca->setSwiftError(!Alloca->isSwiftError());
  else if (auto *Next = Alloca->getNextNode(); Next && !Next->isTerminator())
    Alloca->moveAfter(Next);
}

void mutateSwift(Module &Module, Random &Random) {
  using Mutation = void (*)(llvm::Module &, rayc::Random &);
  static constexpr Mutation Mutations[] = {
      rename,          rename,           renameVariable,  renameType,         changeParameter,
      changeParameter, changeConvention, changeCall,      changeCall,         dropLocation,
      changeDebugInfo, changeDebugInfo,  changeDebugInfo, dropModuleMetadata, makeAlias,
      changeAllocation};
  if (!Module.empty()) Random.pick(Mutations)(Module, Random);
}

}  // namespace rayc
