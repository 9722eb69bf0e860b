; Behind a call that does not return, or that returns twice, no hook can run; in front of it
; one does.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s
; RUN: %opt -rayc-report=- -passes=rayc-instrument -disable-output %s | %FileCheck %s --check-prefix=REPORT

declare void @exit(i32) noreturn
declare i32 @setjmp(ptr) returns_twice

define void @ends() {
  call void @exit(i32 3)
  unreachable
}
; CHECK-LABEL: define void @ends()
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    call void @exit(i32 3)
; CHECK-NEXT:    unreachable

define i32 @returns_twice(ptr %buffer) {
  %r = call i32 @setjmp(ptr %buffer) returns_twice
  ret i32 %r
}
; CHECK-LABEL: define i32 @returns_twice(
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    %r = call i32 @setjmp(ptr %buffer)
; CHECK-NEXT:    ret i32 %r

; REPORT-DAG: {{.*}}"callee":"exit"{{.*}}"reason":"it does not return","record":"skipped","what":"after"}
; REPORT-DAG: {{.*}}"callee":"setjmp"{{.*}}"reason":"it returns twice","record":"skipped","what":"after"}
