; SwiftPM renames the main function of an executable, to link it into tests too. It is main all
; the same.
;
; RUN: %show %inputs/log.ll %s -rayc-main=Tool_main -rayc-no-inline -passes=rayc-instrument | %FileCheck %s

; CHECK-LABEL: define i32 @Tool_main(
; CHECK-NEXT: call void @rayc_start()
define i32 @Tool_main(i32 %count, ptr %words) {
  ret i32 0
}

; CHECK-LABEL: define i32 @main(
; CHECK-NOT: rayc_start
; CHECK: ret i32 1
define i32 @main() {
  ret i32 1
}
