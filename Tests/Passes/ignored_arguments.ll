; A context whose willCall never looks at the arguments pays nothing for them.
;
; RUN: %opt -S -passes=rayc-context %inputs/count.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %show %inputs/count.ll %s | %FileCheck %s

; CONTEXT: define void @rayc_hook_willCall({{.*}}) #[[ATTRIBUTES:[0-9]+]]
; CONTEXT: attributes #[[ATTRIBUTES]] = {{.*}}"rayc-ignores-arguments"

declare i64 @f(i64, i64)

define i64 @caller(i64 %x) {
  %r = call i64 @f(i64 %x, i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @caller(
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]], ptr null, ptr {{.+}})
; CHECK-NEXT:    %r = call i64 @f(i64 %x, i64 %x)
; CHECK-NEXT:    ret i64 %r
