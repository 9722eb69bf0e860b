// Stage 2: events only of functions near the beginning (`-rayc-depth`).
#pragma once

#include "SiteSelector.h"

namespace rayc {

/// Sends the events of a function to nowhere on threads where it runs deeper than allowed.
/// Call it for each instrumented function, after its hooks were put in. Returns whether the
/// function changed.
///
/// A thread's first instrumented function, or an extent's, has depth 0, and what it calls 1.
/// Only functions of the source count: a thunk has the depth of what it calls. So does a part
/// of an async function with regard to the part before it, which ended when this one began:
/// an async call goes no deeper, and all parts of a task have the depth at which the task was
/// started or resumed.
///
/// ```
/// %s = call ptr @rayc_state()
/// … %s …
/// ret void
/// ```
/// becomes
/// ```
/// %p = getelementptr i8, ptr <thread>, i64 56
/// %d = load i64, ptr %p
/// store i64 (add i64 %d, 1), ptr %p                   ; not in a thunk, or where nothing is called
/// %s = call ptr @rayc_state()
/// %n = call ptr @rayc_off_state()
/// %t = select i1 (icmp ugt i64 %d, <limit>), ptr %n, ptr %s
/// … %t …
/// store i64 %d, ptr %p                                ; in front of every way out
/// ret void
/// ```
/// The value read is stored again rather than counted down, so that a `longjmp` that leaves
/// functions out does no harm beyond the function that it goes back into.
///
/// - `IsCounted`: The context asks for the depth: it is counted wherever there are events, in
///   functions that call nothing too. Without a limit nothing is sent to nowhere.
bool limitDepth(llvm::Function &Function, llvm::ArrayRef<Event> Events, bool IsCounted = false);

/// The instruction with which a function is left at a block's end; null: it is not. A guaranteed
/// tail call leaves it in front of the `ret`.
llvm::Instruction *wayOut(llvm::BasicBlock &Block);

}  // namespace rayc
