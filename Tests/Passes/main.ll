; The context comes to life at the top of main, so that one whose init throws says so before
; the program does anything.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

define i32 @main(i32 %count, ptr %arguments) {
  %slot = alloca i64
  store i64 1, ptr %slot
  ret i32 0
}
; CHECK-LABEL: define i32 @main(
; CHECK-NEXT:    %slot = alloca i64
; CHECK-NEXT:    call void @rayc_start()
; CHECK-NEXT:    store i64 1, ptr %slot
