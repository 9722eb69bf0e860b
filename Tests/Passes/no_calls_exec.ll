; Intrinsics, inline assembly and jumps out of it run without an event; see no_calls.ll and
; callbr.ll.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare i64 @llvm.ctpop.i64(i64)
declare void @print_number(i64)

define i64 @jumps(i64 %x) noinline {
  callbr void asm sideeffect "test $0, $0; jnz ${1:l}", "r,!i"(i64 %x) to label %zero [label %other]
zero:
  ret i64 100
other:
  ret i64 200
}

define i32 @main(i32 %count, ptr %arguments) {
  %wide = zext i32 %count to i64
  %bits = call i64 @llvm.ctpop.i64(i64 %wide)
  %copy = call i64 asm "mov $1, $0", "=r,r"(i64 %bits)
  call void @print_number(i64 %copy)
  %jumped = call i64 @jumps(i64 %copy)
  call void @print_number(i64 %jumped)
  ret i32 0
}
; CHECK:      will print_number(Int64 1)
; CHECK-NEXT: program: 1
; CHECK-NEXT: did print_number
; CHECK-NEXT: will jumps(Int64 1)
; CHECK-NEXT: result jumps: Int64 200
; CHECK-NEXT: did jumps
; CHECK:      program: 200
