// Stage 2: the hooks of a context that tags values, as the context's compiled glue has them.
#pragma once

#include "Stack.h"

#include "llvm/IR/Function.h"

namespace rayc {

/// Whether a hook is one of those of ray_tags.h.
bool isTagHook(const llvm::Function &Hook);

/// Whether a symbol is that of a default implementation of `TaggingContext`.
bool isDefaultTagging(llvm::StringRef Name);

/// The tag that a value has if its hook does not run: what the hook was given, or none.
llvm::Value *givenTag(llvm::Function &Hook);

/// Whether a hook leaves every tag as it is without it.
bool tagsNothing(const llvm::Function &Hook);

/// Whether a context has a hook of these.
bool tagsValues(const ContextPart &Part);

/// Has the cells of tags reserved before the program's first line, and puts what carries tags
/// through the C library's functions in front of those:
/// ```
/// @rayc.tags = constant ptr @rayc_tags_begin, section ".preinit_array"
/// define ptr @memcpy(ptr %0, ptr %1, i64 %2) {
///   %3 = tail call ptr @rayc_tag_memcpy(ptr %0, ptr %1, i64 %2)
///   ret ptr %3
/// }
/// ```
void carryTags(llvm::Module &Module);

}  // namespace rayc
