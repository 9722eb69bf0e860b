; A select between the address of a field (not only of the state itself) and another one is
; out of the proof's sight: the store below may put anything into the counter.
;
; RUN: split-file-22 %s %t
; RUN: cat %inputs/counter_prefix.ll %t/select.ll | %opt -S -passes=rayc-context | %FileCheck %s

; CHECK-LABEL: define {{.*}}@rayc_hook_willCall(
; CHECK:         @llvm.sadd.with.overflow.i64

;--- select.ll
; A field of the state, or another address.
@other = global i64 0
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %threw = icmp ne ptr %error, null
  %self = getelementptr i8, ptr %state, i64 8
  %back = getelementptr i8, ptr %self, i64 -8
  %field = select i1 %threw, ptr %back, ptr @other
  store ptr %error, ptr %field
  ret void
}
