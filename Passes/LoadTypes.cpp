#include "FunctionTypes.h"
#include "Place.h"
#include "Plumbing.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

static bool isEnum(Node Type) {
  if (Type && Type->Kind == Kind::BoundGeneric) Type = Type->child(0);
  return Type && (Type->Kind == Kind::Enum || Type->Kind == Kind::Existential);
}

// Marks the bytes of a type that hold anything. In a struct, arrays of bytes are padding; an
// enum consists of them, and an InlineArray of an array of values.
static void markBytes(Type *Type, uint64_t Begin, const DataLayout &Layout, SwiftTypes &Types,
                      BitVector &Bytes) {
  auto *Struct = dyn_cast<StructType>(Type);
  if (!Struct) {
    Bytes.set(Begin, Begin + Layout.getTypeStoreSize(Type));
    return;
  }
  bool KeepsBytes = isEnum(Types.structType(Struct));
  for (unsigned I = 0; I < Struct->getNumElements(); I++) {
    auto *Element = Struct->getElementType(I);
    uint64_t At = Begin + Layout.getStructLayout(Struct)->getElementOffset(I);
    if (!Element->isArrayTy())
      markBytes(Element, At, Layout, Types, Bytes);
    else if (KeepsBytes || !Element->getArrayElementType()->isIntegerTy(8))
      Bytes.set(At, At + Layout.getTypeStoreSize(Element));
  }
}

// An object's layout is no value.
static bool isObject(Type *Type) {
  auto *Struct = dyn_cast<StructType>(Type);
  if (!Struct || Struct->getNumElements() == 0) return false;
  auto *First = dyn_cast<StructType>(Struct->getElementType(0));
  return First && First->hasName() && First->getName() == "swift.refcounted";
}

// Whether a loaded part goes back to where it came from, with bits set or cleared: an enum's
// case is put in, or taken out, and what was loaded is no value before that.
bool FunctionTypes::goesBack(const LoadInst &Load, Value *Root) {
  auto &Layout = Function.getParent()->getDataLayout();
  auto IsBack = [&](const User *User, const Value *Content) {
    auto *Store = dyn_cast<StoreInst>(User);
    return Store && Store->getValueOperand() == Content &&
           placeOf(const_cast<Value *>(Store->getPointerOperand()), Layout).Root == Root;
  };
  SmallVector<const Value *> Contents{&Load};
  SmallPtrSet<const Value *, 8> Seen;
  bool Any = false;
  while (!Contents.empty()) {
    auto *Content = Contents.pop_back_val();
    if (!Seen.insert(Content).second) continue;
    for (auto *User : Content->users()) {
      auto *Bits = dyn_cast<BinaryOperator>(User);
      if (Bits && Bits->isBitwiseLogicOp())
        Contents.push_back(Bits);
      else if (isa<TruncInst, ZExtInst>(User))
        Contents.push_back(User);
      else if (IsBack(User, Content))
        Any = true;
      else
        return false;
    }
  }
  return Any;
}

// Whether values of a type have a witness table or a function's address among their words.
static bool hasTable(Node Type) {
  if (Type->Kind == Kind::BoundGeneric && Type->child(1)->Children.size() == 1)
    return isOptional(Type) && hasTable(Type->child(1)->child(0));
  if (Type->Kind == Kind::Metatype) return Type->Text == "Xp";
  return Type->Kind == Kind::Existential || Type->Kind == Kind::Function;
}

// Whether a stored part is what was loaded from there, with bits set or cleared.
bool FunctionTypes::comesBack(const StoreInst &Store, Value *Root) {
  auto &Layout = Function.getParent()->getDataLayout();
  auto *Content = Store.getValueOperand();
  for (unsigned Steps = 0; Steps < 8; Steps++) {
    if (auto *Load = dyn_cast<LoadInst>(Content))
      return placeOf(const_cast<Value *>(Load->getPointerOperand()), Layout).Root == Root;
    auto *Step = dyn_cast<Instruction>(Content);
    bool IsBits = Step && (Step->isBitwiseLogicOp() || isa<TruncInst, ZExtInst>(Step));
    if (!IsBits) return false;
    Content = Step->getOperand(0);
  }
  return false;
}

// Whether an access is one of several that put an enum's case and its payload together.
bool FunctionTypes::isHalfDone(ArrayRef<std::pair<Instruction *, uint64_t>> Pieces, Value *Root) {
  return any_of(Pieces, [&](auto &Piece) {
    if (auto *Load = dyn_cast<LoadInst>(Piece.first)) return goesBack(*Load, Root);
    return comesBack(*cast<StoreInst>(Piece.first), Root);
  });
}

