; A function looks for the thread's state once, where all its uses pass but as few other
; paths as possible.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare void @f()

; A path without events pays nothing.
define void @cold_path(i1 %c) {
entry:
  br i1 %c, label %hot, label %cold
hot:
  ret void
cold:
  call void @f()
  call void @f()
  ret void
}
; CHECK-LABEL: define void @cold_path(
; CHECK-NEXT:  entry:
; CHECK-NEXT:    br i1 %c, label %hot, label %cold
; CHECK:       hot:
; CHECK-NEXT:    ret void
; CHECK:       cold:
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]],
; CHECK:         call void @rayc_hook_willCall(ptr %[[STATE]],

; Uses on two paths: the nearest block that both come from.
define void @two_paths(i1 %c, i1 %d) {
entry:
  br i1 %c, label %out, label %fork
fork:
  br i1 %d, label %left, label %right
left:
  call void @f()
  br label %out
right:
  call void @f()
  br label %out
out:
  ret void
}
; CHECK-LABEL: define void @two_paths(
; CHECK:       fork:
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    br i1 %d, label %left, label %right
; CHECK:       left:
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]],
; CHECK:       right:
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]],

; In the block of its first use, right in front of it.
define void @in_a_block(ptr %p) {
  store i64 1, ptr %p
  call void @f()
  ret void
}
; CHECK-LABEL: define void @in_a_block(
; CHECK-NEXT:    store i64 1, ptr %p
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %[[STATE]],
