// What is no input of the pass.
#pragma once

#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"

namespace rayc {

/// Refuses a module that has hooks already, and one that another Swift compiled: what its
/// instructions and names mean is known for the Swift that rayc works with.
llvm::Error checkInput(const llvm::Module &Module);

}  // namespace rayc
