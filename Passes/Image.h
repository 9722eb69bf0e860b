// Stage 2: what a module with sites tells the runtime.
#pragma once

#include "llvm/IR/Module.h"

namespace rayc {

/// Ties the object to the runtime of the same version and, where it has sites, announces
/// the image's when it is loaded, once for each image:
/// ```
/// @rayc.abi = linkonce_odr hidden constant ptr @rayc_abi_1, comdat            ; kept
/// define linkonce_odr hidden void @rayc.image() comdat {
///   call void @rayc_image_loaded(ptr @__start_rayc_sites, ptr @__stop_rayc_sites)
///   ret void
/// }                                                                    ; in llvm.global_ctors
/// ```
void announceImage(llvm::Module &Module, bool HasSites);

/// Brings the context to life at the top of `main`, where the module defines it:
/// ```
/// define i32 @main(…) {
///   call void @rayc_start()
/// ```
void startInMain(llvm::Module &Module);

}  // namespace rayc
