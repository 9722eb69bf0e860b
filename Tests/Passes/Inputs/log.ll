; A context with every hook; each calls a function of runtime.c that prints what it saw,
; and changes nothing. As they call out, rayc-context puts guards around them.

declare void @saw_will(ptr, ptr)
declare void @saw_did(ptr, ptr)
declare void @saw_value(ptr, ptr)
declare void @saw_any(ptr, ptr, ptr)

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

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  call void @saw_will(ptr %arguments, ptr %site)
  ret void
}

define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  call void @saw_did(ptr %error, ptr %site)
  ret void
}

define zeroext i1 @rayc_hook_result_i1(ptr %state, i1 zeroext %value, ptr %site) {
  %slot = alloca i1
  store i1 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i1 %value
}

define signext i8 @rayc_hook_result_i8(ptr %state, i8 signext %value, ptr %site) {
  %slot = alloca i8
  store i8 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i8 %value
}

define signext i16 @rayc_hook_result_i16(ptr %state, i16 signext %value, ptr %site) {
  %slot = alloca i16
  store i16 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i16 %value
}

define i32 @rayc_hook_result_i32(ptr %state, i32 %value, ptr %site) {
  %slot = alloca i32
  store i32 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i32 %value
}

define i64 @rayc_hook_result_i64(ptr %state, i64 %value, ptr %site) {
  %slot = alloca i64
  store i64 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i64 %value
}

define float @rayc_hook_result_f32(ptr %state, float %value, ptr %site) {
  %slot = alloca float
  store float %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret float %value
}

define double @rayc_hook_result_f64(ptr %state, double %value, ptr %site) {
  %slot = alloca double
  store double %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret double %value
}

define ptr @rayc_hook_result_ptr(ptr %state, ptr %value, ptr %site) {
  %slot = alloca ptr
  store ptr %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret ptr %value
}

define void @rayc_hook_result_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @saw_any(ptr %value, ptr %type, ptr %site)
  ret void
}

define zeroext i1 @rayc_hook_load_i1(ptr %state, i1 zeroext %value, ptr %site) {
  %slot = alloca i1
  store i1 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i1 %value
}

define signext i8 @rayc_hook_load_i8(ptr %state, i8 signext %value, ptr %site) {
  %slot = alloca i8
  store i8 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i8 %value
}

define signext i16 @rayc_hook_load_i16(ptr %state, i16 signext %value, ptr %site) {
  %slot = alloca i16
  store i16 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i16 %value
}

define i32 @rayc_hook_load_i32(ptr %state, i32 %value, ptr %site) {
  %slot = alloca i32
  store i32 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i32 %value
}

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %slot = alloca i64
  store i64 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i64 %value
}

define float @rayc_hook_load_f32(ptr %state, float %value, ptr %site) {
  %slot = alloca float
  store float %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret float %value
}

define double @rayc_hook_load_f64(ptr %state, double %value, ptr %site) {
  %slot = alloca double
  store double %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret double %value
}

define ptr @rayc_hook_load_ptr(ptr %state, ptr %value, ptr %site) {
  %slot = alloca ptr
  store ptr %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret ptr %value
}

define void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @saw_any(ptr %value, ptr %type, ptr %site)
  ret void
}
