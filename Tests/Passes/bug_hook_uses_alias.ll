; A small hook that refers to an alias (the metadata of a type that the context's file
; declares is one) got poison for it in the module that it comes into.
;
; RUN: split-file-22 %s %t
; RUN: %show %t/context.ll %t/program.ll -passes=rayc-instrument | %FileCheck %s

; CHECK-NOT: store ptr poison
; CHECK:     store ptr @{{.*}}metadata, ptr %state
; CHECK-NOT: store ptr poison

;--- context.ll
@full = internal constant [2 x i64] [i64 1, i64 2]
@metadata = alias i64, getelementptr ([2 x i64], ptr @full, i64 0, i64 1)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  store ptr @metadata, ptr %state
  ret i64 %value
}

;--- program.ll
define i64 @program(ptr %p) {
  %x = load i64, ptr %p
  ret i64 %x
}
