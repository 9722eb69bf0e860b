; The events of calls, in order and with their values; see calls.ll for the IR.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

define i64 @scale(i64 %x, double %y, ptr %z, i1 %w) noinline {
  %doubled = mul i64 %x, 2
  ret i64 %doubled
}

define i32 @main() {
  %closure = alloca ptr
  store ptr @scale, ptr %closure
  %r = call i64 @scale(i64 21, double 1.5, ptr null, i1 true)
  %f = load volatile ptr, ptr %closure
  %s = call i64 %f(i64 %r, double -0.25, ptr %closure, i1 false)
  call void @print_number(i64 %s)
  ret i32 0
}
; CHECK:      will scale(Int64 21, Double 1.5, nil, Bool true)
; CHECK-NEXT: result scale: Int64 42
; CHECK-NEXT: did scale
; CHECK-NEXT: load a value: pointer
; CHECK-NEXT: will an unknown function(Int64 42, Double -0.25, pointer, Bool false)
; CHECK-NEXT: result an unknown function: Int64 84
; CHECK-NEXT: did an unknown function
; CHECK-NEXT: will print_number(Int64 84)
; CHECK-NEXT: program: 84
; CHECK-NEXT: did print_number
