; A context tags the parameters of the functions that the command line names, and is told what they
; return, in registers or in memory; of no other function.
;
; RUN: %tagged %inputs/tag_functions.ll %s %t -rayc-tag-functions=traced -rayc-tag-functions=filled -rayc-demangler=%demangler && %t | %FileCheck %s --match-full-lines
; RUN: %tagged %inputs/tag_functions.ll %s %t && %t | %FileCheck %s --check-prefix=NONE --allow-empty
; NONE-NOT: parameter

define { i64, double } @traced(i64 %a, double %b) noinline {
  %s = add i64 %a, 1
  %p = insertvalue { i64, double } poison, i64 %s, 0
  %q = insertvalue { i64, double } %p, double 0.5, 1
  ret { i64, double } %q
}
; CHECK:      parameter 0 is 4, tag 0, type 5
; CHECK-NEXT: parameter 1 is 4611686018427387904, tag 0, type 9
; CHECK-NEXT: result 0 is 5, tag 7, type 5
; CHECK-NEXT: result 1 is 4602678819172646912, tag 0, type 9

define void @filled(ptr sret({ i64, i32 }) %into, i64 %a) noinline {
  store i64 %a, ptr %into, align 8
  %second = getelementptr i8, ptr %into, i64 8
  store i32 3, ptr %second, align 4
  ret void
}
; CHECK-NEXT: parameter 0 is 6, tag 0, type 5
; CHECK-NEXT: result 0 is 6, tag 7, type 5
; CHECK-NEXT: result 1 is 3, tag 0, type 4

define i64 @untraced(i64 %a) noinline {
  ret i64 %a
}

define i32 @main() {
  %slot = alloca { i64, i32 }
  %r = call { i64, double } @traced(i64 4, double 2.0)
  call void @filled(ptr sret({ i64, i32 }) %slot, i64 6)
  %u = call i64 @untraced(i64 8)
  ret i32 0
}
