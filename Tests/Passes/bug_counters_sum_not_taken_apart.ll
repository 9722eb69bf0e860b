; A sum that something other than an extractvalue uses is left alone; its users were once
; taken for extractvalues, whatever they were.
;
; RUN: cat %inputs/counter_prefix.ll %s | %opt -S -passes=rayc-context | %FileCheck %s

declare void @elsewhere({ i64, i1 })

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %m = load i64, ptr %state
  %both = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %m, i64 1)
  %next = extractvalue { i64, i1 } %both, 0
  store i64 %next, ptr %state
  call void @elsewhere({ i64, i1 } %both)
  ret i64 %value
}
; CHECK: %both = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %m, i64 1)
