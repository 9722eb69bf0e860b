#include "Counters.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace rayc {

// A counter starts below 2^62 and grows by less than 2^16 at an event.
static constexpr int64_t StartLimit = int64_t(1) << 62;
static constexpr int64_t StepLimit = 1 << 16;

namespace {

struct Range {
  uint64_t Begin, End;
  bool overlaps(Range Other) const { return Begin < Other.End && Other.Begin < End; }
};

/// What a function's stores do to the state.
struct Writes {
  /// Stores of constants: field offset to value.
  DenseMap<uint64_t, int64_t> Constants;
  /// `field = field + constant`, checked for overflow.
  SmallVector<std::pair<uint64_t, WithOverflowInst *>> Steps;
  /// Everything else.
  SmallVector<Range> Others;
  void setConstant(uint64_t Offset, int64_t Value) {
    auto [Known, IsNew] = Constants.try_emplace(Offset, Value);
    if (!IsNew) Known->second = std::max(Known->second, Value);
  }
  /// False where a store or call may write anywhere in the state.
  bool AreKnown = true;
};

}  // namespace

// The distance of an address from the state, if it is in the state at a constant one.
static std::optional<uint64_t> offsetInState(Value *Address, Value *State,
                                             const DataLayout &Layout) {
  APInt Offset(Layout.getIndexTypeSizeInBits(Address->getType()), 0);
  auto *Base = Address->stripAndAccumulateConstantOffsets(Layout, Offset, true);
  if (Base != State || Offset.isNegative()) return std::nullopt;
  return Offset.getZExtValue();
}

// The step in `store (extractvalue (sadd.with.overflow (load field), step), 0), field`.
static WithOverflowInst *step(StoreInst &Store) {
  WithOverflowInst *Sum;
  if (!match(Store.getValueOperand(), m_ExtractValue<0>(m_WithOverflowInst(Sum)))) return nullptr;
  bool IsAddition = Sum->getBinaryOp() == Instruction::Add && Sum->isSigned() &&
                    all_of(Sum->users(), [](User *User) { return isa<ExtractValueInst>(User); });
  auto *Step = dyn_cast<ConstantInt>(Sum->getRHS());
  auto *Load = dyn_cast<LoadInst>(Sum->getLHS());
  bool IsSmall = Step && Sum->getLHS()->getType()->isIntegerTy(64) && Step->getSExtValue() > 0 &&
                 Step->getSExtValue() < StepLimit;
  return IsAddition && IsSmall && Load && Load->getPointerOperand() == Store.getPointerOperand()
             ? Sum
             : nullptr;
}

static void collectStore(StoreInst &Store, Value *State, const DataLayout &Layout, Writes &Found) {
  if (getUnderlyingObject(Store.getValueOperand()) == State) Found.AreKnown = false;
  if (getUnderlyingObject(Store.getPointerOperand()) != State) return;
  auto Offset = offsetInState(Store.getPointerOperand(), State, Layout);
  if (!Offset) {
    Found.AreKnown = false;
    return;
  }
  auto *Type = Store.getValueOperand()->getType();
  auto *Number = dyn_cast<ConstantInt>(Store.getValueOperand());
  if (auto *Sum = step(Store))
    Found.Steps.push_back({*Offset, Sum});
  else if (Number && Type->isIntegerTy(64))
    // Of several the largest, since which of them comes last may depend on a condition.
    Found.setConstant(*Offset, Number->getSExtValue());
  else if (auto *Zero = dyn_cast<Constant>(Store.getValueOperand()); Zero && Zero->isNullValue())
    for (uint64_t I = 0; I + 8 <= Layout.getTypeStoreSize(Type); I += 8)
      Found.setConstant(*Offset + I, 0);
  else
    Found.Others.push_back({*Offset, *Offset + Layout.getTypeStoreSize(Type)});
}

static void collectFill(MemSetInst &Fill, Value *State, const DataLayout &Layout, Writes &Found) {
  if (getUnderlyingObject(Fill.getDest()) != State) return;
  auto Offset = offsetInState(Fill.getDest(), State, Layout);
  auto *Length = dyn_cast<ConstantInt>(Fill.getLength());
  if (!Offset || !Length || !match(Fill.getValue(), m_Zero())) {
    Found.AreKnown = false;
    return;
  }
  for (uint64_t I = 0; I + 8 <= Length->getZExtValue(); I += 8) Found.setConstant(*Offset + I, 0);
}

static void collect(Function &Function, Value *State, Writes &Found, unsigned Depth);

