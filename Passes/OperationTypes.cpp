// Stage 2: the types of operators' operands and results.
#include "FunctionTypes.h"
#include "Plumbing.h"
#include "ValueType.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Node = const NameNode *;

static std::optional<bool> signOf(StringRef Mangled) {
  return StringSwitch<std::optional<bool>>(Mangled)
      .Cases({"Si", "s4Int8V", "s5Int16V", "s5Int32V", "s5Int64V", "s6Int128V"}, true)
      .Cases({"Su", "s5UInt8V", "s6UInt16V", "s6UInt32V", "s6UInt64V", "s7UInt128V"}, false)
      .Default(std::nullopt);
}

static unsigned widthOf(StringRef Mangled) {
  if (Mangled == "Si" || Mangled == "Su") return 64;
  unsigned Width = 0;
  Mangled.drop_until([](char C) { return C == 't'; })
      .drop_front()
      .drop_back()
      .getAsInteger(10, Width);
  return Width;
}

// What is known of a value of debug information's: variables, by the value that they have.
void FunctionTypes::nameNumbers() {
  if (HasNumbers) return;
  HasNumbers = true;
  auto Enter = [&](Value *Value, const DILocalVariable *Variable) {
    if (!Value->getType()->isIntegerTy() || isa<Constant>(Value)) return;
    auto *Type = Types.Debug.type(Variable->getType());
    auto [At, IsNew] = Numbers.try_emplace(Value, Type);
    if (!IsNew &&
        (!Type || !At->second || MangledNames::write(At->second) != MangledNames::write(Type)))
      At->second = nullptr;
  };
  for (auto &Instruction : instructions(Function))
    for (DbgVariableRecord &Record : filterDbgVars(Instruction.getDbgRecordRange())) {
      if (Record.getNumVariableLocationOps() != 1 || Record.getExpression()->getNumElements())
        continue;
      auto *Location = Record.getVariableLocationOp(0);
      if (!Location) continue;
      if (!Record.isDbgDeclare()) {
        Enter(Location, Record.getVariable());
        continue;
      }
      for (auto *User : Location->users())
        if (auto *Store = dyn_cast<StoreInst>(User);
            Store && Store->getPointerOperand() == Location)
          Enter(Store->getValueOperand(), Record.getVariable());
    }
}

// The type of what lies at an address, as far as its last step says: `gep %TSi, ptr %p, 0, 0`.
Node FunctionTypes::stepType(Value *Address) {
  auto *Step = dyn_cast<GEPOperator>(Address);
  auto *Struct = Step ? dyn_cast<StructType>(Step->getSourceElementType()) : nullptr;
  return Struct && Step->hasAllConstantIndices() && Step->getNumIndices() == 2
             ? Types.structType(Struct)
             : nullptr;
}

// What says where a number comes from: a variable, a call, memory.
void FunctionTypes::collectOrigins(Value *Value, SmallVectorImpl<Node> &Found) {
  nameNumbers();
  auto Known = Numbers.find(Value);
  if (Known != Numbers.end() && Known->second) Found.push_back(Known->second);
  if (auto *Load = dyn_cast<LoadInst>(Value))
    if (auto *Type = stepType(Load->getPointerOperand())) Found.push_back(Type);
  if (auto *Type = typeOfValue(Value)) Found.push_back(Type);
}

// What says where it goes: a variable, memory, a call.
void FunctionTypes::collectUses(Value *Value, SmallVectorImpl<Node> &Found) {
  nameNumbers();
  auto Known = Numbers.find(Value);
  if (Known != Numbers.end() && Known->second) Found.push_back(Known->second);
  for (auto &Use : Value->uses()) {
    auto *User = Use.getUser();
    if (auto *Part = dyn_cast<ExtractValueInst>(User)) {
      if (isa<WithOverflowInst>(Value) && Part->getIndices()[0] == 0) collectUses(Part, Found);
    } else if (auto *Store = dyn_cast<StoreInst>(User)) {
      if (Use.getOperandNo() != 0) continue;
      if (auto *Type = stepType(Store->getPointerOperand())) Found.push_back(Type);
    } else if (auto *Call = dyn_cast<CallBase>(User); Call && !isa<IntrinsicInst>(Call)) {
      for (auto &Argument : arguments(*Call))
        if (Argument.Parts.size() == 1 && Argument.Parts[0].first == Use.getOperandNo() &&
            Argument.Value.Typing == Typing::Exact)
          Found.push_back(Argument.Value.Type);
    }
  }
}

