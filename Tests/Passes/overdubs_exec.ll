; Programs compute with what a context has in the place of their functions; see overdubs.ll.
;
; RUN: env "OPT=%opt -rayc-demangler=%demangler" %build %inputs/overdubs.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: env "OPT=%opt -rayc-demangler=%demangler" %build %inputs/overdubs.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: env "OPT=%opt -rayc-demangler=%demangler" %build %inputs/overdubs.ll %s %t -rayc-at=optimized && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
declare { i64, i1 } @llvm.smul.with.overflow.i64(i64, i64)

define swiftcc i64 @"$s4Main5twiceyS2iF"(i64 %n) noinline {
  %r = shl i64 %n, 1
  ret i64 %r
}

define swiftcc i64 @multiplies(i64 %a, i64 %b) noinline {
  %pair = call { i64, i1 } @llvm.smul.with.overflow.i64(i64 %a, i64 %b)
  %product = extractvalue { i64, i1 } %pair, 0
  %overflows = extractvalue { i64, i1 } %pair, 1
  br i1 %overflows, label %trap, label %go
go:
  ret i64 %product
trap:
  ret i64 0
}

define i32 @main() {
  ; 5, not 6: the overflow of the product is none of the sum.
  %a = call swiftcc i64 @multiplies(i64 2, i64 3)
  call void @print_number(i64 %a)
  ; Four times: the original, twice. Also by its address.
  %b = call swiftcc i64 @"$s4Main5twiceyS2iF"(i64 10)
  call void @print_number(i64 %b)
  %slot = alloca ptr
  store ptr @"$s4Main5twiceyS2iF", ptr %slot
  %f = load volatile ptr, ptr %slot
  %c = call swiftcc i64 %f(i64 11)
  call void @print_number(i64 %c)
  ret i32 0
}
; CHECK:      program: 5
; CHECK-NEXT: program: 40
; CHECK-NEXT: program: 44
