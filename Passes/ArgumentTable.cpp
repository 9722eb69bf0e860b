#include "SiteTable.h"

using namespace llvm;

namespace rayc {

bool isDynamic(const ValueTyping &Value) {
  return Value.Typing == Typing::Exact && (Value.Metadata || !Value.Parameters.empty());
}

std::optional<ValueType> machineType(const ArgumentTyping &Argument,
                                     const Instruction &Instruction) {
  SmallVector<Type *> Types;
  for (auto [Operand, Offset] : Argument.Parts)
    Types.push_back(Instruction.getOperand(Operand)->getType());
  if (Types.empty()) return std::nullopt;
  if (Types.size() == 1) return valueType(Types[0]);
  auto *Struct = StructType::get(Instruction.getContext(), Types);
  auto *Layout = Instruction.getDataLayout().getStructLayout(Struct);
  for (auto [I, Part] : enumerate(Argument.Parts))
    if (Layout->getElementOffset(I) != Part.second) return std::nullopt;
  return valueType(Struct);
}

GlobalVariable *SiteTable::emitArguments(ArrayRef<ArgumentTyping> Arguments,
                                         const Instruction &Instruction) {
  if (Arguments.empty()) return nullptr;
  auto &Context = Module.getContext();
  auto *Int8 = Type::getInt8Ty(Context), *Int16 = Type::getInt16Ty(Context),
       *Int32 = Type::getInt32Ty(Context);
  // One flat record, so that each distance has a field of its own to start from.
  SmallVector<Type *> Types{Int32};
  for (unsigned I = 0; I < Arguments.size(); I++) Types.append({Int32, Int32, Int8, Int8, Int16});
  auto *TableType = StructType::get(Context, Types);
  auto *Table = new GlobalVariable(Module, TableType, true, GlobalValue::PrivateLinkage, nullptr,
                                   "rayc.arguments");
  SmallVector<Constant *> Fields{ConstantInt::get(Int32, Arguments.size())};
  for (auto &Argument : Arguments) {
    auto &Value = Argument.Value;
    auto Machine = machineType(Argument, Instruction);
    bool IsThere = Argument.Address || !Argument.Parts.empty();
    GlobalVariable *Record = nullptr;
    if (IsThere && !isDynamic(Value)) {
      if (Value.Typing == Typing::Exact)
        Record = emitType(Value, Machine);
      else if (Machine)
        Record = emitType(Machine->Mangled);
    }
    unsigned First = Fields.size();
    unsigned Flags = (Argument.IsReceiver ? abi::ArgumentIsReceiver : 0) |
                     (Argument.IsInOut ? abi::ArgumentIsInOut : 0) |
                     (IsThere ? 0 : abi::ArgumentIsAbsent) |
                     (isDynamic(Value) ? abi::ArgumentIsDynamic : 0);
    Fields.push_back(offset(Table, First, Argument.Label));
    Fields.push_back(Record ? offsetTo(Table, First + 1, Record) : ConstantInt::get(Int32, 0));
    Fields.push_back(ConstantInt::get(Int8, unsigned(Value.Typing)));
    Fields.push_back(ConstantInt::get(Int8, Flags));
    Fields.push_back(ConstantInt::get(Int16, 0));
  }
  Table->setInitializer(ConstantStruct::get(TableType, Fields));
  Table->setAlignment(Align(4));
  return Table;
}

}  // namespace rayc
