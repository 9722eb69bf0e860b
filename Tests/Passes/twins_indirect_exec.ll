; Calls by address find the twin inside and the plain function outside, whichever side the
; address was taken on. See twins_indirect.ll and Inputs/extents.c.
;
; RUN: %dynamic %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %dynamic %inputs/log.ll %s %t '-passes=default<O0>' && %t | %FileCheck %s --match-full-lines

declare i64 @run_inside(ptr, i64)
declare i64 @apply(ptr, i64)
declare i64 @apply_elsewhere(ptr, i64)
declare void @print_where(i64)
@stored = global ptr null

define internal i64 @callback(i64 %x) noinline {
  call void @print_where(i64 %x)
  ret i64 %x
}

define i64 @stores(i64 %x) noinline {
  store volatile ptr @callback, ptr @stored
  ret i64 %x
}

; Calls what is stored, with the number given.
define i64 @calls(i64 %x) noinline {
  %callback = load volatile ptr, ptr @stored
  %y = call i64 %callback(i64 %x)
  ret i64 %y
}

define i64 @passes(i64 %x) noinline {
  %y = call i64 @apply(ptr @callback, i64 %x)
  ret i64 %y
}

define i64 @passes_elsewhere(i64 %x) noinline {
  %y = call i64 @apply_elsewhere(ptr @callback, i64 %x)
  ret i64 %y
}

define i32 @main() {
  ; Stored outside, called inside.
  %a = call i64 @stores(i64 0)
  %b = call i64 @run_inside(ptr @calls, i64 1)
; CHECK:      load a value: pointer
; CHECK-NEXT: will an unknown function(Int64 1)
; CHECK-NEXT: will print_where(Int64 1)
; CHECK-NEXT: program: 1, inside
; CHECK-NEXT: did print_where
; CHECK-NEXT: result an unknown function: Int64 1
; CHECK-NEXT: did an unknown function

  ; Stored inside, called outside, then inside.
  %c = call i64 @run_inside(ptr @stores, i64 0)
  %d = call i64 @calls(i64 2)
; CHECK-NEXT: program: 2, outside
  %e = call i64 @run_inside(ptr @calls, i64 3)
; CHECK-NEXT: load a value: pointer
; CHECK-NEXT: will an unknown function(Int64 3)
; CHECK-NEXT: will print_where(Int64 3)
; CHECK-NEXT: program: 3, inside
; CHECK:      did an unknown function

  ; Called back by C code: outside, inside, and from another thread for the same task.
  %f = call i64 @passes(i64 4)
; CHECK-NEXT: program: 4, outside
  %g = call i64 @run_inside(ptr @passes, i64 5)
; CHECK-NEXT: will apply(pointer, Int64 5)
; CHECK-NEXT: will print_where(Int64 5)
; CHECK-NEXT: program: 5, inside
; CHECK:      did apply
  %h = call i64 @run_inside(ptr @passes_elsewhere, i64 6)
; CHECK-NEXT: will apply_elsewhere(pointer, Int64 6)
; CHECK-NEXT: will print_where(Int64 6)
; CHECK-NEXT: program: 6, inside
; CHECK-NEXT: did print_where
; CHECK-NEXT: the thread is outside again
; CHECK-NEXT: result apply_elsewhere: Int64 6
; CHECK-NEXT: did apply_elsewhere
  %i = call i64 @passes_elsewhere(i64 7)
; CHECK-NEXT: program: 7, outside
; CHECK-NEXT: the thread is outside again
; CHECK-NOT:  {{.}}
  ret i32 0
}
