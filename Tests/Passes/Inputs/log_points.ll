; A context with hooks for the points beside calls and loads; each calls a function of runtime.c
; that prints what it saw, and changes nothing.

declare void @saw_value(ptr, ptr)
declare void @saw_any(ptr, ptr, ptr)
declare void @saw_operator(ptr, ptr, ptr)
declare void @saw_operation(i8, ptr, i64, ptr)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define zeroext i1 @rayc_hook_store_i1(ptr %state, i1 zeroext %value, ptr %site) {
  %slot = alloca i1
  store i1 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i1 %value
}

define signext i8 @rayc_hook_store_i8(ptr %state, i8 signext %value, ptr %site) {
  %slot = alloca i8
  store i8 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i8 %value
}

define signext i16 @rayc_hook_store_i16(ptr %state, i16 signext %value, ptr %site) {
  %slot = alloca i16
  store i16 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i16 %value
}

define i32 @rayc_hook_store_i32(ptr %state, i32 %value, ptr %site) {
  %slot = alloca i32
  store i32 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i32 %value
}

define i64 @rayc_hook_store_i64(ptr %state, i64 %value, ptr %site) {
  %slot = alloca i64
  store i64 %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret i64 %value
}

define float @rayc_hook_store_f32(ptr %state, float %value, ptr %site) {
  %slot = alloca float
  store float %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret float %value
}

define double @rayc_hook_store_f64(ptr %state, double %value, ptr %site) {
  %slot = alloca double
  store double %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret double %value
}

define ptr @rayc_hook_store_ptr(ptr %state, ptr %value, ptr %site) {
  %slot = alloca ptr
  store ptr %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret ptr %value
}

define void @rayc_hook_store_any(ptr %state, ptr %value, ptr %type, i1 zeroext %owned, ptr %site) {
  call void @saw_any(ptr %value, ptr %type, ptr %site)
  ret void
}

define void @rayc_hook_runtime(ptr %state, i8 zeroext %kind, ptr %address, i64 %size, ptr %site) {
  call void @saw_operation(i8 %kind, ptr %address, i64 %size, ptr %site)
  ret void
}

define zeroext i1 @rayc_hook_operation_i1(ptr %state, i1 zeroext %value, ptr %operands, ptr %site) {
  %slot = alloca i1
  store i1 %value, ptr %slot
  call void @saw_operator(ptr %slot, ptr %operands, ptr %site)
  ret i1 %value
}

define signext i8 @rayc_hook_operation_i8(ptr %state, i8 signext %value, ptr %operands, ptr %site) {
  %slot = alloca i8
  store i8 %value, ptr %slot
  call void @saw_operator(ptr %slot, ptr %operands, ptr %site)
  ret i8 %value
}

define signext i16 @rayc_hook_operation_i16(ptr %state, i16 signext %value, ptr %operands, ptr %site) {
  %slot = alloca i16
  store i16 %value, ptr %slot
  call void @saw_operator(ptr %slot, ptr %operands, ptr %site)
  ret i16 %value
}

define i32 @rayc_hook_operation_i32(ptr %state, i32 %value, ptr %operands, ptr %site) {
  %slot = alloca i32
  store i32 %value, ptr %slot
  call void @saw_operator(ptr %slot, ptr %operands, ptr %site)
  ret i32 %value
}

define i64 @rayc_hook_operation_i64(ptr %state, i64 %value, ptr %operands, ptr %site) {
  %slot = alloca i64
  store i64 %value, ptr %slot
  call void @saw_operator(ptr %slot, ptr %operands, ptr %site)
  ret i64 %value
}

define float @rayc_hook_operation_f32(ptr %state, float %value, ptr %operands, ptr %site) {
  %slot = alloca float
  store float %value, ptr %slot
  call void @saw_operator(ptr %slot, ptr %operands, ptr %site)
  ret float %value
}

define double @rayc_hook_operation_f64(ptr %state, double %value, ptr %operands, ptr %site) {
  %slot = alloca double
  store double %value, ptr %slot
  call void @saw_operator(ptr %slot, ptr %operands, ptr %site)
  ret double %value
}

define void @rayc_hook_operation_any(ptr %state, ptr %value, ptr %type, ptr %operands, ptr %site) {
  call void @saw_any(ptr %value, ptr %type, ptr %site)
  ret void
}
