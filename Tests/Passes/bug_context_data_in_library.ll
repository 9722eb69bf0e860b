; What an inlined hook refers to lies in the executable, also when the hook comes into a
; shared library: a reference that takes the data to be near does not link there.
;
; RUN: split-file-22 %s %t
; RUN: %opt -passes=rayc-context %t/context.ll -o %t/context.bc
; RUN: %opt -rayc-context=%t/context.bc -rayc-module=Library '-passes=default<O2>' %t/library.ll -o %t/library.bc
; RUN: %llc -filetype=obj %t/library.bc -o %t/library.o
; RUN: %clang -fuse-ld=lld -shared %t/library.o -o %t/library.so

;--- context.ll
@table = private constant [2 x i64] [i64 3, i64 4]
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %number = ptrtoint ptr %site to i64
  %index = and i64 %number, 1
  %at = getelementptr i64, ptr @table, i64 %index
  %factor = load i64, ptr %at
  %new = mul i64 %value, %factor
  ret i64 %new
}

;--- library.ll
define i64 @function(ptr %p) {
  %x = load i64, ptr %p
  ret i64 %x
}
