; Counters without checks still count; see counters.ll.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/count.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/count.ll %s %t -rayc-no-inline && %t | %FileCheck %s --match-full-lines

@x = global i64 3

define i64 @next(i64 %i) noinline {
  %x = load volatile i64, ptr @x
  %next = add i64 %i, %x
  ret i64 %next
}

define i32 @main() {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %next = call i64 @next(i64 %i)
  %more = icmp ult i64 %next, 300
  br i1 %more, label %loop, label %end
end:
  ret i32 0
}
; CHECK: count: 100 calls, 100 loads
