// Stage 2: the functions that only tables lead to.
#pragma once

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Module.h"

namespace rayc {

/// The functions of a module that code without twins calls by what lies in static data or by
/// their C names, so that nobody has a chance to call their twins instead.
class TableEntries {
 public:
  /// Reads the module's data. Cost: once through all initialisers.
  explicit TableEntries(llvm::Module &Module);

  /// Whether a function is one of them: witness thunks, deinitialisers, accessors of key paths,
  /// value witnesses, C functions and C's entries into Swift functions, closures in constant
  /// data, and methods that override those of classes that another module declares.
  bool contains(const llvm::Function &Function) const;

 private:
  void add(llvm::Constant &Initializer);

  llvm::SmallPtrSet<llvm::Constant *, 32> Seen;
  llvm::SmallPtrSet<const llvm::Function *, 16> InData;
};

}  // namespace rayc
