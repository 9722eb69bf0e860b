// Stage 2: what a module with sites tells the runtime.
#pragma once

#include "llvm/IR/Module.h"

namespace rayc {

/// What a module has that the runtime must know of.
struct ImageParts {
  bool Sites, Twins, WritableSites;
};

/// Ties the object to the runtime of the same version and announces what the image has when
/// it is loaded, each once for an image:
/// ```
/// @rayc.abi = linkonce_odr hidden constant ptr @rayc_abi_1, comdat            ; kept
/// define linkonce_odr hidden void @rayc.image() comdat {                      ; with sites
///   call void @rayc_image_loaded(ptr @__start_rayc_sites, ptr @__stop_rayc_sites)
///   ret void
/// }                                                                    ; in llvm.global_ctors
/// define linkonce_odr hidden void @rayc.code() comdat {                       ; with twins
///   call void @rayc_code_loaded(ptr @rayc.code) ; ret void
/// }                                                                    ; in llvm.global_ctors
/// define linkonce_odr hidden void @rayc.code.gone() comdat {
///   call void @rayc_code_unloaded(ptr @rayc.code) ; ret void
/// }                                                                    ; in llvm.global_dtors
/// ```
void announceImage(llvm::Module &Module, ImageParts Parts);

/// Whether that has been done: then the module's functions have their hooks.
bool isAnnounced(const llvm::Module &Module);

/// Brings the context to life at the top of `main`, where the module defines it:
/// ```
/// define i32 @main(…) {
///   call void @rayc_start()
/// ```
void startInMain(llvm::Module &Module);

/// Has the linker bring the runtime of tags:
/// ```
/// @rayc.tags = linkonce_odr hidden constant ptr @rayc_tags_linked, comdat
/// ```
void referToTags(llvm::Module &Module);

}  // namespace rayc
