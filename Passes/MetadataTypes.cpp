#include "FunctionTypes.h"
#include "GenericArguments.h"
#include "SiteSelector.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// One text for equal types: levels of generic arguments make no difference, nor does the
// protocol that a member's name comes from.
std::string FunctionTypes::key(Node Type) {
  std::string Text = std::to_string(unsigned(Type->Kind)) + Type->Text;
  if (Type->Kind == Kind::GenericParameter)
    Text += std::to_string(Type->Depth) + "." + std::to_string(Type->Index);
  Text += '(';
  if (Type->Kind == Kind::BoundGeneric) {
    Text += key(Type->child(0));
    for (auto *Level : reverse(drop_begin(Type->Children)))
      for (auto *Argument : Level->Children) Text += ',' + key(Argument);
  } else {
    unsigned Count = Type->Kind == Kind::DependentMember ? 2 : Type->Children.size();
    for (auto *Child : ArrayRef(Type->Children).take_front(Count)) Text += ',' + key(Child);
  }
  return Text + ')';
}

// The metadata in an array that is handed to an accessor: `store ptr %metadata, (gep %array, I)`.
static SmallVector<Value *> elementsOf(Value *Array) {
  SmallVector<Value *> Elements;
  auto *Slot = dyn_cast<AllocaInst>(Array);
  auto *Type = Slot ? dyn_cast<ArrayType>(Slot->getAllocatedType()) : nullptr;
  if (!Type || !Type->getElementType()->isPointerTy()) return Elements;
  Elements.resize(Type->getNumElements());
  for (auto *User : Slot->users()) {
    auto *Step = dyn_cast<GEPOperator>(User);
    if (!Step || Step->getSourceElementType() != Type || !Step->hasAllConstantIndices()) continue;
    auto Index = cast<ConstantInt>(Step->getOperand(Step->getNumOperands() - 1))->getZExtValue();
    for (auto *Use : Step->users()) {
      auto *Store = dyn_cast<StoreInst>(Use);
      // Written twice: it is not known which one is meant.
      if (!Store || Index >= Elements.size() || Elements[Index]) return {};
      Elements[Index] = Store->getValueOperand();
    }
  }
  return Elements;
}

// `call @…Ma(request, %metadata…)`, or with more than three in an array.
Node FunctionTypes::accessedType(const CallBase &Accessor) {
  auto &Parts = Types.Names.read(calleeName(Accessor));
  if (Parts.size() != 1 || Parts[0]->Kind != Kind::Suffix || !Parts[0]->child(0)->isNominal() ||
      !Types.areAllArguments(Parts[0]->child(0)))
    return nullptr;
  auto Count = Types.arity(Parts[0]->child(0));
  if (!Count) return nullptr;
  SmallVector<Value *> Given;
  for (auto &Argument : drop_begin(Accessor.args())) Given.push_back(Argument);
  if (Given.size() == 1 && isa<AllocaInst>(Given[0])) Given = elementsOf(Given[0]);
  if (Given.size() < *Count) return nullptr;
  SmallVector<Node> Arguments;
  for (auto *Argument : ArrayRef(Given).take_front(*Count)) {
    auto *Type = Argument ? metadata(Argument) : nullptr;
    if (!Type) return nullptr;
    Arguments.push_back(Type);
  }
  return Types.bound(Parts[0]->child(0), Arguments);
}

// Names of a tuple's elements, as the runtime takes them: `lower upper `.
Node FunctionTypes::tupleType(ArrayRef<Value *> Elements, Value *Labels) {
  SmallVector<StringRef> Names;
  StringRef Text;
  if (!isa<ConstantPointerNull>(Labels)) {
    if (!getConstantStringInfo(Labels, Text)) return nullptr;
    Text.split(Names, ' ');
  }
  SmallVector<Node> Children;
  for (auto [I, Element] : enumerate(Elements)) {
    auto *Type = metadata(Element);
    if (!Type) return nullptr;
    bool HasName = I < Names.size() && !Names[I].empty();
    Node Label = HasName ? Types.Names.make(Kind::Identifier, Names[I]) : nullptr;
    Children.push_back(Types.Names.make(Kind::TupleElement, "", {Type, Label}));
  }
  return Types.Names.make(Kind::Tuple, "", Children);
}

