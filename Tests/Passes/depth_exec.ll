; The calls of a chain main > one > two > three > print_number are seen as far down as the
; depth says, also behind a longjmp that left the chain. See depth.ll.
;
; RUN: %build %inputs/count.ll %s %t -rayc-depth=0 && %t | %FileCheck %s --check-prefix=MAIN
; RUN: %build %inputs/count.ll %s %t -rayc-depth=1 && %t | %FileCheck %s --check-prefix=ONE
; RUN: %build %inputs/count.ll %s %t -rayc-depth=2 && %t | %FileCheck %s --check-prefix=TWO
; RUN: %build %inputs/count.ll %s %t -rayc-depth=9 && %t | %FileCheck %s --check-prefix=ALL
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --check-prefix=ALL
; RUN: %build %inputs/count.ll %s %t -rayc-depth=1 '-passes=default<O0>' && %t | %FileCheck %s --check-prefix=ONE
;
; MAIN: count: 3 calls
; ONE:  count: 7 calls
; TWO:  count: 10 calls
; ALL:  count: 14 calls

declare void @print_number(i64)
declare i32 @_setjmp(ptr) returns_twice
declare void @longjmp(ptr, i32) noreturn
@number = global i64 5
@buffer = global [256 x i8] zeroinitializer

define i32 @main() {
  call void @one(i64 1)
  call void @safely()
  call void @one(i64 2)
  ret i32 0
}

define void @safely() noinline {
  %jumped = call i32 @_setjmp(ptr @buffer)
  %is_first = icmp eq i32 %jumped, 0
  br i1 %is_first, label %first, label %second
first:
  call void @one(i64 7)
  ret void
second:
  ret void
}

define void @one(i64 %x) {
  call void @two(i64 %x)
  ret void
}

define void @two(i64 %x) {
  call void @three(i64 %x)
  ret void
}

define void @three(i64 %x) {
  %jumps = icmp eq i64 %x, 7
  br i1 %jumps, label %jump, label %go
go:
  %number = load volatile i64, ptr @number
  call void @print_number(i64 %number)
  ret void
jump:
  call void @longjmp(ptr @buffer, i32 1)
  unreachable
}

; Hooks that print, which stay quiet deeper down, and hooks that change values, which change
; none there.
; RUN: %build %inputs/log.ll %s %t -rayc-depth=0 && %t | %FileCheck %s --check-prefix=LOG --implicit-check-not=two
; RUN: %build %inputs/replace.ll %s %t -rayc-depth=1 && %t | %FileCheck %s --check-prefix=REPLACED
; LOG:      will one(Int64 1)
; LOG-NEXT: program: 5
; LOG-NEXT: did one
; LOG-NEXT: will safely()
; LOG-NEXT: did safely
; REPLACED: program: 5
