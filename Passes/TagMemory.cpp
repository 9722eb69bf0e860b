#include "TagMemory.h"

#include "Abi.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace rayc {

static constexpr uint64_t Word = 8;
// More than this is cleared by a call.
static constexpr uint64_t InlineLimit = 128;

// What the program's memory and that of tags have to do with each other: nothing. One scope for
// the cells, one for the thread's tags of a call, one for the regions.
static MDNode *scope(LLVMContext &Context, Module &Module, unsigned Kind) {
  constexpr StringLiteral Name = "rayc.tag.scopes";
  auto *Known = Module.getOrInsertNamedMetadata(Name);
  if (!Known->getNumOperands()) {
    MDBuilder Builder(Context);
    auto *Domain = Builder.createAnonymousAliasScopeDomain("rayc.tags");
    for (auto Of : {"cells", "call", "regions"})
      Known->addOperand(Builder.createAnonymousAliasScope(Domain, Of));
  }
  return Known->getOperand(Kind);
}

static MDNode *scopesBut(LLVMContext &Context, Module &Module, int Kind) {
  SmallVector<Metadata *> Others;
  for (int I = 0; I < 3; I++)
    if (I != Kind) Others.push_back(scope(Context, Module, I));
  return MDNode::get(Context, Others);
}

template <typename Access>
Access *TagMemory::mark(Access *Instruction, Kind Kind) {
  auto &Context = Function.getContext();
  auto &Module = *Function.getParent();
  Instruction->setMetadata(LLVMContext::MD_alias_scope,
                           MDNode::get(Context, {scope(Context, Module, Kind)}));
  Instruction->setMetadata(LLVMContext::MD_noalias, scopesBut(Context, Module, Kind));
  return Instruction;
}

void TagMemory::separate(llvm::Function &Function) {
  auto &Context = Function.getContext();
  auto &Module = *Function.getParent();
  auto *All = scopesBut(Context, Module, -1);
  auto IsOurs = [&](Instruction &Instruction) {
    auto *Scopes = Instruction.getMetadata(LLVMContext::MD_alias_scope);
    return Scopes && any_of(Scopes->operands(), [&](const MDOperand &Scope) {
             return is_contained(All->operands(), Scope);
           });
  };
  for (auto &Instruction : instructions(Function))
    if (isa<LoadInst, StoreInst, AnyMemIntrinsic>(Instruction) && !IsOurs(Instruction))
      Instruction.setMetadata(
          LLVMContext::MD_noalias,
          MDNode::concatenate(Instruction.getMetadata(LLVMContext::MD_noalias), All));
}

// Stack slots that are only loaded and stored --------------------------------------------

static bool isOnlyAccessed(const Value &Address) {
  return all_of(Address.users(), [&](const User *User) {
    if (isa<LoadInst>(User)) return true;
    if (auto *Store = dyn_cast<StoreInst>(User)) return Store->getPointerOperand() == &Address;
    if (auto *Step = dyn_cast<GetElementPtrInst>(User))
      return Step->hasAllConstantIndices() && isOnlyAccessed(*Step);
    if (auto *Fill = dyn_cast<MemSetInst>(User))
      return Fill->getDest() == &Address && isa<ConstantInt>(Fill->getLength());
    return isa<LifetimeIntrinsic>(User);
  });
}

static const AllocaInst *slotOf(const Value *Address, const DataLayout &Layout, uint64_t &Offset) {
  APInt Bytes(64, 0);
  auto *Slot =
      dyn_cast<AllocaInst>(Address->stripAndAccumulateConstantOffsets(Layout, Bytes, true));
  Offset = Bytes.getZExtValue();
  return Slot;
}

TagMemory::TagMemory(llvm::Function &Function, TagShadow &Shadow)
    : Function(Function), Layout(Function.getDataLayout()), Shadow(Shadow) {
  for (auto &Instruction : instructions(Function)) {
    auto *Slot = dyn_cast<AllocaInst>(&Instruction);
    if (Slot && Slot->isStaticAlloca() && !Slot->isSwiftError() && isOnlyAccessed(*Slot))
      Direct.insert(Slot);
  }
  for (auto &Instruction : instructions(Function)) {
    auto *Address = getLoadStorePointerOperand(&Instruction);
    uint64_t Offset;
    auto *Slot = Address ? slotOf(Address, Layout, Offset) : nullptr;
    if (!Slot || !Direct.contains(Slot)) continue;
    for (auto &Leaf : leaves(getLoadStoreType(&Instruction), Layout)) {
      auto &Known = Slots[Slot][Offset + Leaf.Offset];
      Known.Size = std::max(Known.Size, Leaf.Size);
    }
  }
}

