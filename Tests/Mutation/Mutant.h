// Random changes of a module that keep it near what a compiler makes.
#pragma once

#include "Random.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace llvm {
class Module;
}

namespace rayc {

/// Changes a module in one to eight places, a large one after most of its bodies have gone; what
/// comes out may be refused by the verifier.
void mutate(llvm::Module &Module, Random &Random);

/// One change of what is particular to Swift: attributes of parameters, calling conventions,
/// names, type identifiers, calls of the runtime.
void mutateSwift(llvm::Module &Module, Random &Random);

/// A mangled or runtime name, near the one that is given or of another kind altogether.
std::string mutateName(llvm::StringRef Name, Random &Random);

}  // namespace rayc
