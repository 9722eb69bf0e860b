#include "Registers.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

namespace {

// A piece of a value; without a type: bytes of which nothing is known.
struct Piece {
  Type *Type;
  uint64_t Begin, End;
};

class Flattening {
 public:
  Flattening(SwiftTypes &Types, LLVMContext &Context, const DataLayout &Layout)
      : Types(Types), Context(Context), Layout(Layout) {}

  bool add(Node Type, uint64_t Begin);

  SmallVector<Piece, 8> Pieces;
  uint64_t Alignment = 1;

 private:
  bool addStruct(StructType *Struct, uint64_t Begin);
  bool addScalar(Type *Scalar, uint64_t Begin);
  bool addStandard(Node Type, uint64_t Begin);
  bool addOptional(Node Payload, uint64_t Begin);
  bool addTuple(Node Tuple, uint64_t Begin);
  void addBytes(uint64_t Begin, uint64_t Size) { Pieces.push_back({nullptr, Begin, Begin + Size}); }

  SwiftTypes &Types;
  LLVMContext &Context;
  const DataLayout &Layout;
};

}  // namespace

bool Flattening::addScalar(Type *Scalar, uint64_t Begin) {
  bool IsKnown = Scalar->isPointerTy() || Scalar->isFloatTy() || Scalar->isDoubleTy() ||
                 Scalar->isIntegerTy(1) || Scalar->isIntegerTy(8) || Scalar->isIntegerTy(16) ||
                 Scalar->isIntegerTy(32) || Scalar->isIntegerTy(64);
  if (!IsKnown) return false;
  uint64_t Size = Layout.getTypeStoreSize(Scalar);
  Pieces.push_back({Scalar, Begin, Begin + Size});
  if (Alignment) Alignment = std::max(Alignment, Size);
  return true;
}

static bool isEnum(Node Type) {
  if (Type && Type->Kind == Kind::BoundGeneric) Type = Type->child(0);
  return Type && Type->Kind == Kind::Enum;
}

bool Flattening::addStruct(StructType *Struct, uint64_t Begin) {
  if (Struct->isOpaque()) return false;
  auto Name = Struct->hasName() ? Struct->getName() : "";
  bool IsFunction = Name == "swift.function" || Name == "swift.noescape.function";
  auto *Named = Types.structType(Struct);
  // What the runtime has to copy has no registers.
  if (Struct->hasName() && !IsFunction && !Named) return false;
  if (Named && (Named->Kind == Kind::Existential || Named->Kind == Kind::Class)) return false;
  bool KeepsBytes = isEnum(Named);
  for (unsigned I = 0; I < Struct->getNumElements(); I++) {
    auto *Element = Struct->getElementType(I);
    uint64_t At = Begin + Layout.getStructLayout(Struct)->getElementOffset(I);
    if (Element->isArrayTy()) {
      // In a struct it is padding; an enum consists of bytes.
      if (!KeepsBytes) continue;
      addBytes(At, Layout.getTypeStoreSize(Element));
      Alignment = 0;
    } else if (auto *Inner = dyn_cast<StructType>(Element)) {
      if (!addStruct(Inner, At)) return false;
    } else if (!addScalar(Element, At)) {
      return false;
    }
  }
  return true;
}

