// Stage 2: what debug information says of the types that a module uses.
#pragma once

#include "MangledName.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"

#include <optional>

namespace rayc {

/// Swift's types in debug information: also of those that other files and modules declare, if
/// these were compiled with `-gdwarf-types`.
class DebugTypes {
 public:
  DebugTypes(llvm::Module &Module, MangledNames &Names) : Module(Module), Names(Names) {}

  struct Member {
    const NameNode *Type;
    /// In bytes; nothing in a generic type, whose layout depends on its arguments.
    std::optional<uint64_t> Offset;
  };

  /// A type as it stands there, without type aliases; null for one that is none of Swift's.
  const NameNode *type(const llvm::DIType *Type);

  /// The stored properties of a struct or class, in terms of its generic parameters; empty where
  /// it is not described.
  llvm::ArrayRef<Member> members(llvm::StringRef MangledNominal);

  /// The size in bytes of a type that has no generic parameters.
  std::optional<uint64_t> size(llvm::StringRef Mangled);

  /// All the types that are named.
  llvm::ArrayRef<const NameNode *> all();

 private:
  void scan();
  void add(const llvm::DICompositeType *Type);
  const NameNode *withoutAliases(const NameNode *Type, unsigned Depth = 0);

  llvm::Module &Module;
  MangledNames &Names;
  bool IsScanned = false;
  llvm::SmallVector<const NameNode *> Found;
  llvm::StringMap<const llvm::DICompositeType *> Described;
  llvm::StringMap<llvm::SmallVector<Member, 4>> Members;
  llvm::StringMap<uint64_t> Sizes;
  llvm::StringMap<const llvm::DIType *> Aliases;
  llvm::DenseMap<const llvm::DIType *, const NameNode *> Known;
};

}  // namespace rayc
