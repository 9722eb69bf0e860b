; A call gets hooks before and behind it, in the order willCall, result, didCall; the
; program goes on with what the result hook returned.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare i64 @f(i64, double)
declare void @g()

define i64 @caller(i64 %x) {
  %r = call i64 @f(i64 %x, double 1.5)
  %sum = add i64 %r, 1
  ret i64 %sum
}
; The arguments lie in slots of the caller's frame; an array has their addresses.
;
; CHECK-LABEL: define i64 @caller(i64 %x)
; CHECK-DAG:     %[[ARRAY:.+]] = alloca [2 x ptr]
; CHECK-DAG:     %[[SLOT0:.+]] = alloca i64
; CHECK-DAG:     %[[SLOT1:.+]] = alloca double
; CHECK:         store i64 %x, ptr %[[SLOT0]]
; CHECK-NEXT:    %[[ELEMENT:.+]] = getelementptr inbounds [2 x ptr], ptr %[[ARRAY]], i64 0, i64 0
; CHECK-NEXT:    store ptr %[[SLOT0]], ptr %[[ELEMENT]]
; CHECK-NEXT:    store double 1.5{{.*}}, ptr %[[SLOT1]]
; CHECK-NEXT:    %[[ELEMENT:.+]] = getelementptr inbounds [2 x ptr], ptr %[[ARRAY]], i64 0, i64 1
; CHECK-NEXT:    store ptr %[[SLOT1]], ptr %[[ELEMENT]]
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]], ptr %[[ARRAY]], ptr @[[SITE:.+]])
; CHECK-NEXT:    %r = call i64 @f(i64 %x, double 1.5{{.*}})
; CHECK-NEXT:    %[[HOOKED:.+]] = call i64 @rayc_hook_result_i64(ptr %[[STATE]], i64 %r, ptr @[[SITE]])
; CHECK-NEXT:    call void @rayc_hook_didCall(ptr %[[STATE]], ptr null, ptr @[[SITE]])
; CHECK-NEXT:    %sum = add i64 %[[HOOKED]], 1

; Neither arguments nor a result: no array, no result hook.
define void @calls_nothing_much() {
  call void @g()
  ret void
}
; CHECK-LABEL: define void @calls_nothing_much()
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]], ptr null, ptr @[[SITE:.+]])
; CHECK-NEXT:    call void @g()
; CHECK-NEXT:    call void @rayc_hook_didCall(ptr %[[STATE]], ptr null, ptr @[[SITE]])
; CHECK-NEXT:    ret void

; The call of a value is a site whose callee is not known before run time.
define i64 @calls_indirectly(ptr %closure) {
  %r = call i64 %closure(i64 7)
  ret i64 %r
}
; CHECK-LABEL: define i64 @calls_indirectly(ptr %closure)
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    %r = call i64 %closure(i64 7)
; CHECK-NEXT:    call i64 @rayc_hook_result_i64(

; Calls in tail position stay calls that return; `notail` is kept.
define i64 @calls_last(i64 %x) {
  %a = notail call i64 @calls_indirectly(ptr null)
  %b = tail call i64 @caller(i64 %a)
  ret i64 %b
}
; CHECK-LABEL: define i64 @calls_last(i64 %x)
; CHECK:         %a = notail call i64 @calls_indirectly(ptr null)
; CHECK:         %b = tail call i64 @caller(i64 %{{.+}})
; CHECK-NEXT:    %[[HOOKED:.+]] = call i64 @rayc_hook_result_i64(ptr %{{.+}}, i64 %b,
; CHECK-NEXT:    call void @rayc_hook_didCall(
; CHECK-NEXT:    ret i64 %[[HOOKED]]
