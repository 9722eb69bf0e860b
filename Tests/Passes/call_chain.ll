; Where a context asks for the calls that a thread is in, each instrumented function links itself
; into its thread's chain and says at each call where it is; where it asks for the depth, each
; counts. Where it does not ask, nothing is added.
;
; RUN: %opt -S -passes=rayc-context %inputs/calls.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %show %inputs/calls.ll %s | %FileCheck %s
; RUN: %show %inputs/log.ll %s | %FileCheck %s --check-prefix=NEITHER
; NEITHER-NOT: rayc_call{{$|,|\)}}
; NEITHER-NOT: rayc.caller
; NEITHER-NOT: rayc.depth

; The depth is looked up in the thread's head, which is one ahead in a function that runs.
; CONTEXT-NOT: call i64 @rayc_depth
; CONTEXT:      %[[FIELD:.+]] = getelementptr inbounds {{.*}}, i64 56
; CONTEXT-NEXT: %[[COUNT:.+]] = load i64, ptr %[[FIELD]]
; CONTEXT-NEXT: sub i64 %[[COUNT]], 1
; CONTEXT-NOT:  call i64 @rayc_depth
; CONTEXT-DAG: !{i32 1, !"rayc.asks-for-calls", i32 1}
; CONTEXT-DAG: !{i32 1, !"rayc.asks-for-depth", i32 1}

declare i64 @g(i64)

define i64 @f(i64 %x) {
  %a = call i64 @g(i64 %x)
  %b = tail call i64 @g(i64 %a)
  ret i64 %b
}
; CHECK-LABEL: define i64 @f(
; CHECK:         %[[CALL:rayc.call]] = alloca { ptr, ptr }
; CHECK:         %[[HEAD:.+]] = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@rayc_call)
; CHECK-NEXT:    %[[CALLER:rayc.caller]] = load ptr, ptr %[[HEAD]]
; CHECK-NEXT:    %[[SITE:.+]] = getelementptr inbounds nuw { ptr, ptr }, ptr %[[CALL]], i32 0, i32 1
; CHECK-NEXT:    %[[NEXT:.+]] = getelementptr inbounds nuw { ptr, ptr }, ptr %[[CALL]], i32 0, i32 0
; CHECK-NEXT:    store ptr %[[CALLER]], ptr %[[NEXT]]
; CHECK-NEXT:    store ptr null, ptr %[[SITE]]
; CHECK-NEXT:    store ptr %[[CALL]], ptr %[[HEAD]]
; CHECK:         store ptr @[[FIRST:rayc.site]], ptr %[[SITE]]
; CHECK:         %a = call i64 @g(
; CHECK:         store ptr @rayc.site.{{[0-9]+}}, ptr %[[SITE]]
; A tail call could not look at the caller's link.
; CHECK:         %b = call i64 @g(
; CHECK:         store ptr %[[CALLER]], ptr %[[HEAD]]
; CHECK:         ret i64

; A function that calls nothing counts too: its events have its depth.
define i64 @loads(ptr %p) {
  %v = load i64, ptr %p
  ret i64 %v
}
; CHECK-LABEL: define i64 @loads(
; CHECK-DAG:     load i64, ptr %{{.+}}
; CHECK-DAG:     store ptr %rayc.call, ptr
; CHECK:         store i64 %rayc.depth, ptr
; CHECK:         ret i64

; A guaranteed tail call leaves the function.
define i64 @leaves(i64 %x) {
  %r = musttail call i64 @g(i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @leaves(
; CHECK:         store ptr %rayc.caller{{.*}}, ptr
; CHECK:         %r = musttail call i64 @g(
; CHECK-NEXT:    ret i64 %r
