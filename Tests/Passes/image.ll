; A module with sites announces its image's site table when the image is loaded, before the
; image's other initialisers, and is tied to the runtime of the same version: an object and
; a runtime of different versions do not link.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare void @f()

define void @g() {
  call void @f()
  ret void
}
; CHECK-DAG: @rayc_abi_1 = external global i32
; CHECK-DAG: @rayc.abi = linkonce_odr hidden constant ptr @rayc_abi_1, comdat
; CHECK-DAG: @__start_rayc_sites = external {{.*}}hidden global i8
; CHECK-DAG: @__stop_rayc_sites = external {{.*}}hidden global i8
; An empty record, so that the section is there where LLVM drops all others.
; CHECK-DAG: @rayc.no_site = linkonce_odr hidden constant [0 x i8] zeroinitializer, section "rayc_sites", comdat($rayc.image), align 8
; CHECK-DAG: @llvm.used = appending global [2 x ptr] [ptr @rayc.abi, ptr @rayc.no_site], section "llvm.metadata"
; CHECK-DAG: @llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 101, ptr @rayc.image, ptr @rayc.image }]

; One function for each image, however many modules it has.
; CHECK:      define linkonce_odr hidden void @rayc.image() comdat
; CHECK-NEXT:   call void @rayc_image_loaded(ptr @__start_rayc_sites, ptr @__stop_rayc_sites)
; CHECK-NEXT:   ret void
