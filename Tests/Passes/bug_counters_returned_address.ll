; A function that only hands the address of a field back writes nothing itself, but what is
; stored through that address is not followed.
;
; RUN: split-file-22 %s %t
; RUN: cat %inputs/counter_prefix.ll %t/returned.ll | %opt -S -passes=rayc-context | %FileCheck %s

; CHECK-LABEL: define {{.*}}@rayc_hook_willCall(
; CHECK:         @llvm.sadd.with.overflow.i64

;--- returned.ll
; Stores through what `field` returned.
define internal ptr @field(ptr %state) noinline memory(none) {
  ret ptr %state
}
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %field = call ptr @field(ptr %state)
  store ptr %error, ptr %field
  ret void
}