// Finds the values that loads from one root take, or stores to one put there: the outermost type
// that they fill.
void FunctionTypes::group(ArrayRef<Instruction *> Group) {
  auto &Layout = Function.getParent()->getDataLayout();
  SmallVector<Place> Places;
  for (auto *Access : Group) Places.push_back(placeOf(getLoadStorePointerOperand(Access), Layout));
  SmallVector<bool> IsDone(Group.size()), IsWord(Group.size());
  // What is plumbing already can only be a word of another load's value.
  for (unsigned I = 0; I < Group.size(); I++) IsWord[I] = Accesses.count(Group[I]);
  for (unsigned First = 0; First < Group.size(); First++) {
    if (IsDone[First] || IsWord[First]) continue;
    auto Why = Places[First].Path.empty() ? Typing::UnknownAddress : Typing::Part;
    ValueTyping Found(Why);
    // A root of which only the variable is known.
    if (Places[First].Path.empty() && Places[First].Offset == 0)
      Places[First].enter(getLoadStoreType(Group[First]), 0);
    for (unsigned I = 0; I < Places[First].Path.size() && Found.Typing != Typing::Exact; I++) {
      auto &Inside = Places[First].Path[I];
      if (isObject(Inside.Type)) continue;
      uint64_t Size = Layout.getTypeAllocSize(Inside.Type);
      if (Size == 0 || Size > 256) continue;
      BitVector Wanted(Size), Taken(Size);
      markBytes(Inside.Type, 0, Layout, Types, Wanted);
      SmallVector<std::pair<Instruction *, uint64_t>, 2> Pieces;
      SmallVector<unsigned> Members;
      bool Fits = true;
      for (unsigned J = 0; J < Group.size(); J++) {
        int64_t Begin = Places[J].Offset - Inside.Begin;
        int64_t Length = Layout.getTypeStoreSize(getLoadStoreType(Group[J]));
        if (Begin + Length <= 0 || Begin >= int64_t(Size)) continue;
        if (Begin < 0 || Begin + Length > int64_t(Size)) {
          Fits = false;
          continue;
        }
        if (IsDone[J]) Fits = false;
        Taken.set(Begin, Begin + Length);
        Pieces.push_back({Group[J], Begin});
        Members.push_back(J);
      }
      if (!Fits || Taken != Wanted) continue;
      auto *Type = placeType(Places[First], I);
      if (!Type) {
        Found.Typing =
            isa<StructType>(Inside.Type) && Types.structType(cast<StructType>(Inside.Type))
                ? Typing::UnboundGeneric
                : Typing::UnknownAddress;
        continue;
      }
      if (!hasTable(Type) && any_of(Members, [&](unsigned I) { return IsWord[I]; })) continue;
      auto Typed = finish(Type, Pieces.back().first);
      if (Typed.Typing == Typing::Function && Type->Kind == Kind::Function) {
        // One value, even if it cannot be handed over as such.
        for (auto Member : Members) {
          IsDone[Member] = true;
          bool IsLast = Group[Member] == Pieces.back().first;
          Accesses[Group[Member]] = ValueTyping(IsLast ? Typing::Function : Typing::Plumbing);
        }
        break;
      }
      if (Typed.Typing != Typing::Exact) {
        Found.Typing = Typed.Typing;
        continue;
      }
      bool MayBeHalf = isa<LoadInst>(Group[First]) || isEnum(Type);
      if (MayBeHalf && isHalfDone(Pieces, Places[First].Root)) {
        for (auto Member : Members) {
          IsDone[Member] = true;
          Accesses[Group[Member]] = ValueTyping(Typing::Plumbing);
        }
        break;
      }
      Found = std::move(Typed);
      Found.Pieces = Pieces;
      Found.Size = Size;
      for (auto Member : Members) {
        IsDone[Member] = true;
        if (Group[Member] != Pieces.back().first)
          Accesses[Group[Member]] = ValueTyping(Typing::Plumbing);
      }
      Accesses[Pieces.back().first] = Found;
    }
    if (!IsDone[First]) Accesses[Group[First]] = Found;
  }
}

// The memory of an indirect result, of a call that can throw: null: there is none.
static Value *resultOfThrowing(const Instruction &Instruction) {
  auto *Call = dyn_cast<CallBase>(&Instruction);
  if (!Call || !Call->hasStructRetAttr()) return nullptr;
  Value *Result = nullptr;
  bool Throws = false;
  for (unsigned I = 0; I < Call->arg_size(); I++) {
    if (Call->paramHasAttr(I, Attribute::StructRet)) Result = Call->getArgOperand(I);
    Throws |= Call->paramHasAttr(I, Attribute::SwiftError);
  }
  return Throws ? Result : nullptr;
}

