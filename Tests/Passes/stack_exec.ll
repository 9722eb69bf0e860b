; Stacked contexts run in order, each with its own value: the first doubles what is loaded
; and adds 1000 to results, the second sees that and counts; see stack.ll.
;
; RUN: %opt -rayc-stack=%inputs/log.ll -rayc-stack=%inputs/count.ll -passes=rayc-stack %inputs/replace.ll -S -o %t.stack.ll
; RUN: %build %t.stack.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %t.stack.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %build %t.stack.ll %s %t -rayc-at=optimized && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
@seven = global i64 7

define i64 @identity(i64 %x) noinline optnone {
  ret i64 %x
}

define i32 @main() {
  %load = load volatile i64, ptr @seven
  call void @print_number(i64 %load)
  %result = call i64 @identity(i64 1)
  call void @print_number(i64 %result)
  ret i32 0
}
; CHECK:      load a value: Int64 14
; CHECK-NEXT: will print_number(Int64 14)
; CHECK-NEXT: program: 14
; CHECK-NEXT: did print_number
; CHECK-NEXT: will identity(Int64 1)
; CHECK-NEXT: result identity: Int64 1001
; CHECK-NEXT: did identity
; CHECK-NEXT: will print_number(Int64 1001)
; CHECK-NEXT: program: 1001
; CHECK-NEXT: did print_number
; CHECK-NEXT: count: 3 calls, 1 loads
