; The glue's functions are protected, and so was what was left of a hook that does nothing: the
; runtime's weak reference to it, which may find none, did not link.
;
; RUN: %opt -S -passes=rayc-context %s | %FileCheck %s
; CHECK: declare void @rayc_hook_didEnter(ptr, ptr)

@llvm.used = appending global [1 x ptr] [ptr @rayc_hook_didEnter]

define i64 @rayc_context_size() {
  ret i64 0
}
define i64 @rayc_context_alignment() {
  ret i64 1
}
define protected void @rayc_hook_didEnter(ptr %state, ptr %site) {
  ret void
}
