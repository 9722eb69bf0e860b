// Stage 2: counters of a context that cannot overflow.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/IR/Function.h"

namespace rayc {

/// Drops the overflow checks of a context's plain counters: 64-bit fields that start with
/// a constant and that the hooks only ever add small constants to. Such a field would
/// need 2^46 events or more, years of them, to overflow; and a loop that must be able to
/// stop at any event cannot be vectorised.
/// ```
/// %n = load i64, ptr %state
/// %s = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %n, i64 1)
/// br i1 (extractvalue %s, 1), label %trap, label %go
/// go: store i64 (extractvalue %s, 0), ptr %state
/// ```
/// becomes
/// ```
/// %n = load i64, ptr %state
/// %s = add nsw i64 %n, 1
/// store i64 %s, ptr %state
/// ```
/// Proves it from the code of all hooks and of `rayc_context_init`; where a hook calls
/// something that is handed the state, nothing is proved and nothing changes.
void dropImpossibleOverflows(llvm::Function *Init, llvm::ArrayRef<llvm::Function *> Hooks);

}  // namespace rayc
