// Stage 2: what of a function is instrumented, and why the rest is not.
#pragma once

#include "Abi.h"
#include "Operations.h"

#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

#include <vector>

namespace rayc {

/// An instruction at which a context sees events.
struct Event {
  llvm::Instruction *Instruction;
  abi::SiteKind Kind;
  /// Whether hooks may run behind it (didCall, result); they may not behind a tail call.
  bool HasAfter = true;
  /// Of an operator.
  Operation Operation = {};
};

/// Classes of events that not every context asks for, beside calls and loads.
struct Points {
  bool Stores = false, Operators = false, Runtime = false;
};

/// Something a context does not see, or not whole.
struct Skipped {
  const llvm::Function *Function;
  const llvm::Instruction *Instruction;  ///< null: the whole function
  llvm::StringRef What;  ///< `call`, `load`, `function`, `after` (the hooks behind a call)
  llvm::StringRef Reason;
};

struct Selection {
  std::vector<Event> Events;
  std::vector<Skipped> Skipped;
};

/// Says why a function as a whole is not instrumented; empty: it is.
llvm::StringRef reasonToSkip(const llvm::Function &Function);

/// The name of a call's callee; empty where it is only known at run time.
llvm::StringRef calleeName(const llvm::CallBase &Call);

/// Collects the events of a function that is instrumented, in instruction order.
///
/// Every call whose callee is a function, known or not, and every load but those of
/// swifterror slots. Intrinsics and inline assembly are no calls. Where they are asked for, every
/// store but the compiler's own, every operator that is an instruction, and every operation of the
/// runtime, in front of its call.
Selection select(llvm::Function &Function, Points Points = {});

}  // namespace rayc
