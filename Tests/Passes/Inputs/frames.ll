; A context that asks for what was inlined around a call.

declare ptr @rayc_site_frames(ptr)
declare void @saw_will(ptr, ptr)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %frames = call ptr @rayc_site_frames(ptr %site)
  call void @saw_will(ptr %frames, ptr %site)
  ret void
}
