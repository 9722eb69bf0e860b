; The beginning of a context with a counter at offset 0; a test adds a hook that may write it.

declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)
declare void @llvm.trap()

define i64 @rayc_context_size() {
  ret i64 16
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_context_init(ptr %state) {
  store i64 0, ptr %state
  ret void
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %n = load i64, ptr %state
  %sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %n, i64 1)
  %overflows = extractvalue { i64, i1 } %sum, 1
  br i1 %overflows, label %trap, label %go
go:
  %next = extractvalue { i64, i1 } %sum, 0
  store i64 %next, ptr %state
  ret void
trap:
  call void @llvm.trap()
  unreachable
}
