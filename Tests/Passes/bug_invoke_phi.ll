; A phi of a single value in an invoke's normal destination used the result before the hooks
; behind the invoke could run.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare i64 @f(i64)
declare i32 @__gcc_personality_v0(...)

define i64 @caller(i64 %x) personality ptr @__gcc_personality_v0 {
entry:
  %r = invoke i64 @f(i64 %x) to label %done unwind label %pad
done:
  %answer = phi i64 [ %r, %entry ]
  ret i64 %answer
pad:
  %p = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %p
}
; CHECK: %[[HOOKED:.+]] = call i64 @rayc_hook_result_i64(ptr %{{.+}}, i64 %r,
; CHECK: ret i64 %[[HOOKED]]
