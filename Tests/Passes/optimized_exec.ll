; The number of events is that of what really runs; see optimized.ll.
;
; RUN: %build %inputs/count.ll %s %t -rayc-at=optimized && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/count.ll %s %t -rayc-at=source && %t | %FileCheck %s --check-prefix=SOURCE --match-full-lines

declare void @print_number(i64)
@x = global i64 21

define internal i64 @get(ptr %p) {
  %v = load i64, ptr %p
  ret i64 %v
}

define i32 @main() {
  %a = load i64, ptr @x
  %b = call i64 @get(ptr @x)
  %sum = add i64 %a, %b
  call void @print_number(i64 %sum)
  ret i32 0
}
; CHECK:       program: 42
; CHECK-NEXT:  count: 1 calls, 1 loads
; SOURCE:      program: 42
; SOURCE-NEXT: count: 2 calls, 2 loads
