; A context that is told where functions begin and end; each hook calls a function of runtime.c
; that prints what it saw.

@enter = private constant [6 x i8] c"enter\00"
@leave = private constant [6 x i8] c"leave\00"
declare void @saw_function(ptr, ptr)

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_hook_didEnter(ptr %state, ptr %site) {
  call void @saw_function(ptr @enter, ptr %site)
  ret void
}

define void @rayc_hook_willLeave(ptr %state, ptr %site) {
  call void @saw_function(ptr @leave, ptr %site)
  ret void
}
