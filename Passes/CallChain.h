// Stage 2: the calls that a thread is in, for contexts that ask.
#pragma once

#include "SiteSelector.h"

namespace rayc {

/// Links a function into its thread's chain of calls (ray_call of ray_abi.h), before its hooks are
/// put in. Returns where the function says which site it is at: a slot that takes the record's
/// address.
///
/// ```
/// %r = tail call i64 @g()
/// ret i64 %r
/// ```
/// becomes
/// ```
/// %call = alloca { ptr, ptr }
/// %head = call ptr @llvm.threadlocal.address.p0(ptr @rayc_call)
/// %caller = load ptr, ptr %head
/// store ptr %caller, ptr %call
/// store ptr null, ptr (%call + 8)                     ; what is returned: later the site
/// store ptr %call, ptr %head
/// %r = call i64 @g()                                  ; no tail: it may look at %call
/// store ptr %caller, ptr %head                        ; in front of every way out
/// ret i64 %r
/// ```
/// The value read is stored again, so that a `longjmp` that leaves functions out does no harm
/// beyond the function that it goes back into.
llvm::Value *linkIntoCallChain(llvm::Function &Function);

}  // namespace rayc
