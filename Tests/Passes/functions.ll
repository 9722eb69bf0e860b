; A context with the hooks `didEnter` and `willLeave` is told where each function begins, before
; anything that the function does, and where it ends: at every return and in front of a guaranteed
; tail call, not where nothing comes back. Functions without any other event are told of, too.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %show %inputs/log_functions.ll %t.ll | %FileCheck %s
; RUN: %show %inputs/log.ll %t.ll | %FileCheck %s --check-prefix=ABSENT
; ABSENT-NOT: rayc_hook_didEnter
; ABSENT-NOT: rayc_hook_willLeave

declare i64 @g(i64)
declare void @exit(i32) noreturn

define i64 @two_ends(i64 %x, i1 %c) {
  %slot = alloca i64
  br i1 %c, label %a, label %b
a:
  ret i64 %x
b:
  %r = call i64 @g(i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @two_ends(
; CHECK-NEXT:    %slot = alloca i64
; CHECK:         call void @rayc_hook_didEnter(ptr {{.*}}, ptr @[[SITE:rayc.site\S*]])
; CHECK-NEXT:    br i1 %c
; CHECK:       a:
; CHECK-NEXT:    call void @rayc_hook_willLeave(ptr {{.*}}, ptr @[[SITE]])
; CHECK-NEXT:    ret i64 %x
; CHECK:         %r = call i64 @g(i64 %x)
; CHECK-NEXT:    call void @rayc_hook_willLeave(ptr {{.*}}, ptr @[[SITE]])
; CHECK-NEXT:    ret i64 %r

define i64 @tail(i64 %x) {
  %r = musttail call i64 @g(i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @tail(
; CHECK:         call void @rayc_hook_didEnter(
; CHECK-NEXT:    call void @rayc_hook_willLeave(
; CHECK-NEXT:    musttail call i64 @g(
; CHECK-NEXT:    ret i64

define void @no_end() {
  call void @exit(i32 1)
  unreachable
}
; CHECK-LABEL: define void @no_end(
; CHECK:         call void @rayc_hook_didEnter(
; CHECK-NOT:     rayc_hook_willLeave
; CHECK:         unreachable

define i64 @nothing() {
  ret i64 1
}
; CHECK-LABEL: define i64 @nothing(
; CHECK:         call void @rayc_hook_didEnter(
; CHECK-NEXT:    call void @rayc_hook_willLeave(
; CHECK-NEXT:    ret i64 1
