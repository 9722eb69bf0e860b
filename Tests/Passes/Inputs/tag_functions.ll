; A context that gives each parameter of a named function the tag 7, and looks at its results.

declare void @saw_parameter(i32, i64, i64, i32)
declare void @saw_return(i32, i64, i64, i32)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define i64 @rayc_hook_tag_operation(ptr %state, i32 %operation, i64 %result, i64 %a, i64 %at, i64 %b, i64 %bt, i64 %c, i64 %ct, ptr %site) {
  %ab = or i64 %at, %bt
  ret i64 %ab
}

define i64 @rayc_hook_tag_parameter(ptr %state, i32 %index, i64 %bits, i64 %tag, i32 %type, ptr %site) {
  call void @saw_parameter(i32 %index, i64 %bits, i64 %tag, i32 %type)
  ret i64 7
}

define void @rayc_hook_tag_return(ptr %state, i32 %index, i64 %bits, i64 %tag, i32 %type, ptr %site) {
  call void @saw_return(i32 %index, i64 %bits, i64 %tag, i32 %type)
  ret void
}
