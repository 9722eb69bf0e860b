#include "FunctionTypes.h"
#include "Plumbing.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

/// Where an address is: so many bytes behind a root, inside types of which the innermost is last.
struct FunctionTypes::Place {
  struct Inside {
    Type *Type;
    int64_t Begin;
    /// The type around it and the number of this element; null: not known.
    StructType *Parent = nullptr;
    unsigned Element = 0;
  };
  Value *Root = nullptr;
  int64_t Offset = 0;
  SmallVector<Inside, 6> Path;

  void enter(llvm::Type *Type, int64_t Begin, StructType *Parent = nullptr, unsigned Element = 0) {
    if (!Path.empty() && Path.back().Type == Type && Path.back().Begin == Begin) return;
    Path.push_back({Type, Begin, Parent, Element});
  }
};

FunctionTypes::Place FunctionTypes::place(Value *Address) {
  auto &Layout = Function.getParent()->getDataLayout();
  auto *Step = dyn_cast<GEPOperator>(Address);
  if (!Step) {
    Place Place;
    Place.Root = Address;
    if (auto *Slot = dyn_cast<AllocaInst>(Address); Slot && !Slot->isArrayAllocation())
      Place.enter(Slot->getAllocatedType(), 0);
    if (auto *Global = dyn_cast<GlobalVariable>(Address)) Place.enter(Global->getValueType(), 0);
    return Place;
  }
  auto *Type = Step->getSourceElementType();
  if (!Step->hasAllConstantIndices()) {
    Place Place;
    Place.Root = Step;
    if (Step->getNumIndices() == 1 && Type->isStructTy()) Place.enter(Type, 0);
    return Place;
  }
  auto Place = place(Step->getPointerOperand());
  auto Index = Step->idx_begin();
  int64_t First = cast<ConstantInt>(*Index)->getSExtValue();
  // Another element: what lies around the first says nothing about this one.
  if (First != 0 || !Type->isStructTy()) Place.Path.clear();
  Place.Offset += First * int64_t(Layout.getTypeAllocSize(Type));
  if (Type->isStructTy()) Place.enter(Type, Place.Offset);
  for (++Index; Index != Step->idx_end(); ++Index) {
    auto Number = cast<ConstantInt>(*Index)->getZExtValue();
    auto *Struct = dyn_cast<StructType>(Type);
    if (!Struct) {
      auto *Array = dyn_cast<ArrayType>(Type);
      if (!Array) return Place;
      Type = Array->getElementType();
      Place.Offset += Number * int64_t(Layout.getTypeAllocSize(Type));
      Place.Path.clear();
      continue;
    }
    Place.Offset += Layout.getStructLayout(Struct)->getElementOffset(Number);
    Type = Struct->getElementType(Number);
    Place.enter(Type, Place.Offset, Struct, Number);
  }
  return Place;
}

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

// The variable that a global is, by its name.
static Node globalType(const GlobalVariable &Global, SwiftTypes &Types) {
  auto &Parts = Types.Names.read(Global.getName());
  if (Parts.size() != 1) return nullptr;
  auto *Entity = withoutWrapper(Parts[0]);
  return Entity->Kind == Kind::Entity && Entity->Text == "v" ? typeOf(Entity) : nullptr;
}

// A property at an offset that is only known at run time: `gep i8, %object, load @…Wvd`.
static Node propertyType(Value *Root, SwiftTypes &Types) {
  auto *Step = dyn_cast<GEPOperator>(Root);
  if (!Step || Step->getNumIndices() != 1 || !Step->getSourceElementType()->isIntegerTy(8))
    return nullptr;
  auto *Offset = dyn_cast<LoadInst>(*Step->idx_begin());
  auto *Global = Offset ? dyn_cast<GlobalVariable>(Offset->getPointerOperand()) : nullptr;
  if (!Global || !Global->getName().ends_with("Wvd")) return nullptr;
  auto &Parts = Types.Names.read(Global->getName());
  return !Parts.empty() && Parts[0]->Kind == Kind::Suffix && Parts[0]->child(0) &&
                 Parts[0]->child(0)->Kind == Kind::Entity
             ? typeOf(Parts[0]->child(0))
             : nullptr;
}

// Whether a generic type's name and a type with arguments are of one kind.
static bool isBoundFrom(Node Bound, Node Nominal) {
  return Bound && Bound->Kind == Kind::BoundGeneric &&
         MangledNames::write(Bound->child(0)) == MangledNames::write(Nominal);
}