// Types of the standard library, whose layout is a part of its binary interface.
bool Flattening::addStandard(Node Type, uint64_t Begin) {
  auto *Nominal = Type->Kind == Kind::BoundGeneric ? Type->child(0) : Type;
  auto Name = MangledNames::write(Nominal);
  if (!Name) return false;
  // One letter for each word or number.
  StringRef Letters = StringSwitch<StringRef>(*Name)
                          .Cases({"Si", "Su", "s5Int64V", "s6UInt64V"}, "l")
                          .Cases({"s5Int32V", "s6UInt32V"}, "i")
                          .Cases({"s5Int16V", "s6UInt16V"}, "s")
                          .Cases({"s4Int8V", "s5UInt8V"}, "c")
                          .Case("Sb", "b")
                          .Case("Sd", "d")
                          .Case("Sf", "f")
                          .Cases({"SS", "SJ"}, "lp")
                          .Case("Ss", "lllp")
                          .Cases({"Sa", "SD", "Sh", "s15ContiguousArrayV"}, "p")
                          .Cases({"SP", "Sp", "SV", "Sv", "SO"}, "p")
                          .Default("");
  if (Letters.empty()) return false;
  for (char Letter : Letters) {
    llvm::Type *Scalar = nullptr;
    switch (Letter) {
      case 'l': Scalar = llvm::Type::getInt64Ty(Context); break;
      case 'i': Scalar = llvm::Type::getInt32Ty(Context); break;
      case 's': Scalar = llvm::Type::getInt16Ty(Context); break;
      case 'c': Scalar = llvm::Type::getInt8Ty(Context); break;
      case 'b': Scalar = llvm::Type::getInt1Ty(Context); break;
      case 'd': Scalar = llvm::Type::getDoubleTy(Context); break;
      case 'f': Scalar = llvm::Type::getFloatTy(Context); break;
      case 'p': Scalar = PointerType::get(Context, 0); break;
    }
    if (!addScalar(Scalar, Begin)) return false;
    Begin += Layout.getTypeStoreSize(Scalar);
  }
  return true;
}

// A pointer or Bool has a pattern of bits to spare for `nil`; a number has not, and a byte
// follows it.
bool Flattening::addOptional(Node Payload, uint64_t Begin) {
  Flattening Inside(Types, Context, Layout);
  if (!Inside.add(Payload, 0)) return false;
  uint64_t Size = 0;
  bool HasSpare = false;
  for (auto &Piece : Inside.Pieces) {
    // An enum or optional inside: how many patterns it has left is not known here.
    if (!Piece.Type) return false;
    Size = std::max(Size, Piece.End);
    HasSpare |= Piece.Type->isPointerTy() || Piece.Type->isIntegerTy(1);
  }
  addBytes(Begin, Size);
  if (!HasSpare) addBytes(Begin + Size, 1);
  Alignment = Alignment ? std::max(Alignment, Inside.Alignment) : 0;
  return true;
}

// Its elements one behind the other, each where its alignment lets it begin.
bool Flattening::addTuple(Node Tuple, uint64_t Begin) {
  for (auto *Element : Tuple->Children) {
    if (Element->Kind == Kind::TupleElement && Element->Text == "d") return false;
    Flattening Inside(Types, Context, Layout);
    if (!Inside.add(Element->Kind == Kind::TupleElement ? Element->child(0) : Element, 0) ||
        !Inside.Alignment)
      return false;
    Begin = alignTo(Begin, Inside.Alignment);
    uint64_t End = Begin;
    for (auto &Piece : Inside.Pieces) {
      Pieces.push_back({Piece.Type, Begin + Piece.Begin, Begin + Piece.End});
      End = std::max(End, Pieces.back().End);
    }
    if (Alignment) Alignment = std::max(Alignment, Inside.Alignment);
    Begin = End;
  }
  return true;
}

