; A context whose hooks differ in what they would do while their thread is switched off:
; result_i64 writes a global variable, load_i64 changes the value, load_in_… changes it in
; memory, willCall only counts, load_ptr follows a pointer that init made, load_i32 divides.

@seen = global i64 0
@box = global i64 0
@format = private constant [40 x i8] c"calls %ld, results %ld, pointers %ld\0A\00\00\00"
declare i32 @printf(ptr, ...)

define i64 @rayc_context_size() {
  ret i64 16
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_context_init(ptr %state) {
  store i64 0, ptr %state
  %box = getelementptr i8, ptr %state, i64 8
  store ptr @box, ptr %box
  ret void
}

define void @rayc_context_finish(ptr %state) {
  %calls = load i64, ptr %state
  %results = load i64, ptr @seen
  %pointers = load i64, ptr @box
  call i32 (ptr, ...) @printf(ptr @format, i64 %calls, i64 %results, i64 %pointers)
  ret void
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %n = load i64, ptr %state
  %next = add i64 %n, 1
  store i64 %next, ptr %state
  ret void
}

define i64 @rayc_hook_result_i64(ptr %state, i64 %value, ptr %site) {
  %n = load i64, ptr @seen
  %next = add i64 %n, 1
  store i64 %next, ptr @seen
  %new = add i64 %value, 1000
  ret i64 %new
}

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %new = shl i64 %value, 1
  ret i64 %new
}

define i32 @rayc_hook_load_i32(ptr %state, i32 %value, ptr %site) {
  %n = load i32, ptr %state
  %new = sdiv i32 %value, %n
  ret i32 %new
}

define ptr @rayc_hook_load_ptr(ptr %state, ptr returned %value, ptr %site) {
  %field = getelementptr i8, ptr %state, i64 8
  %box = load ptr, ptr %field
  %n = load i64, ptr %box
  %next = add i64 %n, 1
  store i64 %next, ptr %box
  ret ptr %value
}

define void @rayc_hook_load_in_s5Int64V_s5Int64Vt(ptr %state, ptr %value, ptr %site) {
  %n = load i64, ptr %value
  %next = add i64 %n, 1
  store i64 %next, ptr %value
  ret void
}
