; The context's value is no memory of the program's, and LLVM is told so: a hook's accesses
; of the value are in the scope "rayc.state", the program's loads, stores and memory
; intrinsics are not. Otherwise every store of the program would end a counter's stay in a
; register.
;
; RUN: %opt -S -passes=rayc-context %inputs/count.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %show %inputs/count.ll %s | %FileCheck %s

; CONTEXT-LABEL: define void @rayc_hook_willCall(
; CONTEXT:         load i64, ptr %state, {{.*}}!alias.scope ![[SCOPES:[0-9]+]]
; CONTEXT:         store i64 %{{.+}}, ptr %state, {{.*}}!alias.scope ![[SCOPES]]
; CONTEXT:       ![[SCOPES]] = !{![[SCOPE:[0-9]+]]}
; CONTEXT:       ![[SCOPE]] = !{!"rayc.state", ![[DOMAIN:[0-9]+]]}
; CONTEXT:       ![[DOMAIN]] = !{!"rayc.state.domain"}

declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare void @f()

define void @program(ptr %p) {
  %x = load i64, ptr %p
  store i64 0, ptr %p
  call void @llvm.memset.p0.i64(ptr %p, i8 0, i64 8, i1 false)
  call void @f()
  ret void
}
; What is called may be instrumented and count, so calls say nothing.
;
; CHECK-LABEL: define void @program(
; CHECK:         load i64, ptr %p, {{.*}}!noalias ![[SCOPES:[0-9]+]]
; CHECK:         store i64 0, ptr %p, {{.*}}!noalias ![[SCOPES]]
; CHECK:         call void @llvm.memset.p0.i64({{.*}}), !noalias ![[SCOPES]]
; CHECK:         call void @f(){{$}}
; CHECK:       ![[SCOPES]] = !{![[SCOPE:[0-9]+]]}
; CHECK:       ![[SCOPE]] = !{!"rayc.state", ![[DOMAIN:[0-9]+]]}
; CHECK:       ![[DOMAIN]] = !{!"rayc.state.domain"}
