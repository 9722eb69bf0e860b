; With `-rayc-depth`, a function that runs deeper than that below the first instrumented one has
; its events sent to the state of a thread that is switched off. Without it nothing is added.
;
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-depth=3 | %FileCheck %s
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument | %FileCheck %s --check-prefix=WITHOUT
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument,rayc-lower-state -rayc-depth=3 | %FileCheck %s --check-prefix=LOWERED
; WITHOUT-NOT: rayc.depth
; WITHOUT-NOT: rayc_off_state

declare i64 @g(i64)
declare void @exit(i32) noreturn

define i64 @f(i64 %x, i1 %c) {
  %r = call i64 @g(i64 %x)
  br i1 %c, label %a, label %b
a:
  ret i64 %r
b:
  call void @exit(i32 1)
  unreachable
}
; CHECK-LABEL: define i64 @f(
; CHECK:         %[[THREAD:.+]] = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@rayc_thread)
; CHECK-NEXT:    %[[FIELD:.+]] = getelementptr inbounds i8, ptr %[[THREAD]], i64 56
; CHECK-NEXT:    %[[DEPTH:.+]] = load i64, ptr %[[FIELD]]
; CHECK-NEXT:    %[[BELOW:.+]] = add i64 %[[DEPTH]], 1
; CHECK-NEXT:    store i64 %[[BELOW]], ptr %[[FIELD]]
; CHECK:         %[[ON:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    %[[OFF:.+]] = call ptr @rayc_off_state()
; CHECK-NEXT:    %[[IS_DEEP:.+]] = icmp ugt i64 %[[DEPTH]], 3
; CHECK-NEXT:    %[[STATE:.+]] = select i1 %[[IS_DEEP]], ptr %[[OFF]], ptr %[[ON]]
; CHECK:         call void @rayc_hook_willCall(ptr %[[STATE]],
; CHECK:         call void @rayc_hook_didCall(ptr %[[STATE]],
; CHECK:       a:
; CHECK-NEXT:    store i64 %[[DEPTH]], ptr %[[FIELD]]
; CHECK-NEXT:    ret i64
; A path that ends the program has no depth to restore.
; CHECK:       b:
; CHECK-NOT:     store i64 %[[DEPTH]]
; CHECK:         unreachable

; LOWERED-LABEL: define i64 @f(
; LOWERED:         %[[SIZE:.+]] = load i64, ptr @rayc_thread_size
; LOWERED-NEXT:    %[[THREAD:.+]] = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@rayc_thread)
; LOWERED-NEXT:    %[[HEAD:.+]] = getelementptr i8, ptr %[[THREAD]], i64 %[[SIZE]]
; LOWERED-NEXT:    getelementptr inbounds i8, ptr %[[HEAD]], i64 64

; A guaranteed tail call leaves the function.
define i64 @tail(i64 %x) {
  %r = musttail call i64 @g(i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @tail(
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    store i64 %rayc.depth, ptr
; CHECK-NEXT:    musttail call i64 @g(
; CHECK-NEXT:    ret i64

; So does an exception that passes through.
define void @cleanup() personality ptr @personality {
  %r = invoke i64 @g(i64 1) to label %end unwind label %pad
end:
  ret void
pad:
  %thrown = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %thrown
}
; CHECK-LABEL: define void @cleanup(
; CHECK:       pad:
; CHECK:         store i64 %rayc.depth, ptr
; CHECK-NEXT:    resume
declare i32 @personality(...)

; A function that calls nothing makes nothing deeper.
define i64 @leaf(ptr %p) {
  %x = load i64, ptr %p
  ret i64 %x
}
; CHECK-LABEL: define i64 @leaf(
; CHECK-NOT:     store i64 %{{.*}}, ptr
; CHECK:         select i1
; CHECK:         ret i64

; A thunk, here a partial apply forwarder, is as deep as what it is there for.
define i64 @"$s4main1fyyFTA"(i64 %x) {
  %r = call i64 @g(i64 %x)
  ret i64 %r
}
; CHECK-LABEL: define i64 @"$s4main1fyyFTA"(
; CHECK:         %rayc.depth = load
; CHECK-NOT:     add i64 %rayc.depth
; CHECK-NOT:     store i64 %rayc.depth
; CHECK:         select i1
; CHECK:         ret i64

; Nothing happens here, so there is nothing to count.
define void @nothing() {
  ret void
}
; CHECK-LABEL: define void @nothing()
; CHECK-NEXT:    ret void
