// Stage 2: what a module's names and debug information say about Swift types.
#pragma once

#include "MangledName.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Module.h"

namespace rayc {

/// Why a value has no exact Swift type, or that it has one; RAY_TYPE_… of ray_abi.h.
enum class Typing : uint8_t {
  Exact = 0,
  /// There is no value: a call that returns nothing.
  None = 1,
  /// The value exists only for the compiler.
  Plumbing = 2,
  /// The callee is known only at run time, and nothing says what it returns.
  IndirectCall = 3,
  /// The callee is no Swift function.
  ForeignCallee = 4,
  /// The callee's mangled name is not understood, or does not hold the type.
  UnknownName = 5,
  /// The type depends on a generic parameter that is not known here.
  Generic = 6,
  /// It depends on an associated type.
  AssociatedType = 7,
  /// It is `some P`.
  OpaqueType = 8,
  /// How the type lies in registers is not known here.
  UnknownLayout = 9,
  /// Nothing says what lies at a loaded address.
  UnknownAddress = 10,
  /// The load takes a part of a value, which is no value of Swift's.
  Part = 11,
  /// Which types a generic one is bound to is not known here.
  UnboundGeneric = 12,
  /// It is a function, which generic code expects in another form.
  Function = 13,
};
constexpr unsigned TypingCount = 14;
/// A reason in words; empty for an exact type.
llvm::StringRef describe(Typing Typing);

/// The Swift types of one module: its nominal types, its fields, its variables.
class SwiftTypes {
 public:
  explicit SwiftTypes(llvm::Module &Module) : Module(Module) {}

  /// The type that LLVM calls `%TSS`: String. Null where the name is none of Swift's.
  const NameNode *structType(const llvm::StructType *Type);

  /// A type of debug information; null for one that is none of Swift's.
  const NameNode *debugType(const llvm::DIType *Type);

  /// The type of a stored property: of the LLVM type's element with that number. Null where the
  /// module does not say.
  const NameNode *fieldType(const llvm::StructType *Type, unsigned Element);

  /// Whether LLVM's type for a generic type has all of its properties: what lies behind the first
  /// one of an unknown size is left out.
  bool isWhole(const llvm::StructType *Type);

  /// Whether a nominal type takes no generic arguments, as far as this module proves it.
  bool isConcrete(const NameNode *Nominal);

  /// How many generic arguments a nominal type takes, where the module shows it.
  std::optional<unsigned> arity(const NameNode *Nominal);

  /// The size of a type's values in bytes, where the module shows it.
  std::optional<uint64_t> size(const NameNode *Type);

  /// LLVM's type of a struct's or enum's values; null where the module has none.
  llvm::StructType *layout(const NameNode *Type);

  llvm::Module &module() { return Module; }

  /// The type of a constant's metadata: `$sSSN` is that of String.
  const NameNode *metadata(const llvm::Value *Value);

  MangledNames Names;

 private:
  void scan();
  void scan(const NameNode *Node);
  llvm::ConstantStruct *fieldDescriptor(const llvm::StructType *Type);

  llvm::Module &Module;
  bool IsScanned = false;
  llvm::StringMap<unsigned> Arities;
  llvm::StringMap<uint64_t> Sizes;
  std::optional<llvm::StringMap<llvm::StructType *>> Layouts;
  llvm::StringSet<> Concrete;
};

/// What an entity's own type is: of a variable, or of a function.
const NameNode *typeOf(const NameNode *Entity);
/// An entity without `static` and its accessor.
const NameNode *withoutWrapper(const NameNode *Node);
bool mentionsParameter(const NameNode *Node);
/// The type that a member is declared in, or a function's module; what its extension asks for.
const NameNode *contextOf(const NameNode *Entity, const NameNode **Extended = nullptr);
/// A generic function's own signature; null: it has none.
const NameNode *signatureOf(const NameNode *Entity);

}  // namespace rayc
