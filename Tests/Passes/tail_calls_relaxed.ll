; Since LLVM 22 a `musttail` call on x86-64 loses the arguments that travel on the stack, so
; an async call that has some, or is in a function that got some, becomes a `tail` call at the
; end of the pipeline: `swifttailcc` guarantees it as well. Other guaranteed tail calls are
; left as they are: see bug_tail_call_behind_dynamic_alloca_exec.ll.
;
; RUN: %opt -S -passes=rayc-relax-tail-calls %s | %FileCheck %s

declare swifttailcc void @few(ptr swiftasync, i64, i64, i64, i64, i64, i64, ptr swiftself, double)
declare swifttailcc void @many(ptr swiftasync, i64, i64, i64, i64, i64, i64, i64)
declare swifttailcc void @wide(ptr swiftasync, <8 x i64>)
declare void @other()

define swifttailcc void @f(ptr swiftasync %frame) {
  musttail call swifttailcc void @few(ptr swiftasync %frame, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, ptr swiftself null, double 1.0)
  ret void
}
; CHECK-LABEL: define swifttailcc void @f(
; CHECK-NEXT:    musttail call swifttailcc void @few(
; CHECK-NEXT:    ret void

define swifttailcc void @to_many(ptr swiftasync %frame) {
  musttail call swifttailcc void @many(ptr swiftasync %frame, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7)
  ret void
}
; CHECK-LABEL: define swifttailcc void @to_many(
; CHECK-NEXT:    {{^ *}}tail call swifttailcc void @many(
; CHECK-NEXT:    ret void

define swifttailcc void @from_many(ptr swiftasync %frame, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g) {
  musttail call swifttailcc void @few(ptr swiftasync %frame, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, ptr swiftself null, double 1.0)
  ret void
}
; CHECK-LABEL: define swifttailcc void @from_many(
; CHECK-NEXT:    {{^ *}}tail call swifttailcc void @few(
; CHECK-NEXT:    ret void

define swifttailcc void @to_wide(ptr swiftasync %frame, <8 x i64> %value) {
  musttail call swifttailcc void @wide(ptr swiftasync %frame, <8 x i64> %value)
  ret void
}
; CHECK-LABEL: define swifttailcc void @to_wide(
; CHECK-NEXT:    {{^ *}}tail call swifttailcc void @wide(
; CHECK-NEXT:    ret void

define void @g() {
  musttail call void @other()
  ret void
}
; CHECK-LABEL: define void @g()
; CHECK-NEXT:    musttail call void @other()
