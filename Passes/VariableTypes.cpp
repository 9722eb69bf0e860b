#include "FunctionTypes.h"

#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;

// `$τ_0_1`, as debug information calls the metadata of a function's generic parameters.
static std::optional<std::pair<unsigned, unsigned>> parameterName(StringRef Name) {
  if (!Name.consume_front("$\xcf\x84_")) return std::nullopt;
  auto [Depth, Index] = Name.split('_');
  unsigned D, I;
  if (Depth.getAsInteger(10, D) || Index.getAsInteger(10, I)) return std::nullopt;
  return std::make_pair(D, I);
}

void FunctionTypes::nameVariable(Value *Address, const DILocalVariable *Variable, bool IsInlined) {
  auto *Type = Types.Debug.type(Variable->getType());
  if (!Type || (IsInlined && mentionsParameter(Type))) return;
  auto [At, IsNew] = Variables.try_emplace(Address, Type);
  // One address, two types: neither is believed.
  if (!IsNew && At->second && key(At->second) != key(Type)) At->second = nullptr;
}

// A value of a class is the address of its object.
void FunctionTypes::nameReferences(ArrayRef<Value *> Values, const DILocalVariable *Variable,
                                   bool IsInlined) {
  auto *Type = Types.Debug.type(Variable->getType());
  if (!Type || (IsInlined && mentionsParameter(Type))) return;
  auto *Nominal = Type->Kind == Kind::BoundGeneric ? Type->child(0) : Type;
  if (Nominal->Kind != Kind::Class) return;
  for (auto *Value : Values) {
    if (!Value->getType()->isPointerTy()) continue;
    auto [At, IsNew] = References.try_emplace(Value, Type);
    if (!IsNew && At->second && key(At->second) != key(Type)) At->second = nullptr;
  }
}

// A function is two words: its address and its context.
void FunctionTypes::nameFunction(Value *Value, const DILocalVariable *Variable, bool IsInlined) {
  auto *Type = Types.Debug.type(Variable->getType());
  if (!Type || Type->Kind != Kind::Function || (IsInlined && mentionsParameter(Type))) return;
  auto [At, IsNew] = Functions.try_emplace(Value, Type);
  if (!IsNew && At->second && key(At->second) != key(Type)) At->second = nullptr;
}

// What is stored in the first word of a function: `store ptr %f, (gep %swift.function, 0, 0)`.
static void storedFunctions(Value *Address, SmallVectorImpl<Value *> &Found) {
  for (auto *User : Address->users()) {
    auto *Store = dyn_cast<StoreInst>(User);
    if (Store && Store->getPointerOperand() == Address) Found.push_back(Store->getValueOperand());
    auto *Step = dyn_cast<GEPOperator>(User);
    if (Step && Step->getPointerOperand() == Address && Step->hasAllZeroIndices())
      storedFunctions(Step, Found);
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
      if (Record.isDbgDeclare() && Elements.empty()) {
        SmallVector<Value *, 2> Functions;
        storedFunctions(Location, Functions);
        for (auto *Function : Functions) nameFunction(Function, Variable, IsInlined);
      }
      bool IsFirstWord = Elements.size() == 3 && Elements[0] == dwarf::DW_OP_LLVM_fragment &&
                         Elements[1] == 0 && Elements[2] == 64;
      if (Record.isDbgValue() && IsFirstWord) nameFunction(Location, Variable, IsInlined);
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

FunctionTypes::FunctionTypes(SwiftTypes &Types, llvm::Function &Function)
    : Types(Types), Function(Function) {
  readDebugInfo();
  nameSelfMetadata();
  groupLoads();
}

}  // namespace rayc
