// Stage 2: how values of a Swift type lie in registers.
#pragma once

#include "SwiftTypes.h"

#include "llvm/ADT/SmallVector.h"

namespace rayc {

/// The registers that Swift's calling convention passes a value in, one behind the other: each
/// has its place in the value as it lies in memory.
///
/// Where a value goes by its address instead, the call's parameters say so; this is about the
/// others.
struct Registers {
  struct Part {
    llvm::Type *Type;
    uint64_t Offset;
  };
  llvm::SmallVector<Part, 4> Parts;
  /// Up to where the parts reach, in bytes.
  uint64_t Size = 0;
  /// What the value is aligned to; 0: not known.
  uint64_t Alignment = 1;
};

/// The registers of a type; nothing where the module does not show what the type consists of.
///
/// `(Int32, Bool, Bool, Float)` in a struct is `{ i64, float }`: what is no floating-point
/// number goes together in words of 8 bytes.
std::optional<Registers> registersOf(const NameNode *Type, SwiftTypes &Types);

}  // namespace rayc
