; The same as bug_counters_returned_address.ll, with the address in a struct.
;
; RUN: cat %inputs/counter_prefix.ll %s | %opt -S -passes=rayc-context | %FileCheck %s

define internal { ptr, i64 } @field(ptr %state) noinline memory(none) {
  %pair = insertvalue { ptr, i64 } zeroinitializer, ptr %state, 0
  ret { ptr, i64 } %pair
}

define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %pair = call { ptr, i64 } @field(ptr %state)
  %field = extractvalue { ptr, i64 } %pair, 0
  store ptr %error, ptr %field
  ret void
}
; CHECK-LABEL: define {{.*}}@rayc_hook_willCall(
; CHECK:         @llvm.sadd.with.overflow.i64
