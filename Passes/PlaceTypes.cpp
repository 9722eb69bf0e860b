#include "FunctionTypes.h"
#include "Place.h"
#include "SiteSelector.h"
#include "Substitution.h"

#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// The variable that a global is, by its name.
static Node globalType(const GlobalVariable &Global, SwiftTypes &Types) {
  auto &Parts = Types.Names.read(Global.getName());
  if (Parts.size() != 1) return nullptr;
  auto *Entity = withoutWrapper(Parts[0]);
  return Entity->Kind == Kind::Entity && Entity->Text == "v" ? typeOf(Entity) : nullptr;
}

// A property of a generic struct, whose offset is in the struct's metadata:
// `gep i8, %struct, (load i32, (gep i32, %metadata, N))`.
Node FunctionTypes::fieldByMetadata(const LoadInst &Offset) {
  auto *Step = dyn_cast<GEPOperator>(Offset.getPointerOperand());
  if (!Step || Step->getNumIndices() != 1 || !Step->getSourceElementType()->isIntegerTy(32))
    return nullptr;
  auto *Index = dyn_cast<ConstantInt>(*Step->idx_begin());
  auto *Around = Index ? metadata(const_cast<Value *>(Step->getPointerOperand())) : nullptr;
  if (!Around || Around->Kind != Kind::BoundGeneric) return nullptr;
  auto *Field = Types.fieldAtOffset(Around->child(0), Index->getZExtValue());
  Typing Why;
  return Field ? substituteMember(Field, Around, Types, Why) : nullptr;
}

// A property at an offset that is only known at run time: `gep i8, %object, load @…Wvd`.
Node FunctionTypes::propertyType(Value *Root) {
  auto *Step = dyn_cast<GEPOperator>(Root);
  if (!Step || Step->getNumIndices() != 1 || !Step->getSourceElementType()->isIntegerTy(8))
    return nullptr;
  auto *Offset = dyn_cast<LoadInst>(*Step->idx_begin());
  if (!Offset) return nullptr;
  auto *Global = dyn_cast<GlobalVariable>(Offset->getPointerOperand());
  if (!Global) return fieldByMetadata(*Offset);
  if (!Global->getName().ends_with("Wvd")) return nullptr;
  auto &Parts = Types.Names.read(Global->getName());
  bool IsProperty = !Parts.empty() && Parts[0]->Kind == Kind::Suffix && Parts[0]->child(0) &&
                    Parts[0]->child(0)->Kind == Kind::Entity;
  auto *Type = IsProperty ? typeOf(Parts[0]->child(0)) : nullptr;
  return Type && !mentionsParameter(Type) ? Type : nullptr;
}

// Whether a generic type's name and a type with arguments are of one kind.
static bool isBoundFrom(Node Bound, Node Nominal) {
  return Bound && Bound->Kind == Kind::BoundGeneric &&
         MangledNames::write(Bound->child(0)) == MangledNames::write(Nominal);
}

// Whether a value is cast in the memory at an address, where it has one type.
static bool isCast(const Value *Root) {
  return any_of(Root->users(), [&](const User *User) {
    auto *Call = dyn_cast<CallBase>(User);
    return Call && calleeName(*Call) == "swift_dynamicCast" &&
           (Call->getArgOperand(0) == Root || Call->getArgOperand(1) == Root);
  });
}

// The types that a place is known to have had, from what is put there and who gets its address.
const FunctionTypes::Bindings &FunctionTypes::bindings(Value *Root) {
  auto Known = Bound.find(Root);
  if (Known != Bound.end()) return Known->second;
  // What is copied in a circle tells nothing.
  Bound[Root];
  Bindings Found;
  // The address of `self`.
  auto *Argument = dyn_cast<llvm::Argument>(Root);
  if (Argument && Argument->hasSwiftSelfAttr())
    if (auto *Type = ownType()) Found.push_back(Type);
  SmallVector<Value *> Addresses{Root};
  while (!Addresses.empty() && Found.size() < 8) {
    auto *Address = Addresses.pop_back_val();
    for (auto *User : Address->users()) {
      if (auto *Step = dyn_cast<GEPOperator>(User)) {
        bool IsStart = Step->getPointerOperand() == Address && Step->hasAllZeroIndices();
        if (IsStart) Addresses.push_back(Step);
      } else if (auto *Store = dyn_cast<StoreInst>(User)) {
        if (Store->getPointerOperand() != Address) continue;
        if (auto *Type = typeOfValue(Store->getValueOperand())) Found.push_back(Type);
      } else if (auto *Copy = dyn_cast<MemCpyInst>(User)) {
        if (Copy->getRawDest() == Address) appendTypesAt(Copy->getRawSource(), Found);
      } else if (auto *Call = dyn_cast<CallBase>(User)) {
        for (unsigned I = 0; I < Call->arg_size(); I++) {
          if (Call->getArgOperand(I) != Address) continue;
          if (Call->paramHasAttr(I, Attribute::StructRet)) {
            auto &Result = result(*Call);
            if (Result.Typing == Typing::Exact) Found.push_back(Result.Type);
          } else if (calleeName(*Call) == "swift_dynamicCast" && I < 2) {
            // Where to, where from; and their types.
            if (auto *Type = metadata(Call->getArgOperand(3 - I))) Found.push_back(Type);
          } else if (Call->paramHasAttr(I, Attribute::SwiftSelf)) {
            if (auto *Self = selfType(*Call)) Found.push_back(Self);
          }
        }
      }
    }
  }
  return Bound[Root] = Found;
}

