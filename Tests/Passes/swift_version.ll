; What another Swift compiled is refused; C has no such flags.
;
; RUN: %opt -passes=rayc-context %inputs/log.ll -o %t.context.bc
; RUN: %opt -rayc-context=%t.context.bc -passes=rayc-instrument %s -o %t.out.bc
; RUN: sed 's/Minor Version", i8 3/Minor Version", i8 4/' %s > %t.newer.ll
; RUN: rm %t.out.bc
; RUN: %not %opt -rayc-context=%t.context.bc -passes=rayc-instrument %t.newer.ll -o %t.out.bc 2>&1 | %FileCheck %s
; RUN: %not %opt -rayc-report=- '-passes=default<O0>' %t.newer.ll -o %t.out.bc 2>&1 | %FileCheck %s
; RUN: test ! -e %t.out.bc
;
; CHECK: LLVM ERROR: rayc: '{{.*}}.newer.ll' was compiled by Swift 6.4, and rayc works with Swift 6.3; compile its source with that

define void @f() {
  call void @g()
  ret void
}
declare void @g()

!llvm.module.flags = !{!0, !1}
!0 = !{i32 1, !"Swift Major Version", i8 6}
!1 = !{i32 1, !"Swift Minor Version", i8 3}
