; An atomic operation on a field is a write that the proof of counters.ll must notice.
;
; RUN: split-file-22 %s %t
; RUN: cat %inputs/counter_prefix.ll %t/atomic.ll | %opt -S -passes=rayc-context | %FileCheck %s
; RUN: cat %inputs/counter_prefix.ll %t/exchange.ll | %opt -S -passes=rayc-context | %FileCheck %s

; CHECK-LABEL: define {{.*}}@rayc_hook_willCall(
; CHECK:         @llvm.sadd.with.overflow.i64

;--- atomic.ll
; Adds anything.
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %number = ptrtoint ptr %error to i64
  %old = atomicrmw add ptr %state, i64 %number monotonic
  ret void
}

;--- exchange.ll
; Sets it to anything.
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %number = ptrtoint ptr %error to i64
  %old = cmpxchg ptr %state, i64 0, i64 %number monotonic monotonic
  ret void
}