const AllocaInst *TagMemory::directSlot(const Value *Address) const {
  uint64_t Offset;
  auto *Slot = slotOf(Address, Layout, Offset);
  return Slot && Direct.contains(Slot) ? Slot : nullptr;
}

AllocaInst *TagMemory::slot(const AllocaInst *Of, uint64_t Offset, uint64_t) {
  auto &Known = Slots[Of][Offset];
  if (!Known.Slot)
    Known.Slot = new AllocaInst(Shadow.none()->getType(), Layout.getAllocaAddrSpace(),
                                "rayc.tag.slot", Function.getEntryBlock().begin());
  return Known.Slot;
}

bool TagMemory::hasNoCells(const Value *Address) {
  if (isa<UndefValue, ConstantPointerNull>(Address) || Address->isSwiftError() ||
      Address->getType()->getPointerAddressSpace() != 0)
    return true;
  auto *Global = dyn_cast<GlobalVariable>(Address->stripInBoundsOffsets());
  return Global && Global->isConstant();
}

// Cells ----------------------------------------------------------------------------------

Value *TagMemory::cell(Value *Address, Align Alignment, IRBuilder<> &Builder) {
  auto *Number = Builder.CreatePtrToInt(Address, Builder.getInt64Ty());
  Value *Cell;
  if (Alignment >= Word) {
    Cell = Builder.CreateXor(Number, tags::Flip);
  } else {
    auto *First = Builder.CreateXor(Builder.CreateAnd(Number, ~(Word - 1)), tags::Flip);
    auto *Region = Builder.CreateShl(Builder.CreateAnd(Number, Word - 1), tags::RegionShift);
    Cell = Builder.CreateAdd(First, Region);
  }
  return Builder.CreateIntToPtr(Cell, Builder.getPtrTy());
}

Value *TagMemory::loadCell(Value *Address, Align Alignment, IRBuilder<> &Builder) {
  return mark(Builder.CreateAlignedLoad(Builder.getInt64Ty(), cell(Address, Alignment, Builder),
                                        Align(Word)),
              Cells);
}

// Into the cell of a byte that may begin no word:
//   define internal void @rayc.tag.store(ptr %p, i64 %t) {
//     br i1 (<low bits of %p> == 0), label %write, label %within
//   within:
//     %used = load i8, ptr (@rayc_tag_regions + <low bits>)
//     br i1 (%used != 0), label %write, label %first
//   first:
//     br i1 (%t == 0), label %done, label %mark
//   mark:
//     store i8 1, ptr (@rayc_tag_regions + <low bits>)
//     br label %write
//   write:
//     store i64 %t, ptr <cell>
static llvm::Function *narrowStore(Module &Module) {
  constexpr StringLiteral Name = "rayc.tag.store";
  if (auto *Known = Module.getFunction(Name)) return Known;
  auto &Context = Module.getContext();
  IRBuilder<> Builder(Context);
  auto *Type =
      FunctionType::get(Builder.getVoidTy(), {Builder.getPtrTy(), Builder.getInt64Ty()}, false);
  auto *Store = Function::Create(Type, GlobalValue::InternalLinkage, Name, Module);
  Store->setDoesNotThrow();
  Store->setWillReturn();
  auto Block = [&](const char *Name) { return BasicBlock::Create(Context, Name, Store); };
  auto *Entry = Block("entry"), *Within = Block("within"), *First = Block("first"),
       *Mark = Block("mark"), *Write = Block("write"), *Done = Block("done");
  Builder.SetInsertPoint(Entry);
  auto *Number = Builder.CreatePtrToInt(Store->getArg(0), Builder.getInt64Ty());
  auto *Low = Builder.CreateAnd(Number, Word - 1);
  Builder.CreateCondBr(Builder.CreateIsNull(Low), Write, Within);
  Builder.SetInsertPoint(Within);
  auto *Regions = Module.getOrInsertGlobal(tags::Regions, Builder.getInt64Ty());
  auto *Used = Builder.CreateGEP(Builder.getInt8Ty(), Regions, Low);
  Builder.CreateCondBr(Builder.CreateIsNotNull(Builder.CreateLoad(Builder.getInt8Ty(), Used)),
                       Write, First);
  Builder.SetInsertPoint(First);
  Builder.CreateCondBr(Builder.CreateIsNull(Store->getArg(1)), Done, Mark);
  Builder.SetInsertPoint(Mark);
  Builder.CreateStore(Builder.getInt8(1), Used);
  Builder.CreateBr(Write);
  Builder.SetInsertPoint(Write);
  auto *Cell =
      Builder.CreateAdd(Builder.CreateXor(Builder.CreateAnd(Number, ~(Word - 1)), tags::Flip),
                        Builder.CreateShl(Low, tags::RegionShift));
  Builder.CreateStore(Store->getArg(1), Builder.CreateIntToPtr(Cell, Builder.getPtrTy()));
  Builder.CreateBr(Done);
  Builder.SetInsertPoint(Done);
  Builder.CreateRetVoid();
  return Store;
}

