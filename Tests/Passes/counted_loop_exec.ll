; The vectorised loop of counted_loop.ll counts exactly.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
@numbers = global [1000 x i64] zeroinitializer

define i64 @sum(ptr %p, i64 %n) noinline {
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

define i32 @main() {
  %sum = call i64 @sum(ptr @numbers, i64 999)
  call void @print_number(i64 %sum)
  ret i32 0
}
; CHECK:      program: 0
; CHECK-NEXT: count: 2 calls, 999 loads
