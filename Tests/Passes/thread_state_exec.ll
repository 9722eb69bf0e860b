; Every thread has a context of its own, which its first event initialises: two threads count
; for themselves, and no event of theirs is the main thread's. See thread_state.ll.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines

declare i32 @pthread_create(ptr, ptr, ptr, ptr)
declare i32 @pthread_join(i64, ptr)
@x = global i64 1
@thread = global i64 0

define ptr @work(ptr %nothing) noinline {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %x = load volatile i64, ptr @x
  %next = add i64 %i, %x
  %more = icmp ult i64 %next, 1000
  br i1 %more, label %loop, label %end
end:
  ret ptr null
}

define i32 @main() {
  %created = call i32 @pthread_create(ptr @thread, ptr null, ptr @work, ptr null)
  %mine = call ptr @work(ptr null)
  %thread = load volatile i64, ptr @thread
  %joined = call i32 @pthread_join(i64 %thread, ptr null)
  ret i32 0
}
; CHECK: count: 3 calls, 1001 loads
