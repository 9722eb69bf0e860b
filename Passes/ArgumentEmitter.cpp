#include "CallbackEmitter.h"

#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace rayc {

// Slots of this number and up are the arguments'; the value of argument i is in number i more.
static constexpr unsigned FirstSlot = 8;

Value *CallbackEmitter::gather(Instruction &Instruction, ArrayRef<ArgumentTyping> Arguments,
                               IRBuilder<> &Builder) {
  auto *None = ConstantPointerNull::get(Builder.getPtrTy());
  if (Arguments.empty()) return None;
  unsigned Count = Arguments.size();
  bool HasRecords =
      any_of(Arguments, [](const ArgumentTyping &Each) { return isDynamic(Each.Value); });
  auto *ArrayType = llvm::ArrayType::get(Builder.getPtrTy(), HasRecords ? 2 * Count : Count);
  auto *Array = slot(ArrayType, FirstSlot);
  auto Enter = [&](unsigned Place, Value *Address) {
    Builder.CreateStore(Address, Builder.CreateConstInBoundsGEP2_64(ArrayType, Array, 0, Place));
  };
  for (auto [I, Argument] : enumerate(Arguments)) {
    Value *Address = None;
    if (Argument.Address) {
      Address = Instruction.getOperand(*Argument.Address);
    } else if (!Argument.Parts.empty()) {
      Address = storeParts(Argument, Instruction, FirstSlot + I, Builder);
    }
    Enter(I, Address);
    if (isDynamic(Argument.Value))
      Enter(Count + I,
            typeOf(Argument.Value, machineType(Argument, Instruction), Builder, FirstSlot + I));
  }
  return Array;
}

AllocaInst *CallbackEmitter::storeParts(const ArgumentTyping &Argument, Instruction &Instruction,
                                        unsigned Number, IRBuilder<> &Builder) {
  auto &Layout = Module.getDataLayout();
  auto MemoryOf = [&](Value *Operand) {
    auto Type = valueType(Operand->getType());
    return Type ? Type->Memory : Operand->getType();
  };
  if (Argument.Parts.size() == 1) {
    auto *Operand = Instruction.getOperand(Argument.Parts[0].first);
    auto *Memory = slot(MemoryOf(Operand), Number);
    Builder.CreateStore(convert(Operand, Memory->getAllocatedType(), Builder), Memory);
    return Memory;
  }
  uint64_t Size = 0;
  for (auto [Operand, Offset] : Argument.Parts)
    Size = std::max(Size,
                    Offset + Layout.getTypeStoreSize(Instruction.getOperand(Operand)->getType()));
  auto *Memory = slot(ArrayType::get(Builder.getInt8Ty(), alignTo(Size, 8)), Number);
  Memory->setAlignment(Align(16));
  for (auto [Number, Offset] : Argument.Parts) {
    auto *Operand = Instruction.getOperand(Number);
    Builder.CreateAlignedStore(
        convert(Operand, MemoryOf(Operand), Builder),
        Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Memory, Offset), Align(1));
  }
  return Memory;
}

}  // namespace rayc
