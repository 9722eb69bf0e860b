; A chain of async calls runs to its end with one willCall for each step and no growing
; stack; see async.ll.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

; A frame: where to go on, and a number.
%Frame = type { ptr, i64 }
declare void @print_number(i64)

define swifttailcc void @twice(ptr swiftasync %frame, i64 %x) noinline {
  %double = shl i64 %x, 1
  %field = getelementptr %Frame, ptr %frame, i64 0, i32 1
  store i64 %double, ptr %field
  %resume = load ptr, ptr %frame
  musttail call swifttailcc void %resume(ptr swiftasync %frame)
  ret void
}

define swifttailcc void @resumed(ptr swiftasync %frame) noinline {
  %field = getelementptr %Frame, ptr %frame, i64 0, i32 1
  %x = load i64, ptr %field
  call void @print_number(i64 %x)
  ret void
}

define i32 @main() {
  %frame = alloca %Frame
  store ptr @resumed, ptr %frame
  call swifttailcc void @twice(ptr swiftasync %frame, i64 21)
  ret i32 0
}
; CHECK:      will twice(Int64 21)
; CHECK-NEXT: load a value: pointer
; CHECK-NEXT: will an unknown function()
; CHECK-NEXT: load a value: Int64 42
; CHECK-NEXT: will print_number(Int64 42)
; CHECK-NEXT: program: 42
; CHECK-NEXT: did print_number
; CHECK-NEXT: did twice
