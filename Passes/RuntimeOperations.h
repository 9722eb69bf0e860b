// Stage 2: what the Swift runtime does for the program: retains, releases, allocations …
#pragma once

#include "llvm/IR/InstrTypes.h"

#include <optional>

namespace rayc {

/// An operation of the runtime, as a context's `runtime` sees it.
struct RuntimeOperation {
  /// RAY_RUNTIME_… of ray_abi.h.
  enum Kind : uint8_t {
    Retain = 0,
    Release = 1,
    Allocation = 2,
    Deallocation = 3,
    Cast = 4,
    BeginAccess = 5,
    EndAccess = 6,
    Copy = 7,
    Fill = 8,
    Destruction = 9,
  } Kind;
  /// The kind as Ray spells it: `beginAccess`.
  llvm::StringRef name() const;
  /// The object or the memory; null where the call does not say.
  llvm::Value *Address = nullptr;
  /// In bytes; null where the call does not say.
  llvm::Value *Size = nullptr;
};

/// What an instruction asks the runtime for, by its callee's name; nothing where it asks for
/// nothing of that kind. Memory intrinsics are copies and fills.
std::optional<RuntimeOperation> runtimeOperation(const llvm::Instruction &Instruction);

}  // namespace rayc
