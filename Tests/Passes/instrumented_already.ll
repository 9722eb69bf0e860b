; A module that has its hooks is not given them again.
;
; RUN: %opt -passes=rayc-context %inputs/log.ll -o %t.context.bc
; RUN: %opt -rayc-context=%t.context.bc -passes=rayc-instrument %s -o %t.bc
; RUN: rm -f %t.out
; RUN: %not %opt -rayc-context=%t.context.bc -passes=rayc-instrument %t.bc -o %t.out 2>&1 | %FileCheck %s
; RUN: %not %opt -rayc-context=%t.context.bc '-passes=default<O2>' -rayc-scope=dynamic %t.bc -o %t.out 2>&1 | %FileCheck %s
; RUN: %not %opt -rayc-report=- -passes=rayc-instrument %t.bc -o %t.out 2>&1 | %FileCheck %s
; RUN: test ! -e %t.out
;
; CHECK: LLVM ERROR: rayc: '{{.*}}.tmp.bc' is instrumented already; compile its source again, or link its object as it is

define void @f() {
  call void @g()
  ret void
}
declare void @g()
