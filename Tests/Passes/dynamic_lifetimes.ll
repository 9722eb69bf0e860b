; LLVM may duplicate an alloca of unknown size and leave its lifetime markers on a phi, which
; its own verifier refuses since 22; so they go before optimisation starts.
;
; RUN: %opt -S -passes=rayc-drop-dynamic-lifetimes %s | %FileCheck %s

declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)

define void @f(i64 %n) {
  %fixed = alloca i64
  %dynamic = alloca i8, i64 %n
  call void @llvm.lifetime.start.p0(ptr %fixed)
  call void @llvm.lifetime.start.p0(ptr %dynamic)
  call void @llvm.lifetime.end.p0(ptr %dynamic)
  call void @llvm.lifetime.end.p0(ptr %fixed)
  ret void
}
; CHECK-LABEL: define void @f(
; CHECK:         call void @llvm.lifetime.start.p0(ptr %fixed)
; CHECK-NEXT:    call void @llvm.lifetime.end.p0(ptr %fixed)
; CHECK-NEXT:    ret void
