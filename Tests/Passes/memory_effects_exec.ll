; Two calls of a function that claims to touch no memory are two events; see
; memory_effects.ll.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
@x = constant i64 20

define i64 @"$s4Main4pureSiyF"(i64 %i) memory(none) noinline nounwind willreturn {
  %x = load i64, ptr @x
  %r = add i64 %x, %i
  ret i64 %r
}

define i32 @main() {
  %a = call i64 @"$s4Main4pureSiyF"(i64 1) memory(none)
  %b = call i64 @"$s4Main4pureSiyF"(i64 1) memory(none)
  %sum = add i64 %a, %b
  call void @print_number(i64 %sum)
  ret i32 0
}
; CHECK:      program: 42
; CHECK-NEXT: count: 3 calls, 2 loads
