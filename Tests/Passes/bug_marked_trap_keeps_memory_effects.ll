; A leaf hook that does nothing but trap touches no memory that others see, says LLVM; with
; the mark in front of the trap (see traps.ll) it stores the site's address in the state.
;
; RUN: %opt -S -passes=rayc-context %s | %FileCheck %s

declare void @llvm.trap()

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define i64 @rayc_hook_load_i64(ptr readnone captures(none) %state, i64 returned %value, ptr readnone captures(none) %site) memory(inaccessiblemem: write) {
  %negative = icmp slt i64 %value, 0
  br i1 %negative, label %trap, label %go
go:
  ret i64 %value
trap:
  call void @llvm.trap()
  unreachable
}
; CHECK:     define i64 @rayc_hook_load_i64(ptr %state, i64 returned %value, ptr %site) #[[ATTRIBUTES:[0-9]+]]
; CHECK-NOT: attributes #[[ATTRIBUTES]] = {{.*}}memory(
