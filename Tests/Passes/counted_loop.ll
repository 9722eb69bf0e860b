; What the proofs of counters.ll and state_alias.ll are for: at -O2 a counted loop is
; vectorised, and its counter grows once, by the number of rounds.
;
; RUN: %show %inputs/count.ll %s '-passes=default<O2>' | %FileCheck %s

define i64 @sum(ptr %p, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i64 [ 0, %entry ], [ %more, %loop ]
  %at = getelementptr i64, ptr %p, i64 %i
  %x = load i64, ptr %at
  %more = add i64 %sum, %x
  %next = add nuw nsw i64 %i, 1
  %again = icmp slt i64 %next, %n
  br i1 %again, label %loop, label %end
end:
  ret i64 %more
}
; CHECK-LABEL: define {{.*}}i64 @sum(
; CHECK:         call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@rayc_thread)
; CHECK:       vector.body:
; CHECK-NOT:     store
; CHECK:         load <{{[24]}} x i64>
; CHECK-NOT:     store
; CHECK:         br i1
