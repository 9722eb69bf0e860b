; The last event of a program is the call that ends it; see no_return.ll.
;
; RUN: %build %inputs/log.ll %s %t
; RUN: %not %t | %FileCheck %s --match-full-lines

declare void @exit(i32) noreturn
declare i32 @setjmp(ptr) returns_twice
declare void @longjmp(ptr, i32) noreturn
@buffer = global [64 x i64] zeroinitializer
@times = global i64 0

define i32 @main() {
  %r = call i32 @setjmp(ptr @buffer) returns_twice
  %first = icmp eq i32 %r, 0
  br i1 %first, label %again, label %end
again:
  call void @longjmp(ptr @buffer, i32 3)
  unreachable
end:
  call void @exit(i32 %r)
  unreachable
}
; CHECK:      will setjmp(pointer)
; CHECK-NEXT: will longjmp(pointer, Int32 3)
; CHECK-NEXT: will exit(Int32 3)
; CHECK-NOT:  {{.}}
