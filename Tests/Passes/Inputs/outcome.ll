; A context that prints how a call that can throw ends, and then turns it round: a value becomes
; the error 0x2a, an error becomes the value 7. Its hook `outcome` is the only one.

declare void @saw_outcome(ptr, ptr)
declare void @turn_outcome(ptr, i64, i64)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_context_init(ptr %state) {
  store i64 0, ptr %state
  ret void
}

define void @rayc_hook_outcome(ptr %state, ptr %outcome, ptr %site) {
  call void @saw_outcome(ptr %outcome, ptr %site)
  call void @turn_outcome(ptr %outcome, i64 7, i64 42)
  ret void
}
