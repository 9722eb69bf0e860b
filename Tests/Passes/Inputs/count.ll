; A context as `struct Counter { var calls = 0, loads = 0 }` becomes: it counts the calls and
; the loads of 64-bit integers, in hooks that are leaves, and prints both at the end.

@format = private constant [29 x i8] c"count: %ld calls, %ld loads\0A\00"
declare i32 @printf(ptr, ...)
declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)
declare void @llvm.trap()

define i64 @rayc_context_size() {
  ret i64 16
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_context_init(ptr %state) {
  call void @llvm.memset.p0.i64(ptr %state, i8 0, i64 16, i1 false)
  ret void
}

define void @rayc_context_finish(ptr %state) {
  %loads.field = getelementptr i8, ptr %state, i64 8
  %calls = load i64, ptr %state
  %loads = load i64, ptr %loads.field
  call i32 (ptr, ...) @printf(ptr @format, i64 %calls, i64 %loads)
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

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %field = getelementptr i8, ptr %state, i64 8
  %n = load i64, ptr %field
  %sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %n, i64 1)
  %overflows = extractvalue { i64, i1 } %sum, 1
  br i1 %overflows, label %trap, label %go
go:
  %next = extractvalue { i64, i1 } %sum, 0
  store i64 %next, ptr %field
  ret i64 %value
trap:
  call void @llvm.trap()
  unreachable
}
