; An async function with an alloca of unknown size, as AddressSanitizer makes them, ended in a
; jump with the stack pointer 16 bytes off: the function that it went on to returned to nowhere.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: env RAYC_LLC=-O0 %build %inputs/count.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

define swifttailcc void @last(ptr swiftasync %frame, i64 %n, i64, i64) noinline {
  call void @print_number(i64 %n)
  ret void
}

define swifttailcc void @first(ptr swiftasync %frame, i64 %size) noinline {
  %place = alloca i64, i64 %size
  store volatile i64 7, ptr %place
  %n = load volatile i64, ptr %place
  musttail call swifttailcc void @last(ptr swiftasync %frame, i64 %n, i64 0, i64 0)
  ret void
}

define i32 @main() {
  call swifttailcc void @first(ptr swiftasync null, i64 3)
  call void @print_number(i64 8)
  ret i32 0
}
; CHECK:      program: 7
; CHECK-NEXT: program: 8
; CHECK-NEXT: count: {{[0-9]+}} calls, 1 loads
