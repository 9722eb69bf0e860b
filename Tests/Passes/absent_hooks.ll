; What a context does not implement is not instrumented: no hook, no site, no state.
;
; The prepared context has no hook left; the object with no sites is still tied to the ABI.
; RUN: %opt -S -passes=rayc-context %inputs/absent.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %show %inputs/absent.ll %s | %FileCheck %s --implicit-check-not=rayc_hook --implicit-check-not=rayc_state --implicit-check-not=rayc_image

; CONTEXT-NOT: define {{.*}}@rayc_hook
; CONTEXT-NOT: define {{.*}}@rayc.body

; CHECK: @rayc_abi_1 = external
; CHECK: @llvm.used = {{.*}} @rayc.abi
; CHECK-NOT: rayc_sites

declare i64 @f(i64)

define i64 @caller(ptr %p) {
  %x = load i64, ptr %p
  %y = load i24, ptr %p
  %r = call i64 @f(i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @caller(
; CHECK-NEXT:    %x = load i64, ptr %p
; CHECK-NEXT:    %y = load i24, ptr %p
; CHECK-NEXT:    %r = call i64 @f(i64 %x)
; CHECK-NEXT:    ret i64 %r
