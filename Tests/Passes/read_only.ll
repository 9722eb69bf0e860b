; A context built to see values only: nothing its hooks return goes anywhere, and nothing is loaded
; again from where a hook saw it.
;
; RUN: %opt -S -passes=rayc-context -rayc-read-only %inputs/replace.ll -o %t.context.ll
; RUN: %opt -S -rayc-context=%t.context.ll -rayc-module=Main -rayc-no-inline -passes=rayc-instrument %s | %FileCheck %s

declare i64 @f()

define i64 @registers(ptr %p) {
  %v = load i64, ptr %p
  %r = call i64 @f()
  %s = add i64 %v, %r
  ret i64 %s
}
; CHECK-LABEL: define i64 @registers(
; CHECK:         call i64 @rayc_hook_load_i64({{.*}}, i64 %v,
; CHECK-NOT:     select
; CHECK:         call i64 @rayc_hook_result_i64({{.*}}, i64 %r,
; CHECK-NOT:     select
; CHECK:         add i64 %v, %r

define { i64, ptr } @memory(ptr %p) {
  %v = load { i64, ptr }, ptr %p
  ret { i64, ptr } %v
}
; CHECK-LABEL: define { i64, ptr } @memory(
; CHECK:         store { i64, ptr } %v, ptr %[[SLOT:[^,]+]],
; CHECK:         call void @rayc_hook_load_any({{.*}}, ptr %[[SLOT]],
; CHECK-NEXT:    ret { i64, ptr } %v
