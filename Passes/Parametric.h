// Stage 2: whether a context's `result` or `load` looks at the values it is given.
#pragma once

#include "Stack.h"

#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"

namespace rayc {

/// Whether a function that is generic in the type of a value can do nothing with it but hand it
/// on: the only things done with the value's memory are those that every type offers (copy,
/// take, destroy), and the type is asked for nothing but these and its size. Such a function
/// does the same whatever the type, and a value that it returns is the one it was given, since
/// it has no other of that type.
///
/// \param Probe  takes the addresses of a result and of a value, and the type's metadata, as
///               its second, third and fourth parameters. Looks into the functions it calls.
bool isParametric(llvm::Function &Probe);

/// Makes all hooks of one kind (`result_`, `load_`) the same where the context hands every value
/// on: each does what the one for `()` does, and leaves its value alone. Then nothing of a value
/// is gathered for them, whatever its type, and no type is looked up.
///   define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) { … }
/// becomes
///   define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
///     call void @rayc_hook_load_in_yt(ptr %state, ptr poison, ptr %site)      ; or its body
///     ret i64 %value
///   }
void handValuesOn(ContextPart &Part, llvm::StringRef Kind);

}  // namespace rayc
