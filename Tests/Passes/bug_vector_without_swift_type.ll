; Swift has no SIMD of Int128 or Float80, so such a vector is passed over: the runtime
; ended the program over a name that is no type.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

define void @f(ptr %p) {
  %a = load <2 x i128>, ptr %p
  %b = load <2 x x86_fp80>, ptr %p
  %c = load { i64, <4 x i128> }, ptr %p
  ret void
}
; CHECK-LABEL: define void @f(
; CHECK-NOT:     rayc_hook
; CHECK:         ret void
