; A context whose hooks are leaves and change what the program sees: 1000 more for the
; 64-bit result of a call, twice a loaded one, and one more in the first byte of anything
; that goes through memory.

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define i64 @rayc_hook_result_i64(ptr %state, i64 %value, ptr %site) {
  %new = add i64 %value, 1000
  ret i64 %new
}

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %new = shl i64 %value, 1
  ret i64 %new
}

define void @rayc_hook_result_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  %old = load i8, ptr %value
  %new = add i8 %old, 1
  store i8 %new, ptr %value
  ret void
}

define void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  %old = load i8, ptr %value
  %new = add i8 %old, 1
  store i8 %new, ptr %value
  ret void
}
