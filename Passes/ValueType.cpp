#include "ValueType.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DerivedTypes.h"

using namespace llvm;

namespace rayc {

// Swift has integers of 8 to 128 bits; one of another width sees the next wider one.
static std::optional<ValueType> integerType(IntegerType *Type) {
  unsigned Width = Type->getBitWidth();
  if (Width == 1) return ValueType{"i1", "Sb", Type};
  for (unsigned Wide : {8u, 16u, 32u, 64u, 128u}) {
    if (Width > Wide) continue;
    std::string Name = "Int" + utostr(Wide);
    std::string Mangled = "s" + utostr(Name.size()) + Name + "V";
    bool InRegister = Width == Wide && Wide <= 64;
    return ValueType{InRegister ? "i" + utostr(Wide) : "any", Mangled,
                     IntegerType::get(Type->getContext(), Wide)};
  }
  return std::nullopt;
}

// A vector of n elements is SIMDn<Element>; Swift has n = 2, 4, 8, 16, 32, 64.
static std::optional<ValueType> vectorType(FixedVectorType *Type) {
  unsigned Count = Type->getNumElements();
  auto Element = valueType(Type->getElementType());
  // No SIMD of pointers, Bool, Int128 or Float80.
  bool IsNumber = Element && Element->Memory == Type->getElementType() &&
                  !Type->getElementType()->isPointerTy() && Element->Mangled != "Sb" &&
                  Type->getScalarSizeInBits() <= 64;
  if (!IsNumber || Count < 2 || Count > 64 || !isPowerOf2_32(Count)) return std::nullopt;
  std::string Name = "SIMD" + utostr(Count);
  return ValueType{"any", "s" + utostr(Name.size()) + Name + "Vy" + Element->Mangled + "G", Type};
}

// A struct or array is a tuple of its elements. The layouts agree as long as the struct is
// not packed, its elements are what they are in memory, and none is a tuple itself: Swift
// does not pad an inner tuple.
static std::optional<ValueType> aggregateType(Type *Type) {
  unsigned Count = Type->isArrayTy() ? Type->getArrayNumElements() : Type->getStructNumElements();
  if (Count == 0 || Count > 32) return std::nullopt;
  if (auto *Struct = dyn_cast<StructType>(Type); Struct && Struct->isPacked()) return std::nullopt;
  std::string Mangled;
  for (unsigned I = 0; I < Count; I++) {
    auto *ElementType =
        Type->isArrayTy() ? Type->getArrayElementType() : Type->getStructElementType(I);
    auto Element = valueType(ElementType);
    if (!Element || Element->Memory != ElementType || ElementType->isAggregateType())
      return std::nullopt;
    Mangled += Element->Mangled;
    if (I == 0) Mangled += "_";
  }
  // A tuple of one is no Swift type: its element stands for it.
  if (Count == 1) return ValueType{"any", StringRef(Mangled).drop_back().str(), Type};
  return ValueType{"any", Mangled + "t", Type};
}

std::optional<ValueType> valueType(Type *Type) {
  if (auto *Integer = dyn_cast<IntegerType>(Type)) return integerType(Integer);
  if (Type->isFloatTy()) return ValueType{"f32", "Sf", Type};
  if (Type->isDoubleTy()) return ValueType{"f64", "Sd", Type};
  if (Type->isHalfTy()) return ValueType{"any", "s7Float16V", Type};
  if (Type->isX86_FP80Ty()) return ValueType{"any", "s7Float80V", Type};
  if (Type->isPointerTy() && Type->getPointerAddressSpace() == 0)
    return ValueType{"ptr", "SVSg", Type};
  if (auto *Vector = dyn_cast<FixedVectorType>(Type)) return vectorType(Vector);
  if (Type->isStructTy() || Type->isArrayTy()) return aggregateType(Type);
  return std::nullopt;
}

}  // namespace rayc
