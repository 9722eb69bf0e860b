; What LLVM found out about a hook's result does not hold for its guard, which passes the
; program's own value on when the hook is not run: that value was poison outside the range.
;
; RUN: %opt -S -passes=rayc-context %s | %FileCheck %s

declare void @elsewhere()

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define range(i64 0, 256) i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  call void @elsewhere()
  %new = and i64 %value, 255
  ret i64 %new
}
; CHECK: define i64 @rayc_hook_load_i64(

define nonnull ptr @rayc_hook_load_ptr(ptr %state, ptr %value, ptr %site) {
  call void @elsewhere()
  ret ptr @rayc_hook_load_i64
}
; CHECK: define ptr @rayc_hook_load_ptr(
