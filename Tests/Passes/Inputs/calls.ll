; A context that asks, at each call, for the calls that the thread is in and for the depth.

declare ptr @rayc_calls()
declare i64 @rayc_depth()
declare void @saw(ptr, i64)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %calls = call ptr @rayc_calls()
  %depth = call i64 @rayc_depth()
  call void @saw(ptr %calls, i64 %depth)
  ret void
}
