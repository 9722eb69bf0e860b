; Two objects of one image have one table, announced once; an object built for another
; version of the ABI does not link.
;
; RUN: split-file-22 %s %t
; RUN: %opt -passes=rayc-context %inputs/log.ll -o %t/context.bc
; RUN: %opt -rayc-context=%t/context.bc -rayc-module=One -passes='default<O2>' %t/one.ll -o %t/one.bc
; RUN: %opt -rayc-context=%t/context.bc -rayc-module=Two -passes='default<O2>' %t/two.ll -o %t/two.bc
; RUN: %llc -filetype=obj %t/one.bc -o %t/one.o
; RUN: %llc -filetype=obj %t/two.bc -o %t/two.o
; RUN: %llc -filetype=obj %t/context.bc -o %t/context.o
; RUN: %clang -fuse-ld=lld %t/one.o %t/two.o %t/context.o %inputs/runtime.c -o %t/program
; RUN: %t/program | %FileCheck %s
;
; RUN: %not %clang -fuse-ld=lld -Drayc_abi_1=rayc_abi_9 %t/one.o %t/two.o %t/context.o %inputs/runtime.c -o %t/mixed 2>&1 | %FileCheck %s --check-prefix=MIXED

; CHECK:     site {{.*}} in main: f()
; CHECK:     site {{.*}} in main: print_sites()
; CHECK:     site {{.*}} in f: print_number(s5Int64V)
; CHECK-NOT: site {{.*}} in
; MIXED:     undefined symbol: rayc_abi_1

;--- one.ll
declare void @f()
declare void @print_sites()
define i32 @main() {
  call void @f()
  call void @print_sites()
  ret i32 0
}

;--- two.ll
declare void @print_number(i64)
define void @f() {
  call void @print_number(i64 2)
  ret void
}