void TagMemory::storeCell(Value *Address, Align Alignment, Value *Tag, IRBuilder<> &Builder) {
  if (Alignment < Word)
    mark(Builder.CreateCall(narrowStore(*Function.getParent()), {Address, Tag}), Cells);
  else
    mark(Builder.CreateAlignedStore(Tag, cell(Address, Alignment, Builder), Align(Word)), Cells);
}

static Value *step(Value *Address, uint64_t Offset, IRBuilder<> &Builder) {
  return Offset ? Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Address, Offset)
                : Address;
}

void TagMemory::load(Instruction &Load, Value *Address, Align Alignment, IRBuilder<> &Builder) {
  if (hasNoCells(Address)) return;
  uint64_t Offset;
  auto *Slot = slotOf(Address, Layout, Offset);
  bool IsDirect = Slot && Direct.contains(Slot);
  SmallVector<Value *, 2> New;
  for (auto &Leaf : leaves(getLoadStoreType(&Load), Layout)) {
    if (!IsDirect) {
      New.push_back(loadCell(step(Address, Leaf.Offset, Builder),
                             commonAlignment(Alignment, Leaf.Offset), Builder));
      continue;
    }
    // All that was put there, as one value or several.
    Value *Tag = Shadow.none();
    uint64_t Begin = Offset + Leaf.Offset;
    for (auto &[At, Part] : Slots[Slot])
      if (At >= Begin && At < Begin + Leaf.Size)
        Tag = Shadow.firstOf(
            Tag, Builder.CreateLoad(Builder.getInt64Ty(), slot(Slot, At, Part.Size)), Builder);
    New.push_back(Tag);
  }
  Shadow.set(&Load, New);
}

void TagMemory::store(Value *Stored, Value *Address, Align Alignment, ArrayRef<Value *> Tags,
                      IRBuilder<> &Builder) {
  if (hasNoCells(Address)) return;
  uint64_t Offset;
  auto *Slot = slotOf(Address, Layout, Offset);
  bool IsDirect = Slot && Direct.contains(Slot);
  for (auto [Leaf, Tag] : zip(leaves(Stored->getType(), Layout), Tags)) {
    if (!IsDirect) {
      auto At = commonAlignment(Alignment, Leaf.Offset);
      storeCell(step(Address, Leaf.Offset, Builder), At, Tag, Builder);
      for (uint64_t Next = Word; Next < Leaf.Size; Next += Word)
        storeCell(step(Address, Leaf.Offset + Next, Builder), commonAlignment(At, Next),
                  Shadow.none(), Builder);
      continue;
    }
    uint64_t Begin = Offset + Leaf.Offset;
    for (auto &[At, Part] : Slots[Slot])
      if (At >= Begin && At < Begin + Leaf.Size)
        Builder.CreateStore(At == Begin ? Tag : Shadow.none(), slot(Slot, At, Part.Size));
  }
}

// Many cells -----------------------------------------------------------------------------

static FunctionCallee runtime(Module &Module, StringRef Name, ArrayRef<Type *> Parameters) {
  auto Callee = Module.getOrInsertFunction(
      Name, FunctionType::get(Type::getVoidTy(Module.getContext()), Parameters, false));
  cast<Function>(Callee.getCallee())->setDoesNotThrow();
  return Callee;
}

