#include "TagShadow.h"

using namespace llvm;

namespace rayc {

static constexpr unsigned MaximalLeaves = 64;

// False: there are too many.
static bool addLeaves(Type *Type, SmallVector<unsigned, 2> Path, uint64_t Offset,
                      const DataLayout &Layout, SmallVectorImpl<Leaf> &Found) {
  auto AddParts = [&](unsigned Count, auto TypeAt, auto OffsetAt) {
    for (unsigned I = 0; I < Count; I++) {
      auto Part = Path;
      Part.push_back(I);
      if (!addLeaves(TypeAt(I), Part, Offset + OffsetAt(I), Layout, Found)) return false;
    }
    return true;
  };
  if (auto *Struct = dyn_cast<StructType>(Type)) {
    if (!Struct->isSized()) return false;
    auto *Fields = Layout.getStructLayout(Struct);
    return AddParts(
        Struct->getNumElements(), [&](unsigned I) { return Struct->getElementType(I); },
        [&](unsigned I) -> uint64_t { return Fields->getElementOffset(I); });
  }
  if (auto *Array = dyn_cast<ArrayType>(Type)) {
    if (Array->getNumElements() > MaximalLeaves) return false;
    auto *Element = Array->getElementType();
    uint64_t Stride = Layout.getTypeAllocSize(Element);
    return AddParts(
        Array->getNumElements(), [&](unsigned) { return Element; },
        [&](unsigned I) { return I * Stride; });
  }
  if (auto *Vector = dyn_cast<FixedVectorType>(Type)) {
    if (Vector->getNumElements() > MaximalLeaves) return false;
    auto *Element = Vector->getElementType();
    // The elements of a vector of bits have no place in memory of their own.
    uint64_t Stride = Layout.getTypeSizeInBits(Element) / 8;
    return AddParts(
        Vector->getNumElements(), [&](unsigned) { return Element; },
        [&](unsigned I) { return I * Stride; });
  }
  bool IsScalar = Type->isIntegerTy() || Type->isFloatingPointTy() || Type->isPointerTy();
  if (!IsScalar || Found.size() == MaximalLeaves) return false;
  Found.push_back({Type, Path, Offset, Layout.getTypeStoreSize(Type)});
  return true;
}

SmallVector<Leaf, 2> leaves(Type *Type, const DataLayout &Layout) {
  SmallVector<Leaf, 2> Found;
  if (Type->isVoidTy() || !addLeaves(Type, {}, 0, Layout, Found)) Found.clear();
  return Found;
}

unsigned machineType(const Type *Type) {
  if (Type->isHalfTy() || Type->isBFloatTy()) return tags::F16;
  if (Type->isFloatTy()) return tags::F32;
  if (Type->isDoubleTy()) return tags::F64;
  if (Type->isX86_FP80Ty()) return tags::F80;
  if (Type->isPointerTy()) return tags::Pointer;
  if (!Type->isIntegerTy()) return tags::Vector;
  unsigned Width = Type->getIntegerBitWidth();
  if (Width == 1) return tags::I1;
  if (Width <= 8) return tags::I8;
  if (Width <= 16) return tags::I16;
  if (Width <= 32) return tags::I32;
  return Width <= 64 ? tags::I64 : tags::Wide;
}

Value *leafValue(Value *Whole, const Leaf &Leaf, IRBuilder<> &Builder) {
  ArrayRef<unsigned> Path = Leaf.Path;
  while (!Path.empty()) {
    Whole = Whole->getType()->isVectorTy() ? Builder.CreateExtractElement(Whole, Path.front())
                                           : Builder.CreateExtractValue(Whole, Path.front());
    Path = Path.drop_front();
  }
  return Whole;
}

Value *bitsOf(Value *Scalar, IRBuilder<> &Builder) {
  auto *Type = Scalar->getType();
  if (Type->isPointerTy())
    return Type->getPointerAddressSpace() ? Builder.getInt64(0)
                                          : Builder.CreatePtrToInt(Scalar, Builder.getInt64Ty());
  if (Type->isFloatingPointTy())
    Scalar =
        Builder.CreateBitCast(Scalar, Builder.getIntNTy(unsigned(Type->getPrimitiveSizeInBits())));
  return Builder.CreateZExtOrTrunc(Scalar, Builder.getInt64Ty());
}

TagShadow::TagShadow(Function &Function)
    : Layout(Function.getDataLayout()),
      None(ConstantInt::get(Type::getInt64Ty(Function.getContext()), 0)) {}

unsigned TagShadow::countLeaves(const Value *Value) const {
  return leaves(Value->getType(), Layout).size();
}

SmallVector<Value *, 2> TagShadow::of(const Value *Value) const {
  auto Found = Tags.find(Value);
  if (Found != Tags.end()) return Found->second;
  return SmallVector<llvm::Value *, 2>(countLeaves(Value), None);
}

void TagShadow::set(const Value *Value, ArrayRef<llvm::Value *> New) {
  if (!all_of(New, isNone)) Tags[Value].assign(New.begin(), New.end());
}

Value *TagShadow::firstOf(Value *A, Value *B, IRBuilder<> &Builder) const {
  if (isNone(A) || A == B) return B;
  if (isNone(B)) return A;
  return Builder.CreateSelect(Builder.CreateIsNotNull(A), A, B);
}

Value *TagShadow::anyOf(ArrayRef<Value *> Each, IRBuilder<> &Builder) const {
  Value *Any = None;
  for (auto *Tag : Each)
    if (!isNone(Tag) && Tag != Any) Any = isNone(Any) ? Tag : Builder.CreateOr(Any, Tag);
  return Any;
}

void TagShadow::addPhi(PHINode &Phi) {
  SmallVector<Value *, 2> New;
  IRBuilder<> Builder(&Phi);
  for (unsigned I = countLeaves(&Phi); I; I--)
    New.push_back(Builder.CreatePHI(Builder.getInt64Ty(), Phi.getNumIncomingValues(), "rayc.tag"));
  Tags[&Phi] = New;
  Phis.push_back(&Phi);
}

void TagShadow::completePhis() {
  for (auto *Phi : Phis)
    for (unsigned I = 0; I < Phi->getNumIncomingValues(); I++)
      for (auto [Own, Incoming] : zip(Tags[Phi], of(Phi->getIncomingValue(I))))
        llvm::cast<PHINode>(Own)->addIncoming(Incoming, Phi->getIncomingBlock(I));
}

// A cast that keeps the bits, of as many scalars or of others that lie where the first ones did.
void TagShadow::cast(CastInst &Cast, IRBuilder<> &Builder) {
  auto Given = of(Cast.getOperand(0));
  auto From = leaves(Cast.getSrcTy(), Layout), To = leaves(Cast.getDestTy(), Layout);
  if (From.size() == To.size()) return set(&Cast, Given);
  SmallVector<Value *, 2> New;
  for (auto &Leaf : To) {
    Value *Tag = None;
    for (auto [Part, PartTag] : zip(From, Given))
      if (Part.Offset < Leaf.Offset + Leaf.Size && Leaf.Offset < Part.Offset + Part.Size)
        Tag = firstOf(Tag, PartTag, Builder);
    New.push_back(Tag);
  }
  set(&Cast, New);
}

// The chosen one's tag: a choice is like a branch.
void TagShadow::select(SelectInst &Select, IRBuilder<> &Builder) {
  auto True = of(Select.getTrueValue()), False = of(Select.getFalseValue());
  bool IsByElement = Select.getCondition()->getType()->isVectorTy();
  SmallVector<Value *, 2> New;
  for (unsigned I = 0; I < True.size(); I++) {
    auto *Condition = Select.getCondition();
    if (True[I] != False[I] && IsByElement) Condition = Builder.CreateExtractElement(Condition, I);
    New.push_back(True[I] == False[I] ? True[I]
                                      : Builder.CreateSelect(Condition, True[I], False[I]));
  }
  set(&Select, New);
}

// Where the scalars behind indices begin among those of a whole.
static unsigned firstLeaf(ArrayRef<Leaf> Leaves, ArrayRef<unsigned> Path) {
  return find_if(Leaves,
                 [&](const Leaf &Leaf) {
                   return ArrayRef(Leaf.Path).take_front(Path.size()) == Path;
                 }) -
         Leaves.begin();
}

bool TagShadow::moves(Instruction &Instruction, IRBuilder<> &Builder) {
  auto LeavesOf = [&](Value *Value) { return leaves(Value->getType(), Layout); };
  if (auto *Part = dyn_cast<ExtractValueInst>(&Instruction)) {
    auto Whole = of(Part->getAggregateOperand());
    auto First = firstLeaf(LeavesOf(Part->getAggregateOperand()), Part->getIndices());
    // The whole may have too many scalars to have tags, and its part not.
    if (!Whole.empty()) set(Part, ArrayRef(Whole).slice(First, countLeaves(Part)));
    return true;
  }
  if (auto *Whole = dyn_cast<InsertValueInst>(&Instruction)) {
    auto New = of(Whole->getAggregateOperand());
    auto First = firstLeaf(LeavesOf(Whole), Whole->getIndices());
    if (!New.empty())
      for (auto [I, Tag] : enumerate(of(Whole->getInsertedValueOperand()))) New[First + I] = Tag;
    set(Whole, New);
    return true;
  }
  if (auto *Part = dyn_cast<ExtractElementInst>(&Instruction)) {
    auto Whole = of(Part->getVectorOperand());
    Value *Tag = None;
    auto *Known = dyn_cast<ConstantInt>(Part->getIndexOperand());
    for (auto [I, Each] : enumerate(Whole)) {
      if (Known && Known->getZExtValue() == I) Tag = Each;
      if (!Known && !isNone(Each))
        Tag = Builder.CreateSelect(
            Builder.CreateICmpEQ(Part->getIndexOperand(),
                                 ConstantInt::get(Part->getIndexOperand()->getType(), I)),
            Each, Tag);
    }
    set(Part, Tag);
    return true;
  }
  if (auto *Whole = dyn_cast<InsertElementInst>(&Instruction)) {
    auto New = of(Whole->getOperand(0));
    auto Inserted = of(Whole->getOperand(1));
    auto *Index = Whole->getOperand(2);
    auto *Known = dyn_cast<ConstantInt>(Index);
    for (auto [I, Each] : enumerate(New)) {
      if (Known && Known->getZExtValue() == I) Each = Inserted[0];
      if (!Known && Each != Inserted[0])
        Each = Builder.CreateSelect(
            Builder.CreateICmpEQ(Index, ConstantInt::get(Index->getType(), I)), Inserted[0], Each);
    }
    set(Whole, New);
    return true;
  }
  if (auto *Shuffle = dyn_cast<ShuffleVectorInst>(&Instruction)) {
    auto Both = of(Shuffle->getOperand(0));
    append_range(Both, of(Shuffle->getOperand(1)));
    SmallVector<Value *, 2> New;
    if (!Both.empty() && countLeaves(Shuffle))
      for (int From : Shuffle->getShuffleMask()) New.push_back(From < 0 ? None : Both[From]);
    set(Shuffle, New);
    return true;
  }
  if (auto *Select = dyn_cast<SelectInst>(&Instruction)) {
    select(*Select, Builder);
    return true;
  }
  if (isa<FreezeInst>(Instruction)) {
    set(&Instruction, of(Instruction.getOperand(0)));
    return true;
  }
  if (isa<BitCastInst, PtrToIntInst, IntToPtrInst, AddrSpaceCastInst>(Instruction)) {
    cast(llvm::cast<CastInst>(Instruction), Builder);
    return true;
  }
  return false;
}

}  // namespace rayc
