#include "FunctionTypes.h"
#include "SiteSelector.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// One text for equal types: levels of generic arguments make no difference, nor does the
// protocol that a member's name comes from.
static std::string key(Node Type) {
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

// `$τ_0_1`, as debug information calls the metadata of a function's generic parameters.
static std::optional<std::pair<unsigned, unsigned>> parameterName(StringRef Name) {
  if (!Name.consume_front("$\xcf\x84_")) return std::nullopt;
  auto [Depth, Index] = Name.split('_');
  unsigned D, I;
  if (Depth.getAsInteger(10, D) || Index.getAsInteger(10, I)) return std::nullopt;
  return std::make_pair(D, I);
}

void FunctionTypes::nameVariable(Value *Address, const DILocalVariable *Variable, bool IsInlined) {
  auto *Type = Types.debugType(Variable->getType());
  if (!Type || (IsInlined && mentionsParameter(Type))) return;
  auto [At, IsNew] = Variables.try_emplace(Address, Type);
  // One address, two types: neither is believed.
  if (!IsNew && At->second && key(At->second) != key(Type)) At->second = nullptr;
}

// A value of a class is the address of its object.
void FunctionTypes::nameReferences(ArrayRef<Value *> Values, const DILocalVariable *Variable,
                                   bool IsInlined) {
  auto *Type = Types.debugType(Variable->getType());
  if (!Type || (IsInlined && mentionsParameter(Type))) return;
  auto *Nominal = Type->Kind == Kind::BoundGeneric ? Type->child(0) : Type;
  if (Nominal->Kind != Kind::Class) return;
  for (auto *Value : Values) {
    if (!Value->getType()->isPointerTy()) continue;
    auto [At, IsNew] = References.try_emplace(Value, Type);
    if (!IsNew && At->second && key(At->second) != key(Type)) At->second = nullptr;
  }
}

void FunctionTypes::readDebugInfo() {
  for (auto &Instruction : instructions(Function)) {
    for (DbgVariableRecord &Record : filterDbgVars(Instruction.getDbgRecordRange())) {
      if (Record.getNumVariableLocationOps() != 1) continue;
      auto *Location = Record.getVariableLocationOp(0);
      auto *Variable = Record.getVariable();
      if (!Location || isa<UndefValue>(Location) || !Location->getType()->isPointerTy()) continue;
      bool IsInlined = Record.getDebugLoc().getInlinedAt();
      auto Elements = Record.getExpression()->getElements();
      bool IsPlain = Elements.empty();
      bool IsBehind = Elements.size() == 1 && Elements[0] == dwarf::DW_OP_deref;
      SmallVector<Value *, 2> Stored;
      if (Record.isDbgDeclare())
        for (auto *User : Location->users())
          if (auto *Store = dyn_cast<StoreInst>(User);
              Store && Store->getPointerOperand() == Location)
            Stored.push_back(Store->getValueOperand());
      if (auto Parameter = parameterName(Variable->getName())) {
        if (IsInlined || !IsPlain) continue;
        auto *Type = Types.Names.make(Kind::GenericParameter);
        Type->Depth = Parameter->first;
        Type->Index = Parameter->second;
        if (!Record.isDbgDeclare()) Stored.push_back(Location);
        for (auto *Value : Stored) Metadata[Value] = Type;
      } else if (Record.isDbgDeclare() && IsPlain) {
        nameVariable(Location, Variable, IsInlined);
        nameReferences(Stored, Variable, IsInlined);
      } else if (Record.isDbgValue() && IsPlain) {
        nameReferences({Location}, Variable, IsInlined);
      } else if (Record.isDbgDeclare() && IsBehind) {
        for (auto *Value : Stored) nameVariable(Value, Variable, IsInlined);
      } else if (Record.isDbgValue() && IsBehind) {
        nameVariable(Location, Variable, IsInlined);
      }
    }
  }
}

// Names of a tuple's elements, as the runtime takes them: `lower upper `.
static std::optional<std::string> constantText(Value *Value) {
  StringRef Text;
  return getConstantStringInfo(Value, Text) ? std::optional(Text.str()) : std::nullopt;
}

Node FunctionTypes::dynamicMetadata(Value *Value) {
  auto *Origin = Value->stripPointerCasts();
  if (auto *Extract = dyn_cast<ExtractValueInst>(Origin)) {
    if (Extract->getNumIndices() != 1 || Extract->getIndices()[0] != 0) return nullptr;
    Origin = Extract->getAggregateOperand();
  }
  if (auto *Known = Types.metadata(Origin)) return Known;
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
  if (Name == "swift_getTupleTypeMetadata2" || Name == "swift_getTupleTypeMetadata3") {
    unsigned Count = Name.back() - '0';
    SmallVector<StringRef> Labels;
    std::string Text;
    if (!isa<ConstantPointerNull>(Call->getArgOperand(1 + Count))) {
      auto Found = constantText(Call->getArgOperand(1 + Count));
      if (!Found) return nullptr;
      Text = *Found;
      StringRef(Text).split(Labels, ' ');
    }
    SmallVector<Node> Elements;
    for (unsigned I = 0; I < Count; I++) {
      auto *Type = metadata(Call->getArgOperand(1 + I));
      if (!Type) return nullptr;
      Node Label = I < Labels.size() && !Labels[I].empty() ? Names.make(Kind::Identifier, Labels[I])
                                                           : nullptr;
      Elements.push_back(Names.make(Kind::TupleElement, "", {Type, Label}));
    }
    return Names.make(Kind::Tuple, "", Elements);
  }
  if (Name.ends_with("Ma") && Call->arg_size() > 1) {
    auto &Parts = Names.read(Name);
    if (Parts.size() != 1 || Parts[0]->Kind != Kind::Suffix || !Parts[0]->child(0)->isNominal())
      return nullptr;
    auto Count = Types.arity(Parts[0]->child(0));
    if (!Count || Call->arg_size() < 1 + *Count || Call->arg_size() > 4) return nullptr;
    SmallVector<Node> Arguments;
    for (unsigned I = 0; I < *Count; I++) {
      auto *Type = metadata(Call->getArgOperand(1 + I));
      if (!Type) return nullptr;
      Arguments.push_back(Type);
    }
    return Names.make(Kind::BoundGeneric, "",
                      {Parts[0]->child(0), Names.make(Kind::TypeList, "", Arguments)});
  }
  return nullptr;
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

FunctionTypes::FunctionTypes(SwiftTypes &Types, llvm::Function &Function)
    : Types(Types), Function(Function) {
  readDebugInfo();
  nameSelfMetadata();
  groupLoads();
}

}  // namespace rayc
