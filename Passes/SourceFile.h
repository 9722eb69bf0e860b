// Stage 2: the source file that a function belongs to.
#pragma once

#include "llvm/IR/Function.h"

#include <string>

namespace rayc {

/// The path of a function's source file, as debug information has it; empty: none.
///
/// A function that the compiler made and that has no file of its own, as a partial apply
/// forwarder, has that of the function of the source which it was made for, where this module
/// has it. Cost: a look-up in a table after the first time.
std::string sourceFile(const llvm::Function &Function);

}  // namespace rayc
