; A leaf hook that traps for negative values, as an overflow in a context does.

declare void @llvm.trap()

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %negative = icmp slt i64 %value, 0
  br i1 %negative, label %trap, label %go
go:
  ret i64 %value
trap:
  call void @llvm.trap()
  unreachable
}
