// Stage 2: which functions the user wants instrumented, and which open an extent.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Function.h"

#include <string>

namespace rayc {

/// Says why the user does not want a function instrumented; empty: it is wanted.
///
/// Of the rules (`-rayc-rule`) that match a function the last one decides; without any it is
/// wanted. Then it must be as large as `-rayc-min-instructions` says. A closure, thunk,
/// specialisation or accessor goes along with what it belongs to, and an async function or a
/// coroutine is one with its continuations. Ask before the module is instrumented: hooks are
/// instructions, too.
///
/// Ends opt with an error where a pattern is none.
llvm::StringRef reasonToExclude(const llvm::Function &Function);

/// Whether each call of a function opens an extent (`-rayc-trigger`).
///
/// Asks for the plain function by its name, and not for closures in it, thunks or twins.
bool isTrigger(const llvm::Function &Function);

/// Whether a context may tag a function's parameters (`-rayc-tag-functions`): by its name, as a
/// trigger is meant.
bool isTagFunction(const llvm::Function &Function);

/// Whether every call of `main` opens an extent: `--trigger main`, which means all threads.
bool wholeRunIsExtent();

/// What the rules and triggers of the command line meant in a module, for its report.
struct Matched {
  /// The rule as it was given, with its sign, or the trigger's pattern.
  llvm::StringRef Text;
  bool IsTrigger;
  /// The module's functions with a body that it matches.
  llvm::SmallVector<const llvm::Function *, 0> Functions;
};
llvm::SmallVector<Matched, 0> matchedIn(const llvm::Module &Module);

}  // namespace rayc
