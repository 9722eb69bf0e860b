; Intrinsics and inline assembly are no calls: nothing of theirs can be seen or replaced.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare i64 @llvm.ctpop.i64(i64)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare void @llvm.assume(i1)
declare void @llvm.lifetime.start.p0(ptr)

define i64 @f(i64 %x) {
  %memory = alloca i64
  call void @llvm.lifetime.start.p0(ptr %memory)
  call void @llvm.memset.p0.i64(ptr %memory, i8 0, i64 8, i1 false)
  %bits = call i64 @llvm.ctpop.i64(i64 %x)
  %small = icmp ult i64 %bits, 65
  call void @llvm.assume(i1 %small)
  call void asm sideeffect "", ""()
  %copy = call i64 asm "mov $1, $0", "=r,r"(i64 %bits)
  ret i64 %copy
}
; CHECK-LABEL: define i64 @f(
; CHECK-NOT:     rayc
; CHECK:         ret i64 %copy