// Loads of one value stand together, with nothing but addresses between them. What a call returns
// in memory is loaded before it is known whether the call has thrown, and is no value then.
void FunctionTypes::groupLoads() {
  auto &Layout = Function.getParent()->getDataLayout();
  for (auto &Block : Function) {
    MapVector<Value *, SmallVector<Instruction *>> Window;
    SmallPtrSet<Value *, 2> Unchecked;
    auto Flush = [&] {
      for (auto &[Root, Group] : Window) group(Group);
      Window.clear();
    };
    for (auto &Instruction : Block) {
      if (auto *Load = dyn_cast<LoadInst>(&Instruction)) {
        if (Load->getPointerAddressSpace() != 0 || Load->getPointerOperand()->isSwiftError())
          continue;
        if (isPlumbing(*Load)) {
          Accesses[Load] = ValueTyping(Typing::Plumbing);
          // The table that belongs to a value is a word of it all the same, and so is the address
          // of a function that is called right away.
          if (!isTable(*Load) && !isCalled(Load)) continue;
        }
        auto Place = placeOf(Load->getPointerOperand(), Layout);
        if (Unchecked.contains(Place.Root)) {
          Accesses[Load] = ValueTyping(Typing::Plumbing);
          continue;
        }
        auto &Group = Window[Place.Root];
        // The same bytes again: another value.
        for (auto *Other : Group)
          if (placeOf(getLoadStorePointerOperand(Other), Layout).Offset == Place.Offset) {
            Flush();
            break;
          }
        Window[Place.Root].push_back(Load);
        continue;
      }
      if (isa<GetElementPtrInst>(Instruction) || isa<DbgInfoIntrinsic>(Instruction) ||
          isa<CastInst>(Instruction))
        continue;
      Flush();
      if (auto *Result = resultOfThrowing(Instruction)) Unchecked.insert(Result);
    }
    Flush();
  }
}

const ValueTyping &FunctionTypes::load(LoadInst &Load) { return Accesses[&Load]; }

bool FunctionTypes::mayOverlap(Instruction &First, Instruction &Second) {
  auto &Layout = Function.getParent()->getDataLayout();
  auto One = placeOf(getLoadStorePointerOperand(&First), Layout);
  auto Other = placeOf(getLoadStorePointerOperand(&Second), Layout);
  auto End = [&](const Place &Place, Instruction &Access) {
    return Place.Offset + int64_t(Layout.getTypeStoreSize(getLoadStoreType(&Access)));
  };
  return One.Root != Other.Root ||
         (One.Offset < End(Other, Second) && Other.Offset < End(One, First));
}

// Stores of one value stand together, with nothing between them that sees memory: they can all
// be where the last one is.
void FunctionTypes::groupStores() {
  for (auto &Block : Function) {
    SmallVector<Instruction *> Window;
    auto Flush = [&] {
      group(Window);
      Window.clear();
    };
    for (auto &Instruction : Block) {
      auto *Store = dyn_cast<StoreInst>(&Instruction);
      if (!Store) {
        if (Instruction.mayReadOrWriteMemory()) Flush();
        continue;
      }
      bool IsOwn = Store->getPointerOperand()->isSwiftError() || isPlumbing(*Store);
      if (IsOwn || Store->getPointerAddressSpace() != 0 || !Store->isSimple()) {
        Accesses[Store] = ValueTyping(IsOwn ? Typing::Plumbing : Typing::UnknownAddress);
        Flush();
        continue;
      }
      // Another root may be the same memory, and the same bytes again are another value.
      if (any_of(Window, [&](auto *Other) { return mayOverlap(*Other, *Store); })) Flush();
      Window.push_back(Store);
    }
    Flush();
  }
}

const ValueTyping &FunctionTypes::store(StoreInst &Store) {
  if (!HasStores) groupStores();
  HasStores = true;
  return Accesses[&Store];
}

const ValueTyping &FunctionTypes::value(Instruction &Instruction) {
  if (auto *Store = dyn_cast<StoreInst>(&Instruction)) return store(*Store);
  if (auto *Load = dyn_cast<LoadInst>(&Instruction)) return load(*Load);
  return result(cast<CallBase>(Instruction));
}

}  // namespace rayc
