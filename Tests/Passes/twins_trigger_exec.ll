; A trigger observes its calls and what they call, and nothing else; a recursive one opens one
; extent. `main` is the whole program. See twins_gates.ll.
;
; RUN: %dynamic %inputs/count.ll %s %t -rayc-trigger=work && %t | %FileCheck %s --match-full-lines
; RUN: %dynamic %inputs/count.ll %s %t -rayc-trigger=work '-passes=default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %dynamic %inputs/count.ll %s %t -rayc-trigger=main && %t | %FileCheck %s --check-prefix=MAIN --match-full-lines
; RUN: %dynamic %inputs/count.ll %s %t && %t | %FileCheck %s --check-prefix=NONE --match-full-lines

declare void @print_where(i64)

; A call of itself, and one of print_where.
define i64 @work(i64 %x) noinline {
  %is_zero = icmp eq i64 %x, 0
  br i1 %is_zero, label %end, label %again
again:
  %y = sub i64 %x, 1
  %z = call i64 @work(i64 %y)
  br label %end
end:
  call void @print_where(i64 %x)
  ret i64 %x
}

define i64 @other(i64 %x) noinline {
  call void @print_where(i64 %x)
  ret i64 %x
}

define i32 @main() {
  %a = call i64 @other(i64 7)
  %b = call i64 @work(i64 1)
  %c = call i64 @other(i64 8)
  ret i32 0
}
; CHECK:      program: 7, outside
; CHECK-NEXT: a trigger opens the extent
; CHECK-NEXT: program: 0, inside
; CHECK-NEXT: program: 1, inside
; CHECK-NEXT: a trigger closes the extent
; CHECK-NEXT: program: 8, outside
; CHECK-NEXT: count: 3 calls, 0 loads
;
; MAIN:      main opens the extent
; MAIN-NEXT: program: 7, inside
; MAIN-NEXT: program: 0, inside
; MAIN-NEXT: program: 1, inside
; MAIN-NEXT: program: 8, inside
; MAIN-NEXT: a trigger closes the extent
; MAIN-NEXT: count: 8 calls, 0 loads
;
; NONE-COUNT-4: program: {{[0-9]}}, outside
; NONE:         count: 0 calls, 0 loads
