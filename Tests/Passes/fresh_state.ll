; A function that sets Ray.isEnabled asks for its state at every event, so that its own next
; event shows the effect; other functions ask once.
;
; RUN: %show %inputs/count.ll %s | %FileCheck %s
; RUN: %show %inputs/count.ll %s '-passes=default<O2>' | %FileCheck %s --check-prefix=OPTIMIZED

declare swiftcc void @"$s3Ray9isEnabledSbvs"(i1)
declare void @f()

define void @switches() {
  call void @f()
  call swiftcc void @"$s3Ray9isEnabledSbvs"(i1 false)
  call void @f()
  ret void
}
; CHECK-LABEL: define void @switches()
; CHECK-NEXT:    %[[FIRST:.+]] = call ptr @rayc_fresh_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[FIRST]],
; CHECK-NEXT:    call void @f()
; CHECK-NEXT:    %[[SECOND:.+]] = call ptr @rayc_fresh_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[SECOND]],
; CHECK-NEXT:    call swiftcc void @"$s3Ray9isEnabledSbvs"(i1 false)
; CHECK-NEXT:    %[[THIRD:.+]] = call ptr @rayc_fresh_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[THIRD]],
; CHECK-NEXT:    call void @f()

; OPTIMIZED-LABEL: define void @switches()
; OPTIMIZED:         @"$s3Ray9isEnabledSbvs"(i1 false)
; OPTIMIZED:         %[[STATE:.+]] = phi ptr
; OPTIMIZED:         %[[COUNTER:.+]] = load i64, ptr %[[STATE]]
; OPTIMIZED:         call void @f()
; OPTIMIZED-NOT:     @rayc_fresh_state

define void @does_not() {
  call void @f()
  call void @f()
  ret void
}
; CHECK-LABEL: define void @does_not()
; CHECK:         call ptr @rayc_state()
; CHECK-NOT:     call ptr
; CHECK:         ret void
