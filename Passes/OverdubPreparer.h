// Stage 2: what makes a context's replacements ready to come into other modules.
#pragma once

#include "llvm/IR/Module.h"

namespace rayc {

/// Finds the replacements of a context, the static methods of the types inside it that conform
/// to `Overdubs`, gives each a name that other objects can use, lists them, and marks those
/// for inlining that have no more instructions than `ImportLimit`:
/// ```
/// define protected swiftcc i64 @"$s14RaycContext0_C1CV12ReplacementsO…FZ"(i64 %a, i64 %b)
/// ```
/// becomes
/// ```
/// define swiftcc i64 @"rayc.context.$s14RaycContext0_C…FZ"(i64 %a, i64 %b) "rayc-overdub" …
/// !rayc.overdubs = !{!{!"rayc.context.$s14…", !"static RaycContext0_C.C.Replacements.…", i64 0}}
/// ```
/// Needs `-rayc-demangler`; without it a context has no replacements.
/// - Offsets: where each context's value lies in the thread's.
void prepareReplacements(llvm::Module &Module, llvm::ArrayRef<uint64_t> Offsets,
                         unsigned ImportLimit);

}  // namespace rayc
