; A hook that calls instrumented code does not meet itself, and hooks are passed over once
; the program is over; see guarded_hooks.ll.
;
; RUN: %build %inputs/recursive.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/recursive.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
declare void @stop_hooks()
@x = global i64 30
@times = global i64 0

; Loads and calls, like any function; its own load must not be replaced inside a hook.
define i64 @described(i64 %which) noinline {
  %times = load volatile i64, ptr @times
  %more = add i64 %times, 1
  store volatile i64 %more, ptr @times
  call void @print_number(i64 %which)
  ret i64 %which
}

define i32 @main() {
  %x = load volatile i64, ptr @x
  call void @print_number(i64 %x)
  call void @stop_hooks()
  %y = load volatile i64, ptr @x
  call void @print_number(i64 %y)
  %times = load volatile i64, ptr @times
  call void @print_number(i64 %times)
  ret i32 0
}
; One load event (2), then willCall of print_number (1) and of stop_hooks (1).
; CHECK:      program: 2
; CHECK-NEXT: program: 1
; CHECK-NEXT: program: 32
; CHECK-NEXT: program: 1
; CHECK-NEXT: program: 30
; CHECK-NEXT: program: 3