// `load (gep ptr, %metadata, 2 + I)`: an argument of a generic struct or enum.
Node FunctionTypes::argumentIn(LoadInst &Load) {
  auto *Step = dyn_cast<GEPOperator>(Load.getPointerOperand());
  if (!Load.hasMetadata(LLVMContext::MD_invariant_load) || !Step || Step->getNumIndices() != 1 ||
      !Step->getSourceElementType()->isPointerTy())
    return nullptr;
  auto *Index = dyn_cast<ConstantInt>(*Step->idx_begin());
  auto *Around =
      Index && Index->getSExtValue() >= 2 ? metadata(Step->getPointerOperand()) : nullptr;
  if (!Around || Around->Kind != Kind::BoundGeneric || Around->child(0)->Kind == Kind::Class ||
      !Types.areAllArguments(Around->child(0)))
    return nullptr;
  SmallVector<Node> All;
  appendArguments(Around, All);
  uint64_t Number = Index->getZExtValue() - 2;
  return Number < All.size() ? All[Number] : nullptr;
}

Node FunctionTypes::dynamicMetadata(Value *Value) {
  auto *Origin = Value->stripPointerCasts();
  if (auto *Extract = dyn_cast<ExtractValueInst>(Origin)) {
    if (Extract->getNumIndices() != 1 || Extract->getIndices()[0] != 0) return nullptr;
    Origin = Extract->getAggregateOperand();
  }
  if (auto *Known = Types.metadata(Origin)) return Known;
  if (auto *Load = dyn_cast<LoadInst>(Origin)) return argumentIn(*Load);
  auto *Call = dyn_cast<CallBase>(Origin);
  if (!Call) return nullptr;
  auto Name = calleeName(*Call);
  auto &Names = Types.Names;
  if (Name == "swift_checkMetadataState") return metadata(Call->getArgOperand(1));
  if (Name == "swift_getAssociatedTypeWitness") {
    auto *Base = metadata(Call->getArgOperand(2));
    auto &Parts = Names.read(Call->getArgOperand(4)->getName());
    if (!Base || Parts.empty() || Parts[0]->Kind != Kind::Identifier ||
        Parts.back()->Kind != Kind::Suffix || Parts.back()->Text != "Tl")
      return nullptr;
    auto *Protocol = Parts.size() > 1 && Parts[1]->Kind == Kind::Protocol ? Parts[1] : nullptr;
    return Names.make(Kind::DependentMember, "", {Base, Parts[0], Protocol});
  }
  if (Name == "swift_getMetatypeMetadata") {
    auto *Instance = metadata(Call->getArgOperand(0));
    return Instance ? Names.make(Kind::Metatype, "m", {Instance}) : nullptr;
  }
  if (Name == "swift_getTupleTypeMetadata2")
    return tupleType({Call->getArgOperand(1), Call->getArgOperand(2)}, Call->getArgOperand(3));
  if (Name == "swift_getTupleTypeMetadata3")
    return tupleType({Call->getArgOperand(1), Call->getArgOperand(2), Call->getArgOperand(3)},
                     Call->getArgOperand(4));
  return Name.ends_with("Ma") && Call->arg_size() > 1 ? accessedType(*Call) : nullptr;
}

// The type whose metadata a value is; null: it is none, or not known.
Node FunctionTypes::metadata(Value *Value) {
  if (auto Known = Metadata.find(Value); Known != Metadata.end()) return Known->second;
  Metadata[Value] = nullptr;
  return Metadata[Value] = dynamicMetadata(Value);
}

Value *FunctionTypes::metadataFor(Node Type, const Instruction *At) {
  if (MetadataOf.empty()) {
    for (auto &Argument : Function.args())
      if (auto *Known = metadata(&Argument)) MetadataOf[key(Known)].push_back(&Argument);
    for (auto &Instruction : instructions(Function))
      if (Instruction.getType()->isPointerTy())
        if (auto *Known = metadata(&Instruction)) MetadataOf[key(Known)].push_back(&Instruction);
    MetadataOf.try_emplace("");
  }
  auto Found = MetadataOf.find(key(Type));
  if (Found == MetadataOf.end()) return nullptr;
  if (!Dominators) Dominators.emplace(Function);
  for (auto *Value : Found->second) {
    auto *Instruction = dyn_cast<llvm::Instruction>(Value);
    if (!Instruction || Dominators->dominates(Instruction, At)) return Value;
  }
  return nullptr;
}

}  // namespace rayc