// The type of a value that is put into memory: of a call's result, of a load.
Node FunctionTypes::typeOfStored(Value *Value) {
  if (auto *Extract = dyn_cast<ExtractValueInst>(Value)) Value = Extract->getAggregateOperand();
  if (auto *Call = dyn_cast<CallBase>(Value)) {
    auto &Result = result(*Call);
    return Result.Typing == Typing::Exact ? Result.Type : nullptr;
  }
  if (auto *Load = dyn_cast<LoadInst>(Value)) {
    auto Known = Loads.find(Load);
    return Known != Loads.end() ? Known->second.Type : nullptr;
  }
  return nullptr;
}

// The types that a place is known to have had, from what is put there and who gets its address.
const FunctionTypes::Bindings &FunctionTypes::bindings(Value *Root) {
  auto Known = Bound.find(Root);
  if (Known != Bound.end()) return Known->second;
  Bindings Found;
  SmallVector<Value *> Addresses{Root};
  while (!Addresses.empty() && Found.size() < 8) {
    auto *Address = Addresses.pop_back_val();
    for (auto *User : Address->users()) {
      if (auto *Step = dyn_cast<GEPOperator>(User)) {
        bool IsStart = Step->getPointerOperand() == Address && Step->hasAllZeroIndices();
        if (IsStart) Addresses.push_back(Step);
      } else if (auto *Store = dyn_cast<StoreInst>(User)) {
        if (Store->getPointerOperand() != Address) continue;
        if (auto *Type = typeOfStored(Store->getValueOperand())) Found.push_back(Type);
      } else if (auto *Call = dyn_cast<CallBase>(User)) {
        for (unsigned I = 0; I < Call->arg_size(); I++) {
          if (Call->getArgOperand(I) != Address) continue;
          if (Call->paramHasAttr(I, Attribute::StructRet)) {
            auto &Result = result(*Call);
            if (Result.Typing == Typing::Exact) Found.push_back(Result.Type);
          } else if (Call->paramHasAttr(I, Attribute::SwiftSelf)) {
            if (auto *Self = selfType(*Call)) Found.push_back(Self);
          }
        }
      }
    }
  }
  return Bound[Root] = Found;
}

Node FunctionTypes::boundBy(Node Nominal, Value *Root, int64_t Begin) {
  if (Begin != 0) return nullptr;
  Node Found = nullptr;
  for (auto *Type : bindings(Root)) {
    if (!isBoundFrom(Type, Nominal)) continue;
    // Two answers are none.
    if (Found && MangledNames::write(Found) != MangledNames::write(Type)) return nullptr;
    Found = Type;
  }
  return Found;
}

Node FunctionTypes::placeType(const Place &Place, unsigned Number) {
  auto &Inside = Place.Path[Number];
  Node Named = nullptr;
  if (auto *Struct = dyn_cast<StructType>(Inside.Type)) Named = Types.structType(Struct);
  if (Named && (!Named->isNominal() || Types.isConcrete(Named))) return Named;
  bool IsObject = Named && Named->Kind == Kind::Class;
  // The part of a generic type that has a known layout is no value of it.
  if (Named && !IsObject && !Types.isWhole(cast<StructType>(Inside.Type))) return nullptr;
  uint64_t Size = Function.getParent()->getDataLayout().getTypeAllocSize(Inside.Type);
  auto Fits = [&](Node Type) {
    if (Type && !Named) return Types.size(Type) == Size;
    return Type && isBoundFrom(Type, Named);
  };
  if (Inside.Begin == 0 && IsObject) {
    auto *Known = References.lookup(Place.Root);
    return Fits(Known) ? Known : nullptr;
  }
  if (Inside.Begin == 0) {
    if (auto *Known = Variables.lookup(Place.Root); Fits(Known)) return Known;
    if (Number == 0) {
      if (auto *Global = dyn_cast<GlobalVariable>(Place.Root))
        if (auto *Known = globalType(*Global, Types); Fits(Known)) return Known;
      if (auto *Known = propertyType(Place.Root, Types); Fits(Known) && !mentionsParameter(Known))
        return Known;
    }
  }
  if (Inside.Parent) {
    if (auto *Field = Types.fieldType(Inside.Parent, Inside.Element)) {
      if (!mentionsParameter(Field)) return Fits(Field) ? Field : nullptr;
      // In terms of the type around it.
      unsigned Outer = Number;
      while (Outer > 0 && Place.Path[Outer].Type != Inside.Parent) Outer--;
      auto *Around = Place.Path[Outer].Type == Inside.Parent ? placeType(Place, Outer) : nullptr;
      if (Around && Around->Kind == Kind::BoundGeneric) {
        Typing Why;
        if (auto *Type = substituteMember(Field, Around, Why); Fits(Type)) return Type;
      }
    }
  }
  return Named ? boundBy(Named, Place.Root, Inside.Begin) : nullptr;
}