void TagMemory::ifNarrow(IRBuilder<> &Builder, function_ref<void()> Emit) {
  auto *Regions = Function.getParent()->getOrInsertGlobal(tags::Regions, Builder.getInt64Ty());
  auto *Used = mark(Builder.CreateAlignedLoad(Builder.getInt64Ty(), Regions, Align(Word)),
                    TagMemory::Regions);
  auto *Rest = &*Builder.GetInsertPoint();
  auto Location = Builder.getCurrentDebugLocation();
  auto *Then =
      SplitBlockAndInsertIfThen(Builder.CreateICmpNE(Used, Builder.getInt64(1)), Rest, false,
                                MDBuilder(Function.getContext()).createUnlikelyBranchWeights());
  Builder.SetInsertPoint(Then);
  Builder.SetCurrentDebugLocation(Location);
  Emit();
  Builder.SetInsertPoint(Rest);
  Builder.SetCurrentDebugLocation(Location);
}

void TagMemory::clearFirst(Value *Address, uint64_t Size, IRBuilder<> &Builder) {
  for (uint64_t At = 0; At < Size; At += Word)
    storeCell(step(Address, At, Builder), Align(Word), Shadow.none(), Builder);
}

void TagMemory::clear(Value *Address, Value *Size, Align Alignment, IRBuilder<> &Builder) {
  auto *Known = dyn_cast<ConstantInt>(Size);
  auto Call = [&] {
    Builder.CreateCall(
        runtime(*Function.getParent(), tags::Clear, {Builder.getPtrTy(), Builder.getInt64Ty()}),
        {Address, Builder.CreateZExtOrTrunc(Size, Builder.getInt64Ty())});
  };
  if (!Known || Known->getZExtValue() > InlineLimit || Alignment < Word) return Call();
  if (Known->isZero()) return;
  clearFirst(Address, Known->getZExtValue(), Builder);
  ifNarrow(Builder, Call);
}

void TagMemory::copy(MemTransferInst &Copy, IRBuilder<> &Builder) {
  auto *Size = Copy.getLength();
  auto *To = Copy.getDest(), *From = Copy.getSource();
  if (hasNoCells(To)) return;
  auto ToAlign = Copy.getDestAlign().valueOrOne(), FromAlign = Copy.getSourceAlign().valueOrOne();
  if (hasNoCells(From)) return clear(To, Size, ToAlign, Builder);
  auto Call = [&] {
    Builder.CreateCall(runtime(*Function.getParent(), tags::Copy,
                               {Builder.getPtrTy(), Builder.getPtrTy(), Builder.getInt64Ty()}),
                       {To, From, Builder.CreateZExtOrTrunc(Size, Builder.getInt64Ty())});
  };
  auto *Known = dyn_cast<ConstantInt>(Size);
  bool IsSmall = Known && Known->getZExtValue() <= InlineLimit;
  if (!IsSmall || ToAlign < Word || FromAlign < Word) return Call();
  // The two may overlap: all are read first.
  SmallVector<Value *> Tags;
  for (uint64_t At = 0; At < Known->getZExtValue(); At += Word)
    Tags.push_back(loadCell(step(From, At, Builder), Align(Word), Builder));
  for (auto [I, Tag] : enumerate(Tags))
    storeCell(step(To, I * Word, Builder), Align(Word), Tag, Builder);
  if (!Tags.empty()) ifNarrow(Builder, Call);
}

