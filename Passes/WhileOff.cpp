#include "WhileOff.h"

#include "llvm/Analysis/CFG.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace rayc {

namespace {
enum class Place { State, Value, Local, Program, Unknown };
}

static Place place(const Value *Address, const Function &Hook, const Argument *ValueInMemory) {
  APInt Offset(Hook.getDataLayout().getIndexTypeSizeInBits(Address->getType()), 0);
  // Allowing what is not inbounds: the offset is a constant all the same.
  auto *Base = Address->stripAndAccumulateConstantOffsets(Hook.getDataLayout(), Offset, true);
  if (Base == Hook.getArg(0)) return Offset.isNegative() ? Place::Unknown : Place::State;
  auto *Object = getUnderlyingObject(Address);
  if (ValueInMemory && Object == ValueInMemory) return Place::Value;
  if (isa<AllocaInst>(Object)) return Place::Local;
  if (Object == Hook.getArg(0)) return Place::Unknown;
  if (isa<Argument, GlobalVariable>(Object)) return Place::Program;
  // What the program hands over may be followed: the arguments' array, a site's strings.
  auto *Load = dyn_cast<LoadInst>(Object);
  bool IsOfProgram =
      Load && place(Load->getPointerOperand(), Hook, ValueInMemory) == Place::Program;
  return IsOfProgram ? Place::Program : Place::Unknown;
}

static bool mayWrite(Place Place) {
  return Place == Place::State || Place == Place::Value || Place == Place::Local;
}

static bool isHarmless(const Instruction &Instruction, const Function &Hook,
                       const Argument *ValueInMemory) {
  auto PlaceOf = [&](const Value *Address) { return place(Address, Hook, ValueInMemory); };
  if (auto *Load = dyn_cast<LoadInst>(&Instruction))
    return Load->isUnordered() && PlaceOf(Load->getPointerOperand()) != Place::Unknown;
  if (auto *Store = dyn_cast<StoreInst>(&Instruction))
    return Store->isUnordered() && mayWrite(PlaceOf(Store->getPointerOperand()));
  if (auto *Fill = dyn_cast<MemSetInst>(&Instruction))
    return isa<ConstantInt>(Fill->getLength()) && mayWrite(PlaceOf(Fill->getDest()));
  if (auto *Copy = dyn_cast<MemTransferInst>(&Instruction))
    return isa<ConstantInt>(Copy->getLength()) && mayWrite(PlaceOf(Copy->getDest())) &&
           PlaceOf(Copy->getSource()) != Place::Unknown;
  if (auto *Call = dyn_cast<CallBase>(&Instruction)) {
    auto *Intrinsic = dyn_cast<IntrinsicInst>(Call);
    if (!Intrinsic || Intrinsic->getIntrinsicID() == Intrinsic::assume) return false;
    return Intrinsic->doesNotAccessMemory() || Intrinsic->isAssumeLikeIntrinsic();
  }
  if (Instruction.isIntDivRem()) {
    auto *Divisor = dyn_cast<ConstantInt>(Instruction.getOperand(1));
    return Divisor && !Divisor->isZero() && !Divisor->isMinusOne();
  }
  return !isa<UnreachableInst>(Instruction) && !Instruction.mayReadOrWriteMemory();
}

bool actsOutside(const Function &Hook, const Argument *ValueInMemory) {
  SmallVector<std::pair<const BasicBlock *, const BasicBlock *>> Backedges;
  FindFunctionBackedges(Hook, Backedges);
  if (!Backedges.empty()) return true;
  return any_of(instructions(Hook), [&](const Instruction &Instruction) {
    return !isHarmless(Instruction, Hook, ValueInMemory);
  });
}

}  // namespace rayc
