; Functions begin and end in the program's order; see functions.ll for the IR.
;
; RUN: %build %inputs/log_functions.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log_functions.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log_functions.ll %s %t -rayc-depth=0 && %t | %FileCheck %s --check-prefix=DEPTH --match-full-lines
; RUN: %dynamic %inputs/log_functions.ll %s %t -rayc-trigger=main && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

define i64 @leaf(i64 %x) noinline {
  %y = add i64 %x, 1
  ret i64 %y
}

define i64 @tail(i64 %x) noinline {
  %y = musttail call i64 @leaf(i64 %x)
  ret i64 %y
}

define i32 @main() {
  %y = call i64 @tail(i64 4)
  call void @print_number(i64 %y)
  ret i32 0
}
; CHECK:      enter main, line 0
; CHECK-NEXT: enter tail, line 0
; CHECK-NEXT: leave tail, line 0
; CHECK-NEXT: enter leaf, line 0
; CHECK-NEXT: leave leaf, line 0
; CHECK-NEXT: program: 5
; CHECK-NEXT: leave main, line 0

; A function without any other event is as deep as it is: with no depth only main is told of.
; DEPTH:      enter main, line 0
; DEPTH-NEXT: program: 5
; DEPTH-NEXT: leave main, line 0
