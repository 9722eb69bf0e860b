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
/// user's code, and events in there would meet a context that is being changed. So guarded hooks
/// pass while a mark stands, and the thread's events go to its second half, as they do while it is
/// switched off: there, hooks without a guard have no effect. What the thread's switches said
/// meanwhile, the second half's head knows. `n` is the size of a half. Returns the function that
/// has the hook's name from now on:
/// ```
/// define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
///   %old = load i64, ptr <in_hook>
///   br (icmp ne %old, 0), label %pass, label %enter
/// enter:
///   store volatile i64 <site | hook>, ptr <in_hook>
///   %stopped = load volatile i32, ptr @rayc_stopped
///   br (icmp ne %stopped, 0), label %leave, label %run
/// leave:
///   store volatile i64 0, ptr <in_hook>
///   br label %pass
/// run:
///   store volatile ptr (%state + n), ptr <thread's state>
///   %new = call i64 @rayc.body.load_i64(…)
///   store volatile ptr %state, ptr <thread's state>
///   store volatile i64 0, ptr <in_hook>
///   %wanted = load volatile ptr, ptr <second half's state>
///   br (icmp ne %wanted, %state), label %switched, label %pass
/// switched:
///   call void @rayc_thread_aim(ptr <thread>)
///   br label %pass
/// pass:
///   ret phi [%value, %entry], [%value, %leave], [%new, %run], [%new, %switched]
/// }
/// ```
llvm::Function *guard(llvm::Function &Body);

}  // namespace rayc
