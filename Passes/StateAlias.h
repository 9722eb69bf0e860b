// Stage 2: the context's value is no memory of the program's.
#pragma once

#include "llvm/IR/Function.h"

namespace rayc {

/// Says of a hook's loads and stores in the context's value that they are just that:
/// ```
/// store i64 %n, ptr %state     →     store i64 %n, ptr %state, !alias.scope !{!"rayc.state"}
/// ```
void markStateAccesses(llvm::Function &Hook);

/// Says of the program's loads and stores that they are not in the context's value, so
/// that LLVM may keep a counter in a register while the program writes memory:
/// ```
/// store i64 %x, ptr %p         →     store i64 %x, ptr %p, !noalias !{!"rayc.state"}
/// ```
/// Calls are left alone: what they call may be instrumented.
void markProgramAccesses(llvm::Function &Function);

}  // namespace rayc
