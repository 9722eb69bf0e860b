; Nothing of a function may run behind a guaranteed tail call, whatever it returns.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s
; RUN: %opt -rayc-report=- -passes=rayc-instrument -disable-output %s | %FileCheck %s --check-prefix=REPORT

declare i64 @g(i64)

define i64 @f(i64 %x) {
  %r = musttail call i64 @g(i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @f(i64 %x)
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    %r = musttail call i64 @g(i64 %x)
; CHECK-NEXT:    ret i64 %r

; REPORT: {{.*}}"callee":"g"{{.*}}"reason":"a guaranteed tail call: nothing of this function runs behind it"{{.*}}"what":"after"}
