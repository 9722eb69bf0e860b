; Hooks split blocks; an alloca of fixed size that stood behind an event in the entry block
; would leave that block, and be one of the kind that moves the stack pointer. So those come
; first. Those of unknown size stay where they are.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare swiftcc i64 @f(ptr swifterror)

define swiftcc void @caller(ptr swifterror %error, i64 %n) {
  %r = call swiftcc i64 @f(ptr swifterror %error)
  %fixed = alloca i64
  %dynamic = alloca i8, i64 %n
  store i64 %r, ptr %fixed
  ret void
}
; CHECK-LABEL: define swiftcc void @caller(
; CHECK-NOT:     call
; CHECK:         %fixed = alloca i64
; CHECK:         call void @rayc_hook_willCall(
; CHECK:         call swiftcc i64 @f(
; CHECK:         br i1
; CHECK:         %dynamic = alloca i8, i64 %n
