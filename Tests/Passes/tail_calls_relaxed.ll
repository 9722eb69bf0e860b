; Since LLVM 22 a `musttail` call on x86-64 loses the arguments that travel on the stack, so
; an async call becomes a `tail` call at the end of the pipeline: `swifttailcc` guarantees it
; as well. Other guaranteed tail calls are left as they are.
;
; RUN: %opt -S -passes=rayc-relax-tail-calls %s | %FileCheck %s

declare swifttailcc void @callee(ptr swiftasync)
declare void @other()

define swifttailcc void @f(ptr swiftasync %frame) {
  musttail call swifttailcc void @callee(ptr swiftasync %frame)
  ret void
}
; CHECK-LABEL: define swifttailcc void @f(
; CHECK-NEXT:    tail call swifttailcc void @callee(ptr swiftasync %frame)
; CHECK-NEXT:    ret void

define void @g() {
  musttail call void @other()
  ret void
}
; CHECK-LABEL: define void @g()
; CHECK-NEXT:    musttail call void @other()
