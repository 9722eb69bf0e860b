; A context that ends the events of each call and load of an integer that it has seen once.

declare void @rayc_site_disable(ptr)
declare void @saw_will(ptr, ptr)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  call void @saw_will(ptr %arguments, ptr %site)
  call void @rayc_site_disable(ptr %site)
  ret void
}

define i64 @rayc_hook_result_i64(ptr %state, i64 %value, ptr %site) {
  %new = add i64 %value, 1000
  ret i64 %new
}

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  call void @rayc_site_disable(ptr %site)
  %new = shl i64 %value, 1
  ret i64 %new
}