// Whether a loaded part goes back to where it came from, with bits set or cleared: an enum's
// case is put in, or taken out, and what was loaded is no value before that.
bool FunctionTypes::goesBack(const LoadInst &Load, Value *Root) {
  auto IsBack = [&](const User *User, const Value *Content) {
    auto *Store = dyn_cast<StoreInst>(User);
    return Store && Store->getValueOperand() == Content &&
           place(const_cast<Value *>(Store->getPointerOperand())).Root == Root;
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

// Finds the values that loads from one root take: the outermost type that the loads fill.
void FunctionTypes::group(ArrayRef<LoadInst *> Group) {
  auto &Layout = Function.getParent()->getDataLayout();
  SmallVector<Place> Places;
  for (auto *Load : Group) Places.push_back(place(Load->getPointerOperand()));
  SmallVector<bool> IsDone(Group.size());
  for (unsigned First = 0; First < Group.size(); First++) {
    if (IsDone[First]) continue;
    auto Why = Places[First].Path.empty() ? Typing::UnknownAddress : Typing::Part;
    ValueTyping Found(Why);
    // A root of which only the variable is known.
    if (Places[First].Path.empty() && Places[First].Offset == 0)
      Places[First].enter(Group[First]->getType(), 0);
    for (unsigned I = 0; I < Places[First].Path.size() && Found.Typing != Typing::Exact; I++) {
      auto &Inside = Places[First].Path[I];
      if (isObject(Inside.Type)) continue;
      uint64_t Size = Layout.getTypeAllocSize(Inside.Type);
      if (Size == 0 || Size > 256) continue;
      BitVector Wanted(Size), Taken(Size);
      markBytes(Inside.Type, 0, Layout, Types, Wanted);
      SmallVector<std::pair<LoadInst *, uint64_t>, 2> Pieces;
      SmallVector<unsigned> Members;
      bool Fits = true;
      for (unsigned J = 0; J < Group.size(); J++) {
        int64_t Begin = Places[J].Offset - Inside.Begin;
        int64_t Length = Layout.getTypeStoreSize(Group[J]->getType());
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
      auto Typed = finish(Type, Pieces.back().first);
      if (Typed.Typing != Typing::Exact) {
        Found.Typing = Typed.Typing;
        continue;
      }
      if (any_of(Pieces, [&](auto &Piece) { return goesBack(*Piece.first, Places[First].Root); })) {
        for (auto Member : Members) {
          IsDone[Member] = true;
          Loads[Group[Member]] = ValueTyping(Typing::Plumbing);
        }
        break;
      }
      Found = std::move(Typed);
      Found.Pieces = Pieces;
      Found.Size = Size;
      for (auto Member : Members) {
        IsDone[Member] = true;
        if (Group[Member] != Pieces.back().first)
          Loads[Group[Member]] = ValueTyping(Typing::Plumbing);
      }
      Loads[Pieces.back().first] = Found;
    }
    if (!IsDone[First]) Loads[Group[First]] = Found;
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
  for (auto &Block : Function) {
    MapVector<Value *, SmallVector<LoadInst *>> Window;
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
          Loads[Load] = ValueTyping(Typing::Plumbing);
          continue;
        }
        auto Place = place(Load->getPointerOperand());
        if (Unchecked.contains(Place.Root)) {
          Loads[Load] = ValueTyping(Typing::Plumbing);
          continue;
        }
        auto &Group = Window[Place.Root];
        // The same bytes again: another value.
        for (auto *Other : Group)
          if (place(Other->getPointerOperand()).Offset == Place.Offset) {
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

const ValueTyping &FunctionTypes::load(LoadInst &Load) { return Loads[&Load]; }

const ValueTyping &FunctionTypes::value(Instruction &Instruction) {
  if (auto *Load = dyn_cast<LoadInst>(&Instruction)) return load(*Load);
  return result(cast<CallBase>(Instruction));
}

}  // namespace rayc
