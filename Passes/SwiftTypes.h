// Stage 2: what a module's names and debug information say about Swift types.
#pragma once

#include "DebugTypes.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/IR/Constants.h"
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
  /// An operator's instruction does not say which of Swift's numbers it is for.
  Operator = 14,
  /// The type is not Copyable or not Escapable.
  Noncopyable = 15,
};
constexpr unsigned TypingCount = 16;
/// A reason in words; empty for an exact type.
llvm::StringRef describe(Typing Typing);

/// The Swift types of one module: its nominal types, its fields, its variables.
class SwiftTypes {
 public:
  explicit SwiftTypes(llvm::Module &Module) : Debug(Module, Names), Module(Module) {}

  /// The type that LLVM calls `%TSS`: String. Null where the name is none of Swift's.
  const NameNode *structType(const llvm::StructType *Type);

  /// The type of a stored property: of the LLVM type's element with that number. Null where the
  /// module does not say.
  const NameNode *fieldType(const llvm::StructType *Type, unsigned Element);

  /// The type of the stored property whose offset is the word of 32 bits with that number in a
  /// generic struct's metadata.
  const NameNode *fieldAtOffset(const NameNode *Nominal, uint64_t Word);

  /// Whether LLVM's type for a Swift type has all of its properties, as far as the module proves
  /// it: the first one whose size is not known before the program runs, being of a library's type
  /// or of a generic parameter's, is left out with all that follow.
  bool isWhole(const llvm::StructType *Type);

  /// Whether a nominal type takes no generic arguments, as far as this module proves it.
  bool isConcrete(const NameNode *Nominal);

  /// Whether a nominal type of this module is not Copyable or not Escapable, whatever arguments it
  /// may take.
  bool isUncopyable(const NameNode *Nominal);

  /// How many generic arguments a nominal type takes, where the module shows it.
  std::optional<unsigned> arity(const NameNode *Nominal);

  /// Whether each parameter of a generic type has an argument of its own in the type's metadata,
  /// as far as this module says.
  bool areAllArguments(const NameNode *Nominal);

  /// A nominal type with arguments, those of outer levels first; null if it is not known at which
  /// level they stand.
  const NameNode *bound(const NameNode *Nominal, llvm::ArrayRef<const NameNode *> Arguments);

  /// The size of a type's values in bytes, where the module shows it.
  std::optional<uint64_t> size(const NameNode *Type);

  /// LLVM's type of a struct's or enum's values; null where the module has none.
  llvm::StructType *layout(const NameNode *Type);

  llvm::Module &module() { return Module; }

  /// The type of a constant's metadata: `$sSSN` is that of String.
  const NameNode *metadata(const llvm::Value *Value);

  MangledNames Names;
  DebugTypes Debug;

 private:
  void scan();
  void scan(const NameNode *Node);
  llvm::ConstantStruct *fieldDescriptor(const llvm::StructType *Type);
  const NameNode *describedField(const llvm::StructType *Type, unsigned Element, unsigned Property,
                                 unsigned Properties);
  std::optional<uint64_t> sizeOfReference(const NameNode *Type);
  const NameNode *fieldIn(const llvm::ConstantStruct &Fields, unsigned Property);
  void readDescriptor(llvm::StringRef Name, const llvm::GlobalVariable &Descriptor);

  llvm::Module &Module;
  bool IsScanned = false;
  llvm::StringMap<unsigned> Arities, OffsetVectors;
  llvm::StringMap<uint64_t> Sizes;
  std::optional<llvm::StringMap<llvm::StructType *>> Layouts;
  llvm::StringSet<> Concrete, Unlike, Uncopyable;
};

/// What an entity's own type is: of a variable, or of a function.
const NameNode *typeOf(const NameNode *Entity);
/// An entity without `static` and its accessor.
const NameNode *withoutWrapper(const NameNode *Node);
bool mentionsParameter(const NameNode *Node);
/// Whether a protocol has no witness tables: Sendable, Copyable.
bool isMarkerProtocol(const NameNode *Protocol);

}  // namespace rayc
