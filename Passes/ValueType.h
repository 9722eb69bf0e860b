// Stage 2: how a machine-level value reaches a hook.
#pragma once

#include "llvm/IR/Type.h"

#include <optional>
#include <string>

namespace rayc {

/// A machine-level type as hooks know it.
struct ValueType {
  /// The hook's suffix: `i64` for `rayc_hook_load_i64`; `any` for a type that goes
  /// through memory.
  std::string Hook;
  /// The Swift type that the hook sees, mangled as `_typeByName` takes it: `s5Int64V`.
  std::string Mangled;
  /// The type in memory; wider than the value's own for integers that no Swift type has.
  llvm::Type *Memory;
};

/// The hooks' view of a type; nothing for types without one (tokens, x86_amx, pointers
/// outside the default address space, scalable vectors).
std::optional<ValueType> valueType(llvm::Type *Type);

}  // namespace rayc
