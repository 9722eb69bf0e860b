; `callbr` (assembly with jumps out of it, which C can bring in) is left alone, and on the
; list of what is skipped where it is no inline assembly.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

define i32 @f(i32 %x) {
  callbr void asm sideeffect "", "r,!i"(i32 %x) to label %on [label %out]
on:
  ret i32 0
out:
  ret i32 1
}
; CHECK-LABEL: define i32 @f(
; CHECK-NEXT:    callbr void asm
; CHECK-NOT:     rayc_hook
; CHECK:         ret i32 1