// The number type that all agree on, of a width and, where it matters, a sign; null: there is none.
static Node agreed(ArrayRef<Node> Found, unsigned Width, std::optional<bool> Signed) {
  Node Agreed = nullptr;
  std::string Name;
  for (auto *Type : Found) {
    auto Mangled = MangledNames::write(Type);
    auto Sign = Mangled ? signOf(*Mangled) : std::nullopt;
    if (!Sign || widthOf(*Mangled) != Width) return nullptr;
    if (Signed && *Signed != *Sign) return nullptr;
    if (Agreed && Name != *Mangled) return nullptr;
    Agreed = Type;
    Name = *Mangled;
  }
  return Agreed;
}

// Of numbers, Double, Float and Bool have registers of their own.
ValueTyping FunctionTypes::numberTyping(Type *Type, Node Number, const Instruction *At) {
  if (Number) return finish(Number, At);
  auto Machine = valueType(Type);
  bool IsExact =
      Machine && (Machine->Mangled == "Sd" || Machine->Mangled == "Sf" || Machine->Mangled == "Sb");
  return IsExact ? finish(Types.Names.readType(Machine->Mangled), At)
                 : ValueTyping(Typing::Operator);
}

OperationTyping FunctionTypes::operation(Instruction &Result, const Operation &Operation) {
  OperationTyping Typed;
  auto *Source = Operation.Source;
  auto *ResultType = Result.getType();
  if (auto *Pair = dyn_cast<StructType>(ResultType)) ResultType = Pair->getElementType(0);
  auto Width = [](Type *Type) { return Type->isIntegerTy() ? Type->getIntegerBitWidth() : 0; };
  SmallVector<Node> Uses;
  if (Width(ResultType) > 1) collectUses(&Result, Uses);
  auto Signed = Source ? isSigned(*Source) : std::nullopt;
  bool IsOne = Source && isOfOneType(*Source);
  // A type that only changes its name on the way is no instruction: so origin and use both count.
  SmallVector<Node> Both(Uses);
  bool HasOrigins = true;
  unsigned Count = Source ? (isa<CallBase>(Source) ? cast<CallBase>(Source)->arg_size()
                                                   : Source->getNumOperands())
                          : 0;
  SmallVector<SmallVector<Node>> Origins(Count);
  for (unsigned I = 0; I < Count; I++) {
    auto *Operand = Source->getOperand(I);
    if (isa<llvm::Constant>(Operand) || Width(Operand->getType()) <= 1) continue;
    collectOrigins(Operand, Origins[I]);
    bool IsShifted =
        I == 1 && isa<BinaryOperator>(Source) && cast<BinaryOperator>(Source)->isShift();
    if (IsShifted) continue;
    HasOrigins &= !Origins[I].empty();
    Both.append(Origins[I]);
  }
  auto *Number = (IsOne ? HasOrigins && !Uses.empty() : !Uses.empty())
                     ? agreed(IsOne ? ArrayRef(Both) : ArrayRef(Uses), Width(ResultType),
                              IsOne ? Signed : std::nullopt)
                     : nullptr;
  Typed.Result = numberTyping(ResultType, Number, &Result);
  bool IsComparison = Source && isa<CmpInst>(Source);
  for (unsigned I = 0; I < Count; I++) {
    auto *Type = Source->getOperand(I)->getType();
    Node Known = nullptr;
    if (IsOne)
      Known = Type == ResultType ? Number : nullptr;
    else if (IsComparison ? HasOrigins && Both.size() > Uses.size() : !Origins[I].empty())
      Known = agreed(IsComparison ? ArrayRef(Both).drop_front(Uses.size()) : ArrayRef(Origins[I]),
                     Width(Type), Signed);
    ArgumentTyping Argument;
    Argument.Value = numberTyping(Type, Known, &Result);
    // `- x` is `0 - x`; `!x` and `~x` are `x ^ true`.
    auto *Constant = dyn_cast<llvm::Constant>(Source->getOperand(I));
    bool IsConstant = Constant && (Operation.Symbol != "-" || Constant->isNullValue());
    bool IsPrefix = Operation.Symbol == "!" || Operation.Symbol == "~" ||
                    (Operation.Symbol == "-" && I == 0 && Source->getNumOperands() > 1);
    if (IsPrefix && IsConstant) continue;
    Argument.Parts.push_back({I, 0});
    Typed.Operands.push_back(std::move(Argument));
  }
  return Typed;
}

}  // namespace rayc
