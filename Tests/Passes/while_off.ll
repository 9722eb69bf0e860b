; While a thread is switched off, its events go to a value that nobody reads, so a hook that
; only writes numbers into its value needs nothing. Where a hook may change the program's
; value, the program keeps its own; a hook that does anything else stands behind a branch.
;
; RUN: %opt -S -passes=rayc-context %inputs/while_off.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %show %inputs/while_off.ll %s | %FileCheck %s
; RUN: %show %inputs/while_off.ll %s -passes=rayc-instrument,rayc-lower-state -rayc-no-inline | %FileCheck %s --check-prefix=LOWERED
; RUN: %show %inputs/count.ll %s | %FileCheck %s --check-prefix=COUNT

; CONTEXT-DAG: define void @rayc_hook_willCall({{.*}}) #[[COUNTS:[0-9]+]] {
; CONTEXT-DAG: define i64 @rayc_hook_result_i64({{.*}}) #[[BOTH:[0-9]+]] {
; CONTEXT-DAG: define i64 @rayc_hook_load_i64({{.*}}) #[[CHANGES:[0-9]+]] {
; CONTEXT-DAG: define i32 @rayc_hook_load_i32({{.*}}) #[[BOTH]] {
; CONTEXT-DAG: define ptr @rayc_hook_load_ptr({{.*}}) #[[ACTS:[0-9]+]] {
; CONTEXT-DAG: define void @rayc_hook_load_in_s5Int64V_s5Int64Vt({{.*}}) #[[CHANGES]] {
; CONTEXT:     attributes #[[COUNTS]] = { "rayc-ignores-arguments" "rayc-ignores-site" "rayc-import" }
; CONTEXT:     attributes #[[BOTH]] = { "rayc-acts-outside" "rayc-changes-value"
; CONTEXT:     attributes #[[CHANGES]] = { "rayc-changes-value"
; CONTEXT:     attributes #[[ACTS]] = { "rayc-acts-outside" "rayc-ignores-site" "rayc-ignores-value"

declare i64 @f()

define i64 @call() {
  %r = call i64 @f()
  ret i64 %r
}
; CHECK-LABEL: define i64 @call()
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]],
; CHECK-NEXT:    %r = call i64 @f()
; CHECK-NEXT:    %[[ENABLED:.+]] = call i1 @rayc_enabled(ptr %[[STATE]])
; CHECK-NEXT:    br i1 %[[ENABLED]], label %[[ON:.+]], label %[[REST:.+]]
; CHECK:       [[ON]]:
; CHECK-NEXT:    %[[NEW:.+]] = call i64 @rayc_hook_result_i64(ptr %[[STATE]], i64 %r,
; CHECK:       [[REST]]:
; CHECK-NEXT:    %[[SEEN:.+]] = phi i64 [ %[[NEW]], %[[ON]] ], [ %r, %{{.+}} ]
; CHECK-NEXT:    ret i64 %[[SEEN]]

define i64 @register(ptr %p) {
  %v = load i64, ptr %p
  ret i64 %v
}
; CHECK-LABEL: define i64 @register(
; CHECK:         %[[NEW:.+]] = call i64 @rayc_hook_load_i64(ptr %[[STATE:.+]], i64 %v,
; CHECK-NEXT:    %[[ENABLED:.+]] = call i1 @rayc_enabled(ptr %[[STATE]])
; CHECK-NEXT:    %[[SEEN:.+]] = select i1 %[[ENABLED]], i64 %[[NEW]], i64 %v
; CHECK-NEXT:    ret i64 %[[SEEN]]

; The thread's own value lies 64 bytes behind its head.
; LOWERED-LABEL: define i64 @register(
; LOWERED:         %[[STATE:.+]] = phi ptr
; LOWERED:         %[[THREAD:.+]] = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@rayc_thread)
; LOWERED-NEXT:    %[[OWN:.+]] = getelementptr inbounds i8, ptr %[[THREAD]], i64 64
; LOWERED-NEXT:    icmp eq ptr %[[STATE]], %[[OWN]]
; LOWERED-NOT:     @rayc_enabled

define { i64, i64 } @memory(ptr %p) {
  %v = load { i64, i64 }, ptr %p
  ret { i64, i64 } %v
}
; CHECK-LABEL: define { i64, i64 } @memory(
; CHECK:         call i1 @rayc_enabled(
; CHECK:         call void @rayc_hook_load_in_s5Int64V_s5Int64Vt(
; CHECK:         phi { i64, i64 }

define ptr @pointer(ptr %p) {
  %v = load ptr, ptr %p
  ret ptr %v
}
; CHECK-LABEL: define ptr @pointer(
; CHECK:         br i1 %{{.+}}, label %[[ON:.+]], label %[[REST:.+]]
; CHECK:       [[ON]]:
; CHECK-NEXT:    call ptr @rayc_hook_load_ptr(ptr %{{.+}}, ptr returned poison,
; CHECK:       [[REST]]:
; CHECK-NEXT:    ret ptr %v

; A context that counts and hands values on pays for nothing.
; COUNT:     call void @rayc_hook_willCall(
; COUNT-NOT: rayc_enabled
