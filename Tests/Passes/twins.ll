; In the dynamic scope every function keeps its body and gets a twin: a clone that has the
; hooks, and whose calls lead to twins.
;
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-scope=dynamic | %FileCheck %s
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-scope=dynamic -rayc-rule=-local | %FileCheck %s --check-prefix=EXCLUDED

declare void @c_function()

; The plain function is as it was, and the way to its twin lies in front of it: the magic
; number, a distance in bytes, and nothing.
define swiftcc i64 @"$s4main1fyS2iF"(i64 %x) {
  %y = call swiftcc i64 @local(i64 %x)
  call void @c_function()
  ret i64 %y
}
; CHECK-LABEL: define swiftcc i64 @"$s4main1fyS2iF"(i64 %x) prefix
; CHECK-SAME:      i64 -7099146418910453626,
; CHECK-SAME:      i32 trunc (i64 sub (i64 ptrtoint (ptr @"$s4main1fyS2iF.rayc" to i64), i64 ptrtoint (ptr @"$s4main1fyS2iF" to i64)) to i32),
; CHECK-SAME:      i32 0 }>
; CHECK-NEXT:    %y = call swiftcc i64 @local(i64 %x)
; CHECK-NEXT:    call void @c_function()
; CHECK-NEXT:    ret i64 %y

; Nobody can call this one by its address, so it needs no mark.
define internal swiftcc i64 @local(i64 %x) {
  ret i64 %x
}
; CHECK-LABEL: define internal swiftcc i64 @local(i64 %x) {
; CHECK-NEXT:    ret i64 %x

; The linker merges twins as it merges their functions.
$merged = comdat any
define linkonce_odr hidden swiftcc void @merged() comdat {
  ret void
}
; CHECK-LABEL: define linkonce_odr hidden swiftcc void @merged() comdat prefix

; CHECK-LABEL: define internal swiftcc i64 @"$s4main1fyS2iF.rayc"(i64 %x) {
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    %y = call swiftcc i64 @local.rayc(i64 %x)
; CHECK-NEXT:    call i64 @rayc_hook_result_i64(
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    call void @c_function()
;
; CHECK-LABEL: define internal swiftcc i64 @local.rayc(i64 %x) {
;
; CHECK-LABEL: define linkonce_odr hidden swiftcc void @merged.rayc() comdat {

; The runtime learns where the image's code is, and when it is gone.
; CHECK-LABEL: define linkonce_odr hidden void @rayc.code() comdat {
; CHECK-NEXT:    call void @rayc_code_loaded(ptr @rayc.code)
; CHECK-LABEL: define linkonce_odr hidden void @rayc.code.gone() comdat($rayc.code) {
; CHECK-NEXT:    call void @rayc_code_unloaded(ptr @rayc.code)

; A function that a rule excludes has no twin, and is called as it is; its call is an event.
; EXCLUDED-NOT:   @local.rayc
; EXCLUDED-LABEL: define internal swiftcc i64 @"$s4main1fyS2iF.rayc"(
; EXCLUDED:         call void @rayc_hook_willCall(
; EXCLUDED-NEXT:    call swiftcc i64 @local(i64 %x)
