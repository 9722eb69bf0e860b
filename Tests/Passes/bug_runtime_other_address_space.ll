; A runtime's function may be called on a pointer of another address space, though no compiler
; does: the hook, whose parameter is of space 0, is told of no object then. Its call was invalid.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %show %inputs/log_points.ll %t.ll | %FileCheck %s

declare void @swift_retain(ptr addrspace(257))

define void @other(ptr addrspace(257) %o) {
  call void @swift_retain(ptr addrspace(257) %o)
  ret void
}
; CHECK-LABEL: define void @other(
; CHECK:         call void @rayc_hook_runtime({{.*}}, i8 zeroext 0, ptr null, i64 -1, ptr @{{.+}})
; CHECK:         call void @swift_retain(ptr addrspace(257) %o)