void TagMemory::clearStack(const SmallPtrSetImpl<const AllocaInst *> &MayBeTagged) {
  IRBuilder<> Builder(Function.getContext());
  auto At = [&](Instruction *Before) {
    Builder.SetInsertPoint(Before);
    Builder.SetCurrentDebugLocation(DebugLoc());
  };
  SmallVector<AllocaInst *> Mapped, Dynamic;
  SmallVector<std::pair<LifetimeIntrinsic *, AllocaInst *>> Beginnings;
  SmallPtrSet<AllocaInst *, 8> Begun;
  auto IsPossible = [&](const AllocaInst &Slot) {
    auto Size = Slot.getAllocationSize(Layout);
    return !Slot.isSwiftError() && !Slot.getName().starts_with("rayc.tag") &&
           !(Size && Size->isZero());
  };
  for (auto &Instruction : instructions(Function)) {
    if (auto *Marker = dyn_cast<LifetimeIntrinsic>(&Instruction)) {
      auto *Slot = dyn_cast<AllocaInst>(Marker->getArgOperand(0));
      if (Slot && Marker->getIntrinsicID() == Intrinsic::lifetime_start && Slot->isStaticAlloca() &&
          IsPossible(*Slot)) {
        Beginnings.push_back({Marker, Slot});
        Begun.insert(Slot);
      }
    }
    auto *Slot = dyn_cast<AllocaInst>(&Instruction);
    if (!Slot || !IsPossible(*Slot)) continue;
    if (!Slot->isStaticAlloca())
      Dynamic.push_back(Slot);
    else if (!Direct.contains(Slot))
      Mapped.push_back(Slot);
  }
  for (auto *Slot : Mapped) Slot->setAlignment(std::max(Slot->getAlign(), Align(Word)));
  auto SizeOf = [&](AllocaInst *Slot) { return Slot->getAllocationSize(Layout)->getFixedValue(); };
  for (auto [Marker, Slot] : Beginnings) {
    At(Marker->getNextNode());
    if (!Direct.contains(Slot))
      clear(Slot, Builder.getInt64(SizeOf(Slot)), Slot->getAlign(), Builder);
    else if (auto Found = Slots.find(Slot); Found != Slots.end() && MayBeTagged.contains(Slot))
      for (auto &[Offset, Part] : Found->second)
        Builder.CreateStore(Shadow.none(), slot(Slot, Offset, Part.Size));
  }
  for (auto *Slot : Dynamic) {
    At(Slot->getNextNode());
    auto *Count = Builder.CreateZExtOrTrunc(Slot->getArraySize(), Builder.getInt64Ty());
    uint64_t Each = Layout.getTypeAllocSize(Slot->getAllocatedType());
    clear(Slot, Each == 1 ? Count : Builder.CreateMul(Count, Builder.getInt64(Each)), Align(1),
          Builder);
  }
  At(&*Function.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  erase_if(Mapped, [&](AllocaInst *Slot) { return Begun.contains(Slot); });
  for (auto *Slot : Mapped)
    if (SizeOf(Slot) <= InlineLimit) clearFirst(Slot, SizeOf(Slot), Builder);
  auto Clear = [&](AllocaInst *Slot) {
    Builder.CreateCall(
        runtime(*Function.getParent(), tags::Clear, {Builder.getPtrTy(), Builder.getInt64Ty()}),
        {Slot, Builder.getInt64(SizeOf(Slot))});
  };
  auto IsSmall = [&](AllocaInst *Slot) { return SizeOf(Slot) <= InlineLimit; };
  for (auto *Slot : Mapped)
    if (!IsSmall(Slot)) Clear(Slot);
  if (any_of(Mapped, IsSmall))
    ifNarrow(Builder, [&] {
      for (auto *Slot : make_filter_range(Mapped, IsSmall)) Clear(Slot);
    });
  // Last, so that they come first: what uses them is somewhere behind.
  for (auto &[Slot, Parts] : Slots)
    for (auto &[Offset, Part] : Parts)
      if (Part.Slot) {
        At(Part.Slot->getNextNode());
        Builder.CreateStore(Shadow.none(), Part.Slot);
      }
}

// The thread's tags of a call --------------------------------------------------------------

static GlobalVariable *callOfThread(Module &Module) {
  if (auto *Known = Module.getNamedGlobal(tags::Call)) return Known;
  auto *Type = ArrayType::get(Type::getInt8Ty(Module.getContext()), tags::CallSize);
  auto *Call = new GlobalVariable(Module, Type, false, GlobalValue::ExternalLinkage, nullptr,
                                  tags::Call, nullptr, GlobalValue::InitialExecTLSModel);
  Call->setAlignment(Align(8));
  return Call;
}

Value *TagMemory::callField(unsigned Offset, IRBuilder<> &Builder) {
  auto *Call = Builder.CreateThreadLocalAddress(callOfThread(*Function.getParent()));
  return step(Call, Offset, Builder);
}

LoadInst *TagMemory::loadField(Type *Type, unsigned Offset, IRBuilder<> &Builder) {
  return mark(Builder.CreateAlignedLoad(Type, callField(Offset, Builder), Align(8)), Call);
}

void TagMemory::storeField(Value *Value, unsigned Offset, IRBuilder<> &Builder) {
  mark(Builder.CreateAlignedStore(Value, callField(Offset, Builder), Align(8)), Call);
}

}  // namespace rayc
