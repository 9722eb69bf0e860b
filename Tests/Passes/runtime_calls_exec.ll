; The context sees runtime calls as such; see runtime_calls.ll.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

define ptr @swift_retain(ptr returned %object) noinline {
  call void @print_number(i64 1)
  ret ptr %object
}

define i32 @main() {
  %same = call ptr @swift_retain(ptr @main)
  ret i32 0
}
; CHECK:      will (runtime) swift_retain(pointer)
; CHECK-NEXT: will print_number(Int64 1)
; CHECK-NEXT: program: 1
; CHECK-NEXT: did print_number
; CHECK-NEXT: result swift_retain: pointer
; CHECK-NEXT: did swift_retain
