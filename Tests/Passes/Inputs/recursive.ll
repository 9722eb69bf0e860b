; A context whose hooks call back into the program: into `described`, which the programs
; under test define and which is instrumented itself. As a type's own `description` may be.

declare i64 @described(i64)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %d = call i64 @described(i64 1)
  ret void
}

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %d = call i64 @described(i64 2)
  %new = add i64 %value, %d
  ret i64 %new
}
