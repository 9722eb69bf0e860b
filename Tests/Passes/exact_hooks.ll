; A value that goes through memory meets the hook of its exact type where the glue has one.
; One that only leaves the value where it is needs no memory at all; one that does nothing is
; absent, and the hook for any type does not take its place.
;
; RUN: split-file-22 %s %t
; RUN: %show %t/context.ll %t/program.ll | %FileCheck %s

;--- context.ll
declare void @elsewhere(ptr)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @elsewhere(ptr %value)
  ret void
}
define void @rayc_hook_load_in_s5Int64V_s5Int64Vt(ptr %state, ptr %value, ptr %site) {
  ret void
}
define void @rayc_hook_load_in_SVSg_s5Int64Vt(ptr %state, ptr %value, ptr %site) {
  store i64 1, ptr %state
  ret void
}
define void @rayc_hook_load_in_s5Int64V_SVSgt(ptr %state, ptr %value, ptr %site) {
  store i64 1, ptr %value
  ret void
}

;--- program.ll
define { i64, i64 } @nothing(ptr %p) {
  %v = load { i64, i64 }, ptr %p
  ret { i64, i64 } %v
}
; CHECK-LABEL: define { i64, i64 } @nothing(
; CHECK-NOT:     rayc_hook
; CHECK:         ret { i64, i64 } %v

define { ptr, i64 } @ignored(ptr %p) {
  %v = load { ptr, i64 }, ptr %p
  ret { ptr, i64 } %v
}
; CHECK-LABEL: define { ptr, i64 } @ignored(
; CHECK:         call void @rayc_hook_load_in_SVSg_s5Int64Vt(ptr %{{.+}}, ptr poison, ptr
; CHECK:         ret { ptr, i64 } %v

define { i64, ptr } @replaced(ptr %p) {
  %v = load { i64, ptr }, ptr %p
  ret { i64, ptr } %v
}
; CHECK-LABEL: define { i64, ptr } @replaced(
; CHECK:         %[[SLOT:.+]] = alloca { i64, ptr }
; CHECK:         store { i64, ptr } %v, ptr %[[SLOT]]
; CHECK:         call void @rayc_hook_load_in_s5Int64V_SVSgt(ptr %{{.+}}, ptr %[[SLOT]],
; CHECK:         %[[NEW:.+]] = load { i64, ptr }, ptr %[[SLOT]]
; CHECK:         %[[SEEN:.+]] = phi { i64, ptr } [ %[[NEW]], %{{.+}} ], [ %v, %{{.+}} ]
; CHECK:         ret { i64, ptr } %[[SEEN]]

define { i64, double } @other(ptr %p) {
  %v = load { i64, double }, ptr %p
  ret { i64, double } %v
}
; CHECK-LABEL: define { i64, double } @other(
; CHECK:         call void @rayc_hook_load_any(
