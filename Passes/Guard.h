// Stage 2: what a context's hooks leave in their thread's head while they run.
#pragma once

#include "llvm/IR/Function.h"

namespace rayc {

/// Makes a hook that can trap, but calls nothing, say where on the way to the trap:
/// ```
/// call void @llvm.trap()
/// ```
/// becomes
/// ```
/// store volatile i64 <site | hook>, ptr <in_hook>
/// call void @llvm.trap()
/// ```
void markTraps(llvm::Function &Hook);

/// Makes a hook that calls anything run with its thread marked, since it may come upon the
/// user's code, and events in there would meet a context that is being changed. Returns the
/// function that has the hook's name from now on:
/// ```
/// define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
///   %old = load i64, ptr <in_hook>
///   br (icmp ne %old, 0), label %pass, label %enter
/// enter:
///   store volatile i64 <site | hook>, ptr <in_hook>
///   %stopped = load volatile i32, ptr @rayc_stopped
///   br (icmp ne %stopped, 0), label %leave, label %run
/// run:
///   %new = call i64 @rayc.body.load_i64(…)
///   br label %leave
/// leave:
///   %r = phi [%value, %enter], [%new, %run]
///   store volatile i64 0, ptr <in_hook>
///   br label %pass
/// pass:
///   ret phi [%value, %entry], [%r, %leave]
/// }
/// ```
llvm::Function *guard(llvm::Function &Body);

}  // namespace rayc