bool Flattening::add(Node Type, uint64_t Begin) {
  auto *Pointer = PointerType::get(Context, 0);
  switch (Type->Kind) {
    case Kind::Class: return addScalar(Pointer, Begin);
    case Kind::Struct:
    case Kind::Enum: {
      if (auto *Struct = Types.layout(Type)) return addStruct(Struct, Begin);
      return addStandard(Type, Begin);
    }
    case Kind::BoundGeneric: {
      auto *Nominal = Type->child(0);
      if (Nominal->Kind == Kind::Class) return addScalar(Pointer, Begin);
      if (auto *Struct = Types.layout(Type)) return addStruct(Struct, Begin);
      if (MangledNames::write(Nominal) == "Sq") return addOptional(Type->child(1)->child(0), Begin);
      return addStandard(Type, Begin);
    }
    case Kind::Existential: {
      auto Name = MangledNames::write(Type);
      return (Name == "s5Error_p" || Name == "yXl") && addScalar(Pointer, Begin);
    }
    case Kind::Metatype: {
      if (Type->Text != "m") return false;
      auto *Instance = Type->child(0);
      auto *Nominal = Instance->Kind == Kind::BoundGeneric ? Instance->child(0) : Instance;
      return Nominal->Kind == Kind::Class && addScalar(Pointer, Begin);
    }
    case Kind::Function:
      if (Type->Text != "XC" && !addScalar(Pointer, Begin)) return false;
      return (Type->Text == "c" || Type->Text == "XE" || Type->Text == "XC" || Type->Text == "XK" ||
              Type->Text == "XA") &&
             addScalar(Pointer, Begin + (Type->Text == "XC" ? 0 : 8));
    case Kind::Builtin:
      if (Type->Text == "Bp" || Type->Text == "Bo" || Type->Text == "BO" || Type->Text == "Bb")
        return addScalar(Pointer, Begin);
      if (Type->Text == "Bi1_") return addScalar(llvm::Type::getInt1Ty(Context), Begin);
      if (Type->Text == "Bi64_" || Type->Text == "Bw")
        return addScalar(llvm::Type::getInt64Ty(Context), Begin);
      return Type->Text == "Bi32_" && addScalar(llvm::Type::getInt32Ty(Context), Begin);
    case Kind::Tuple: return addTuple(Type, Begin);
    default: return false;
  }
}

static bool isMergeable(const Piece &Piece) {
  return !Piece.Type || !Piece.Type->isFloatingPointTy();
}

// What lies in one word of 8 bytes goes together, unless it is a floating-point number:
// pieces become bytes, and bytes the smallest integer that covers them.
static void merge(SmallVectorImpl<Piece> &Pieces, LLVMContext &Context) {
  for (unsigned I = 1; I < Pieces.size(); I++) {
    auto &First = Pieces[I - 1], &Second = Pieces[I];
    bool IsOneWord = (First.End - 1) / 8 == Second.Begin / 8;
    if (!IsOneWord || !isMergeable(First) || !isMergeable(Second)) continue;
    First.Type = Second.Type = nullptr;
    First.End = Second.Begin;
  }
  SmallVector<Piece, 8> Merged;
  for (unsigned I = 0; I < Pieces.size(); I++) {
    if (Pieces[I].Type) {
      Merged.push_back(Pieces[I]);
      continue;
    }
    uint64_t Begin = Pieces[I].Begin, End = Pieces[I].End;
    while (I + 1 < Pieces.size() && !Pieces[I + 1].Type && Pieces[I + 1].Begin == End)
      End = Pieces[++I].End;
    while (Begin < End) {
      uint64_t WordEnd = std::min(End, Begin / 8 * 8 + 8), Size = 1;
      while (Begin / Size * Size + Size < WordEnd) Size *= 2;
      uint64_t Start = Begin / Size * Size;
      Merged.push_back({IntegerType::get(Context, Size * 8), Start, Start + Size});
      Begin = WordEnd;
    }
  }
  Pieces.assign(Merged.begin(), Merged.end());
}

std::optional<Registers> registersOf(Node Type, SwiftTypes &Types) {
  auto &Context = Types.module().getContext();
  Flattening Flat(Types, Context, Types.module().getDataLayout());
  if (!Flat.add(Type, 0)) return std::nullopt;
  merge(Flat.Pieces, Context);
  Registers Found;
  Found.Alignment = Flat.Alignment;
  for (auto &Piece : Flat.Pieces) {
    Found.Parts.push_back({Piece.Type, Piece.Begin});
    Found.Size = std::max(Found.Size, Piece.End);
  }
  return Found;
}

}  // namespace rayc
