; A function of the user's whose name happens to begin with "rayc" is not rayc's own.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare void @f()

define void @raycast() {
  call void @f()
  ret void
}
; CHECK-LABEL: define void @raycast()
; CHECK:         call void @rayc_hook_willCall(
