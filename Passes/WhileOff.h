// Stage 2: what a hook would do while its thread is switched off.
#pragma once

#include "llvm/IR/Function.h"

namespace rayc {

/// Whether a hook that calls nothing may do anything else than write numbers into the
/// context's value, whatever it finds there.
///
/// While a thread is switched off, its hooks get a value that is all zeros at first and that
/// nobody reads, so that a counter still costs an addition and no branch. A hook that follows
/// a pointer in its value, can trap, loops, or writes a global variable must not meet it.
///
/// - `ValueInMemory`: The program's value, in memory; the caller sees to it that the program
///   keeps its own. Null for a hook that has none.
bool actsOutside(const llvm::Function &Hook, const llvm::Argument *ValueInMemory);

}  // namespace rayc
