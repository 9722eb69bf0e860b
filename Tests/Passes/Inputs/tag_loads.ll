; A context that asks for the tags of loads, results and primitives.

declare i64 @asked(i64, i64)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define i64 @rayc_hook_tag_load(ptr %state, i64 %bits, i64 %tag, ptr %address, i32 %type, ptr %site) {
  %new = call i64 @asked(i64 %bits, i64 %tag)
  ret i64 %new
}

define i64 @rayc_hook_tag_result(ptr %state, i64 %bits, i64 %tag, i32 %type, ptr %site) {
  %new = call i64 @asked(i64 %bits, i64 %tag)
  ret i64 %new
}

define i64 @rayc_hook_tag_primitive(ptr %state, i32 %count, ptr %bits, ptr %tags, ptr %types, i64 %result, i32 %type, ptr %site) {
  %new = call i64 @asked(i64 %result, i64 0)
  ret i64 %new
}
