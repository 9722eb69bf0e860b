// Stage 2: where in memory an address is, as far as the IR shows it.
#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Value.h"

namespace rayc {

/// So many bytes behind a root, inside types of which the innermost is last.
struct Place {
  struct Inside {
    llvm::Type *Type;
    int64_t Begin;
    /// The type around it and the number of this element; null: not known.
    llvm::StructType *Parent = nullptr;
    unsigned Element = 0;
  };
  llvm::Value *Root = nullptr;
  int64_t Offset = 0;
  llvm::SmallVector<Inside, 6> Path;

  void enter(llvm::Type *Type, int64_t Begin, llvm::StructType *Parent = nullptr,
             unsigned Element = 0);
};

/// The place of an address: through all steps of constant width.
Place placeOf(llvm::Value *Address, const llvm::DataLayout &Layout);

}  // namespace rayc
