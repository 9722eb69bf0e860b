; --at optimized: LLVM has found out by then which functions touch no memory, whatever they
; are called. With hooks in them (or in what they call) they do, and must not say otherwise.
;
; RUN: %show %inputs/count.ll %s '-passes=default<O2>' -rayc-at=optimized | %FileCheck %s

define internal i64 @helper(i64 %x) noinline {
  %square = mul i64 %x, %x
  ret i64 %square
}

define i64 @work(i64 %x) noinline {
  %y = call i64 @helper(i64 %x)
  %z = mul i64 %y, 3
  ret i64 %z
}
; CHECK:     define i64 @work(i64 %x) {{.*}}#[[ATTRIBUTES:[0-9]+]]
; CHECK-NOT: attributes #[[ATTRIBUTES]] = {{.*}}memory(none)