// The types that begin at an address.
void FunctionTypes::appendTypesAt(Value *Address, Bindings &Found) {
  auto Place = placeOf(Address, Function.getParent()->getDataLayout());
  for (unsigned I = 0; I < Place.Path.size(); I++)
    if (Place.Path[I].Begin == Place.Offset)
      if (auto *Type = placeType(Place, I)) Found.push_back(Type);
  if (!Place.Path.empty() || Place.Offset != 0) return;
  Bindings OfRoot = bindings(Place.Root);
  Found.append(OfRoot.begin(), OfRoot.end());
}

Node FunctionTypes::boundBy(Node Nominal, Value *Root, int64_t Begin) {
  if (Begin != 0) return nullptr;
  Node Found = nullptr;
  for (auto *Type : bindings(Root)) {
    // What an optional holds begins where the optional does.
    while (isOptional(Type) && !isBoundFrom(Type, Nominal)) Type = Type->child(1)->child(0);
    if (!isBoundFrom(Type, Nominal)) continue;
    // Two answers are none.
    if (Found && MangledNames::write(Found) != MangledNames::write(Type)) return nullptr;
    Found = Type;
  }
  return Found;
}

// The type whose member the function at hand is, as the function sees it. Null for one without
// `self`, and if what its generic arguments are is not known.
Node FunctionTypes::ownType() {
  auto &Parts = Types.Names.read(Function.getName());
  if (Parts.empty() || Parts[0]->Kind == Kind::Static) return nullptr;
  auto *Inner = withoutWrapper(Parts[0]);
  bool IsMember = Inner->Text == "F" || Inner->Text == "v" || Inner->Text == "i";
  if (Inner->Kind != Kind::Entity || !IsMember || contextHasSameType(Inner)) return nullptr;
  auto *Context = contextOf(Inner);
  if (Context->Kind != Kind::Struct && Context->Kind != Kind::Enum) return nullptr;
  auto *Type = selfTypeOf(Context, Types);
  bool IsSpecialized = false;
  for (auto *Part : drop_begin(Parts)) {
    if (Part->Kind == Kind::Specialization && !IsSpecialized) {
      IsSpecialized = true;
      GenericArguments Arguments;
      Typing Why;
      if (!Type || !specialization(Parts[0], Part, Types, Arguments)) return nullptr;
      Type = substitute(Type, Arguments, Types.Names, Why);
    } else if (Part->Kind != Kind::Suffix ||
               (Part->Text != "Tm" && !StringRef(Part->Text).starts_with("Tf"))) {
      return nullptr;
    }
  }
  return Type;
}

Node FunctionTypes::placeType(const Place &Place, unsigned Number) {
  auto &Inside = Place.Path[Number];
  Node Named = nullptr;
  if (auto *Struct = dyn_cast<StructType>(Inside.Type)) Named = Types.structType(Struct);
  // The part of a type that has a known layout is no value of it.
  if (Named && !Types.isWhole(cast<StructType>(Inside.Type))) return nullptr;
  if (Named && (!Named->isNominal() || Types.isConcrete(Named))) return Named;
  bool IsObject = Named && Named->Kind == Kind::Class;
  auto &Layout = Function.getParent()->getDataLayout();
  uint64_t Size = Layout.getTypeAllocSize(Inside.Type);
  auto Fits = [&](Node Type) {
    // Debug information leaves out what follows the last byte.
    if (Type && !Named)
      return alignTo(Types.size(Type).value_or(0), Layout.getABITypeAlign(Inside.Type)) == Size;
    return Type && isBoundFrom(Type, Named);
  };
  if (Inside.Begin == 0 && IsObject) {
    auto *Known = References.lookup(Place.Root);
    return Fits(Known) ? Known : nullptr;
  }
  if (Inside.Begin == 0) {
    if (auto *Known = Variables.lookup(Place.Root); Fits(Known)) return Known;
    if (auto *Argument = dyn_cast<llvm::Argument>(Place.Root);
        Argument && Argument->getDereferenceableBytes())
      if (auto *Known = parameterType(*Argument); Fits(Known)) return Known;
    if (Number == 0) {
      if (auto *Global = dyn_cast<GlobalVariable>(Place.Root))
        if (auto *Known = globalType(*Global, Types); Fits(Known)) return Known;
      if (auto *Known = propertyType(Place.Root); Fits(Known)) return Known;
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
        if (auto *Type = substituteMember(Field, Around, Types, Why); Fits(Type)) return Type;
      }
    }
  }
  if (Named) return boundBy(Named, Place.Root, Inside.Begin);
  // A word without a name, of which only one thing is known.
  auto &Known = bindings(Place.Root);
  bool IsOne = Inside.Begin == 0 && Number == 0 && isa<AllocaInst>(Place.Root) && !Known.empty() &&
               all_of(Known, [&](Node Type) { return key(Type) == key(Known[0]); });
  return IsOne && isCast(Place.Root) && Fits(Known[0]) ? Known[0] : nullptr;
}

}  // namespace rayc
