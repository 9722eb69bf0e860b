; An async function with an alloca of unknown size that ends in a call with arguments on the
; stack: LLVM 22 compiles neither a `musttail` call of that kind right nor a plain tail call.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: env RAYC_LLC=-O0 %build %inputs/count.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

define swifttailcc void @last(ptr swiftasync %frame, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h) noinline {
  call void @print_number(i64 %a)
  call void @print_number(i64 %h)
  ret void
}

define swifttailcc void @first(ptr swiftasync %frame, i64 %size) noinline {
  %place = alloca i64, i64 %size
  store volatile i64 7, ptr %place
  %n = load volatile i64, ptr %place
  musttail call swifttailcc void @last(ptr swiftasync %frame, i64 %n, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 9)
  ret void
}

define i32 @main() {
  call swifttailcc void @first(ptr swiftasync null, i64 3)
  call void @print_number(i64 8)
  ret i32 0
}
; CHECK:      program: 7
; CHECK-NEXT: program: 9
; CHECK-NEXT: program: 8
; CHECK-NEXT: count: {{[0-9]+}} calls, 1 loads
