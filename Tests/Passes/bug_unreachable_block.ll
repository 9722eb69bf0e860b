; Two events, one of them in a block that nothing reaches: such a block is in no dominator
; tree, and looking for the common dominator crashed.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

define i64 @f(ptr %p, i1 %c) {
entry:
  br i1 %c, label %live, label %end
live:
  %v = load i64, ptr %p
  ret i64 %v
end:
  ret i64 0
dead:
  %w = load i64, ptr %p
  ret i64 %w
}
; CHECK-LABEL: define i64 @f(
; CHECK:       live:
; CHECK:         call i64 @rayc_hook_load_i64(
