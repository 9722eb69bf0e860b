// Stage 2: tags go along with values through a module.
#pragma once

#include "Hooks.h"
#include "SiteTable.h"

#include "llvm/IR/PassManager.h"

namespace rayc {

/// Gives each value of a module a tag beside it, if the context has a hook of tags; else it changes
/// nothing. Call it when all other hooks are in: the program's values keep their tags as they go
/// through those. Returns whether it changed anything.
///
/// Tags.md says what tags are, ray_tags.h where they are; the parts are TagShadow (registers),
/// TagMemory, TagCalls, TagOperations, TagCallbacks (the context), TagFlow (what may have one).
///
/// - `Analyses`: Takes stack slots apart first, so that tags travel in registers; null: as they
///   are, for a program that is not optimised.
bool propagateTags(llvm::Module &Module, const Context &Context, SiteTable &Sites,
                   llvm::FunctionAnalysisManager *Analyses);

}  // namespace rayc
