; A loop of a million guaranteed tail calls needs no stack, and each call is one event.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/count.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

define i64 @down(i64 %n, i64 %sum) noinline {
  %done = icmp eq i64 %n, 0
  br i1 %done, label %end, label %on
end:
  ret i64 %sum
on:
  %less = sub i64 %n, 1
  %more = add i64 %sum, %n
  %r = musttail call i64 @up(i64 %less, i64 %more)
  ret i64 %r
}

define i64 @up(i64 %n, i64 %sum) noinline {
  %r = musttail call i64 @down(i64 %n, i64 %sum)
  ret i64 %r
}

define i32 @main() {
  %sum = call i64 @down(i64 500000, i64 0)
  call void @print_number(i64 %sum)
  ret i32 0
}
; CHECK:      program: 125000250000
; CHECK-NEXT: count: 1000002 calls, 0 loads
