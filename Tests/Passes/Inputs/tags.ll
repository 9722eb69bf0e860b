; A context that tags values: what `secret` and `other` return have the tags 1 and 2, the result of an
; operation has those of its operands, and tags.c prints what functions called `sink…` are given.

declare i64 @tag_of_result(i64, ptr)
declare void @saw_argument(i32, i64, i64, i32, ptr)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define i64 @rayc_hook_tag_operation(ptr %state, i32 %operation, i64 %result, i64 %a, i64 %at, i64 %b, i64 %bt, i64 %c, i64 %ct, ptr %site) {
  %ab = or i64 %at, %bt
  %abc = or i64 %ab, %ct
  ret i64 %abc
}

define i64 @rayc_hook_tag_result(ptr %state, i64 %bits, i64 %tag, i32 %type, ptr %site) {
  %new = call i64 @tag_of_result(i64 %tag, ptr %site)
  ret i64 %new
}

define void @rayc_hook_tag_argument(ptr %state, i32 %index, i64 %bits, i64 %tag, i32 %type, ptr %site) {
  call void @saw_argument(i32 %index, i64 %bits, i64 %tag, i32 %type, ptr %site)
  ret void
}
