; Outside an extent nothing is observed; inside, the function and what it calls are. See
; twins.ll and Inputs/extents.c, whose `run_inside` is what `overdub` does.
;
; RUN: %dynamic %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %dynamic %inputs/log.ll %s %t '-passes=default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %dynamic %inputs/log.ll %s %t -rayc-at=optimized && %t | %FileCheck %s --match-full-lines
; RUN: %dynamic %inputs/log.ll %s %t -rayc-rule=-twice && %t | %FileCheck %s --check-prefix=EXCLUDED --match-full-lines

declare i64 @run_inside(ptr, i64)
declare void @print_where(i64)

define i64 @twice(i64 %x) noinline {
  %y = shl i64 %x, 1
  call void @print_where(i64 %y)
  ret i64 %y
}

define i64 @work(i64 %x) noinline {
  %y = call i64 @twice(i64 %x)
  ret i64 %y
}

define i32 @main() {
  %before = call i64 @work(i64 1)
  %inside = call i64 @run_inside(ptr @work, i64 2)
  %behind = call i64 @work(i64 3)
  ret i32 0
}
; CHECK:      program: 2, outside
; CHECK-NEXT: will twice(Int64 2)
; CHECK-NEXT: will print_where(Int64 4)
; CHECK-NEXT: program: 4, inside
; CHECK-NEXT: did print_where
; CHECK-NEXT: result twice: Int64 4
; CHECK-NEXT: did twice
; CHECK-NEXT: program: 6, outside
; CHECK-NOT:  {{.}}
;
; EXCLUDED:      program: 2, outside
; EXCLUDED-NEXT: will twice(Int64 2)
; EXCLUDED-NEXT: program: 4, inside
; EXCLUDED-NEXT: result twice: Int64 4
; EXCLUDED-NEXT: did twice
; EXCLUDED-NEXT: program: 6, outside
