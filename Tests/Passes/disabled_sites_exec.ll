; A site that its context disabled has no events any more and keeps the program's values,
; others go on; see disabled_sites.ll.
;
; RUN: %build %inputs/once.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/once.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/once.ll %s %t -rayc-at=optimized && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
@seven = global i64 7

define i64 @identity(i64 %x) noinline optnone {
  ret i64 %x
}

define void @work() noinline optnone {
  %load = load volatile i64, ptr @seven
  call void @print_number(i64 %load)
  %result = call i64 @identity(i64 1)
  call void @print_number(i64 %result)
  ret void
}

define i32 @main() {
  call void @work()
  call void @work()
  ret i32 0
}
; willCall disables the call, so its result is the program's own at once.
; CHECK:      will work()
; CHECK-NEXT: will print_number(Int64 14)
; CHECK-NEXT: program: 14
; CHECK-NEXT: will identity(Int64 1)
; CHECK-NEXT: will print_number(Int64 1)
; CHECK-NEXT: program: 1
; CHECK-NEXT: will work()
; CHECK-NEXT: program: 7
; CHECK-NEXT: program: 1
; CHECK-NOT: will
