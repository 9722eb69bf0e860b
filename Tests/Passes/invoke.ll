; An invoke's hooks run on the way to its normal destination, and only there.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare i64 @f(i64)
declare void @cleanup()
declare i32 @__gcc_personality_v0(...)

define i64 @caller(i64 %x, i1 %c) personality ptr @__gcc_personality_v0 {
entry:
  br i1 %c, label %call, label %done
call:
  %r = invoke i64 @f(i64 %x) to label %done unwind label %pad
done:
  %answer = phi i64 [ %r, %call ], [ 0, %entry ]
  ret i64 %answer
pad:
  %p = landingpad { ptr, i32 } cleanup
  call void @cleanup()
  resume { ptr, i32 } %p
}
; CHECK-LABEL: define i64 @caller(
; CHECK:         %r = invoke i64 @f(i64 %x)
; CHECK-NEXT:            to label %[[NORMAL:.+]] unwind label %pad
; CHECK:       [[NORMAL]]:
; CHECK-NEXT:    %[[HOOKED:.+]] = call i64 @rayc_hook_result_i64(ptr %{{.+}}, i64 %r,
; CHECK-NEXT:    call void @rayc_hook_didCall(
; CHECK-NEXT:    br label %done
; CHECK:       done:
; CHECK-NEXT:    %answer = phi i64 [ %[[HOOKED]], %[[NORMAL]] ], [ 0, %entry ]
; CHECK:       pad:
; CHECK-NEXT:    %p = landingpad
; CHECK-NEXT:             cleanup
; CHECK-NEXT:    call void @rayc_hook_willCall(
; CHECK-NEXT:    call void @cleanup()
