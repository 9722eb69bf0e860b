// Stage 2: what a module's instrumentation is, as JSON lines for `rayc list`.
#pragma once

#include "SiteTable.h"

#include "llvm/Support/Error.h"

namespace rayc {

/// Writes a line for each site, each function and each thing skipped, and one for each rule
/// and trigger with what it matches in this module. The file is complete or not there.
llvm::Error writeReport(llvm::Module &Module, llvm::StringRef ModuleName, Points Points,
                        llvm::StringRef Path);

}  // namespace rayc