// Whoever is handed the state may write it, or hand it back; a function of the context's
// own can be read.
static void collectCall(CallBase &Call, Value *State, Writes &Found, unsigned Depth) {
  for (auto &Argument : Call.args()) {
    if (!Argument->getType()->isPointerTy() || getUnderlyingObject(Argument) != State) continue;
    if (Call.isLifetimeStartOrEnd()) continue;
    bool IsAnswerHarmless = Call.getType()->isVoidTy() || Call.getType()->isIntegerTy() ||
                            Call.getType()->isFloatingPointTy();
    if (!Call.mayWriteToMemory() && IsAnswerHarmless) continue;
    auto *Callee = Call.getCalledFunction();
    bool IsReadable = Callee && Callee->hasLocalLinkage() && !Callee->isDeclaration() &&
                      Argument == State && IsAnswerHarmless && Depth < 3;
    if (IsReadable)
      collect(*Callee, Callee->getArg(Call.getArgOperandNo(&Argument)), Found, Depth + 1);
    else
      Found.AreKnown = false;
  }
}

static void collect(Function &Function, Value *State, Writes &Found, unsigned Depth) {
  auto &Layout = Function.getDataLayout();
  for (auto &Instruction : instructions(Function)) {
    if (auto *Store = dyn_cast<StoreInst>(&Instruction)) {
      collectStore(*Store, State, Layout, Found);
    } else if (auto *Fill = dyn_cast<MemSetInst>(&Instruction)) {
      collectFill(*Fill, State, Layout, Found);
    } else if (auto *Call = dyn_cast<CallBase>(&Instruction)) {
      collectCall(*Call, State, Found, Depth);
    } else if (!isa<LoadInst, GetElementPtrInst>(Instruction) &&
               any_of(Instruction.operand_values(), [&](Value *Operand) {
                 return Operand->getType()->isPointerTy() && getUnderlyingObject(Operand) == State;
               })) {
      // Its address goes where it is not followed.
      Found.AreKnown = false;
    }
  }
}

static Writes writes(Function &Function) {
  Writes Found;
  collect(Function, Function.getArg(0), Found, 0);
  return Found;
}

static void dropCheck(WithOverflowInst &Sum) {
  auto *Plain = BinaryOperator::CreateNSWAdd(Sum.getLHS(), Sum.getRHS(), "", Sum.getIterator());
  for (auto *User : make_early_inc_range(Sum.users())) {
    auto *Extract = cast<ExtractValueInst>(User);
    Extract->replaceAllUsesWith(
        *Extract->idx_begin() == 0 ? cast<Value>(Plain) : ConstantInt::getFalse(Sum.getContext()));
    Extract->eraseFromParent();
  }
  Sum.eraseFromParent();
}

void dropImpossibleOverflows(Function *Init, ArrayRef<Function *> Hooks) {
  if (!Init || Init->isDeclaration()) return;
  auto Start = writes(*Init);
  if (!Start.AreKnown) return;
  SmallVector<Writes> All;
  for (auto *Hook : Hooks) {
    All.push_back(writes(*Hook));
    if (!All.back().AreKnown) return;
  }
  auto IsCounter = [&](uint64_t Offset) {
    Range Field{Offset, Offset + 8};
    auto First = Start.Constants.find(Offset);
    if (First == Start.Constants.end() || First->second >= StartLimit) return false;
    if (any_of(Start.Constants, [&](auto &Other) {
          return Other.first != Offset && Range{Other.first, Other.first + 8}.overlaps(Field);
        }))
      return false;
    if (any_of(Start.Others, [&](Range Other) { return Other.overlaps(Field); })) return false;
    return all_of(All, [&](const Writes &Hook) {
      return none_of(Hook.Others, [&](Range Other) { return Other.overlaps(Field); }) &&
             none_of(Hook.Constants,
                     [&](auto &Constant) {
                       return Range{Constant.first, Constant.first + 8}.overlaps(Field);
                     }) &&
             none_of(Hook.Steps, [&](auto &Step) {
               return Step.first != Offset && Range{Step.first, Step.first + 8}.overlaps(Field);
             });
    });
  };
  DenseSet<WithOverflowInst *> Dropped;
  SmallPtrSet<Function *, 16> Changed;
  for (auto &Hook : All)
    for (auto &[Offset, Sum] : Hook.Steps)
      if (IsCounter(Offset) && Dropped.insert(Sum).second) {
        Changed.insert(Sum->getFunction());
        dropCheck(*Sum);
      }
  for (auto *Function : Changed) {
    for (auto &Block : *Function) ConstantFoldTerminator(&Block);
    removeUnreachableBlocks(*Function);
    for (auto &Block : make_early_inc_range(*Function)) MergeBlockIntoPredecessor(&Block);
  }
}

}  // namespace rayc
