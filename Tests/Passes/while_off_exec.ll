; A thread that is switched off counts nothing and sees its own values; see while_off.ll.
;
; RUN: %build %inputs/while_off.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/while_off.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/while_off.ll %s %t -rayc-at=optimized && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
declare void @switch_off()
declare void @switch_on()
@seven = global i64 7
@eight = global i32 8
@pair = global { i64, i64 } { i64 9, i64 0 }
@somewhere = global ptr @seven

define i64 @identity(i64 %x) noinline optnone {
  ret i64 %x
}

define void @work() noinline {
  %result = call i64 @identity(i64 1)
  call void @print_number(i64 %result)
  %load = load volatile i64, ptr @seven
  call void @print_number(i64 %load)
  %eight = load volatile i32, ptr @eight
  %eight.wide = zext i32 %eight to i64
  call void @print_number(i64 %eight.wide)
  %pair = load volatile { i64, i64 }, ptr @pair
  %first = extractvalue { i64, i64 } %pair, 0
  call void @print_number(i64 %first)
  %pointer = load volatile ptr, ptr @somewhere
  ret void
}

define void @main.part() noinline {
  call void @work()
  ret void
}

define i32 @main() {
  call void @main.part()
  call void @switch_off()
  call void @main.part()
  call void @switch_on()
  ret i32 0
}
; CHECK:      program: 1001
; CHECK-NEXT: program: 14
; CHECK-NEXT: program: 1
; CHECK-NEXT: program: 10
;
; CHECK-NEXT: program: 1
; CHECK-NEXT: program: 7
; CHECK-NEXT: program: 8
; CHECK-NEXT: program: 9
;
; main.part, work, identity and four prints; switch_off, main.part and switch_on in main
; itself, whose state is its own.
; CHECK-NEXT: calls 10, results 1, pointers 1
