; What an invoke returns goes through the hooks; see invoke.ll.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
declare i32 @__gcc_personality_v0(...)

define i64 @twice(i64 %x) noinline {
  call void @print_number(i64 %x)
  %r = shl i64 %x, 1
  ret i64 %r
}

define i32 @main() personality ptr @__gcc_personality_v0 {
  %r = invoke i64 @twice(i64 21) to label %done unwind label %pad
done:
  call void @print_number(i64 %r)
  ret i32 0
pad:
  %p = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %p
}
; CHECK:      will twice(Int64 21)
; CHECK:      program: 21
; CHECK:      result twice: Int64 42
; CHECK-NEXT: did twice
; CHECK:      program: 42
