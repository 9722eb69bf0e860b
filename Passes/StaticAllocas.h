// Stage 2: keeping allocas where code generation expects them.
#pragma once

#include "llvm/IR/Function.h"

namespace rayc {

/// Moves a function's static allocas to the top of its entry block. What splits the block
/// behind them leaves them there; one that a split moves out of the entry block would be of
/// the dynamic kind:
/// ```
/// %v = load i64, ptr %p ; %a = alloca i64     →     %a = alloca i64 ; %v = load i64, ptr %p
/// ```
void gatherStaticAllocas(llvm::Function &Function);

}  // namespace rayc
