; A million async calls with arguments on the stack arrive, and need no stack: at every
; level of optimisation. See tail_calls_relaxed.ll.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/count.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: env RAYC_LLC=-O0 %build %inputs/count.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

define swifttailcc void @down(ptr swiftasync %frame, i64 %n, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h) noinline {
  %done = icmp eq i64 %n, 0
  br i1 %done, label %end, label %on
end:
  call void @print_number(i64 %h)
  ret void
on:
  %less = sub i64 %n, 1
  %more = add i64 %h, %g
  musttail call swifttailcc void @up(ptr swiftasync %frame, i64 %less, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %more)
  ret void
}

define swifttailcc void @up(ptr swiftasync %frame, i64 %n, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h) noinline {
  musttail call swifttailcc void @down(ptr swiftasync %frame, i64 %n, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h)
  ret void
}

define i32 @main() {
  call swifttailcc void @down(ptr swiftasync null, i64 500000, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7, i64 0)
  ret i32 0
}
; CHECK:      program: 3500000
; CHECK-NEXT: count: 1000002 calls, 0 loads
