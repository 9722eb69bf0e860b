; Small hooks come into the module for inlining only: the context's own object keeps the
; definitions. What they refer to is declared, and has a name that other objects can use.
;
; RUN: split-file-22 %s %t
; RUN: %opt -S -passes=rayc-context %t/context.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %show %t/context.ll %t/program.ll -passes=rayc-instrument | %FileCheck %s
; RUN: %show %t/context.ll %t/program.ll '-passes=default<O2>' | %FileCheck %s --check-prefix=INLINED
; RUN: %show %t/context.ll %t/program.ll -rayc-no-inline '-passes=default<O2>' | %FileCheck %s --check-prefix=CALLED

; CONTEXT: @rayc.context.table = {{.*}}constant [2 x i64] [i64 3, i64 4]
; CONTEXT: @unused = private constant

; CHECK:     @rayc.context.table = external {{.*}}constant [2 x i64]
; CHECK-NOT: @unused
; CHECK:     define available_externally i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) #[[ATTRIBUTES:[0-9]+]]
; CHECK-NOT: define {{.*}}@rayc_hook_load_i32
; CHECK-NOT: define {{.*}}@rayc_context_
; CHECK:     attributes #[[ATTRIBUTES]] = { alwaysinline

; INLINED-LABEL: define i64 @program(
; INLINED-NOT:     rayc_hook
; INLINED:         load i64, ptr @rayc.context.table
; INLINED-NOT:     @rayc_hook

; CALLED-LABEL: define i64 @program(
; CALLED:         call i64 @rayc_hook_load_i64(

;--- context.ll
@table = private constant [2 x i64] [i64 3, i64 4]
@unused = private constant i64 9
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %factor = load i64, ptr @table
  %new = mul i64 %value, %factor
  ret i64 %new
}
; The program below has no load of this type.
define i32 @rayc_hook_load_i32(ptr %state, i32 %value, ptr %site) {
  %new = mul i32 %value, 3
  ret i32 %new
}

;--- program.ll
define i64 @program(ptr %p) {
  %x = load i64, ptr %p
  ret i64 %x
}
