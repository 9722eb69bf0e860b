; At the end of the pipeline the state becomes thread-local storage, in the model
; initial-exec: the first word of the thread's head says where its events go, and is null
; before the first.
;
; RUN: %opt -S -passes=rayc-lower-state %s | %FileCheck %s

declare ptr @rayc_state()
declare void @rayc_hook_willCall(ptr, ptr, ptr)

define void @f() {
  %state = call ptr @rayc_state()
  call void @rayc_hook_willCall(ptr %state, ptr null, ptr null)
  ret void
}
; CHECK:       @rayc_thread = external thread_local(initialexec) global [64 x i8], align 16
; CHECK-NOT:   @rayc_state
;
; CHECK-LABEL: define void @f()
; CHECK-NEXT:    %[[THREAD:.+]] = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@rayc_thread)
; CHECK-NEXT:    %[[KNOWN:.+]] = load ptr, ptr %[[THREAD]]
; CHECK-NEXT:    %[[IS_FIRST:.+]] = icmp eq ptr %[[KNOWN]], null
; CHECK-NEXT:    br i1 %[[IS_FIRST]], label %[[FIRST:.+]], label %[[REST:.+]], !prof ![[UNLIKELY:[0-9]+]]
; CHECK:       [[FIRST]]:
; CHECK-NEXT:    %[[NEW:.+]] = call preserve_mostcc ptr @rayc_thread_enter(ptr %[[THREAD]])
; CHECK-NEXT:    br label %[[REST]]
; CHECK:       [[REST]]:
; CHECK-NEXT:    %[[STATE:.+]] = phi ptr [ %[[KNOWN]], %0 ], [ %[[NEW]], %[[FIRST]] ]
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]], ptr null, ptr null)
; CHECK:       declare preserve_mostcc ptr @rayc_thread_enter(ptr)
; CHECK:       ![[UNLIKELY]] = !{!"branch_weights", {{.*}}i32 1,
