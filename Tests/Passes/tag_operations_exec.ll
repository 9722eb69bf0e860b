; A context with hooks of operations and branches sees those of tagged values, with bits, tags and
; types, and nothing of the others.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %tagged %inputs/tag_operations.ll %t.ll %t && %t | %FileCheck %s --match-full-lines
; RUN: %tagged %inputs/tag_operations.ll %t.ll %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare { i64, i1 } @llvm.ssub.with.overflow.i64(i64, i64)
declare double @llvm.fma.f64(double, double, double)
declare double @sin(double)
declare void @print_number(i64)

@table = global [4 x i64] [i64 1, i64 2, i64 3, i64 4]

define i64 @secret() noinline {
  ret i64 3
}
define i64 @plain() noinline {
  %x = load volatile i64, ptr @table
  ret i64 %x
}

define i32 @main() !dbg !10 {
  %s = call i64 @secret(), !dbg !11
  %p = call i64 @plain(), !dbg !11

; CHECK:      add, number 1 of 2: 3/1 1/0 0/0 = 4, types 5 and 5
  %a = add i64 %s, %p, !dbg !11
  %b = add i64 %p, %p, !dbg !11
; CHECK-NEXT: ssub.with.overflow, number 2 of 2: 4/1 2/0 0/0 = 2, types 5 and 5
  %checked = call { i64, i1 } @llvm.ssub.with.overflow.i64(i64 %a, i64 %b), !dbg !11
  %c = extractvalue { i64, i1 } %checked, 0, !dbg !11
; CHECK-NEXT: sitofp, number 63 of 1: 2/1 0/0 0/0 = 4611686018427387904, types 9 and 5
  %d = sitofp i64 %c to double, !dbg !11
; CHECK-NEXT: fma, number 133 of 3: 4611686018427387904/1 0/0 0/0 = 0, types 9 and 9
  %e = call double @llvm.fma.f64(double %d, double 0.0, double 0.0), !dbg !11
; CHECK-NEXT: sin, number 113 of 1: 0/1 0/0 0/0 = 0, types 9 and 9
  %f = call double @sin(double %e), !dbg !11
; CHECK-NEXT: fcmp, number 45 of 2: 0/1 4607182418800017408/0 0/0 = 1, types 1 and 9
  %g = fcmp ole double %f, 1.0, !dbg !11
; CHECK-NEXT: branch on 1, tag 1, type 1
  br i1 %g, label %next, label %other, !dbg !11
other:
  ret i32 1
next:
; An element's address comes from its index; the element does not.
; CHECK-NEXT: getelementptr, number 21 of 2: {{.+}}/0 2/1 0/0 = {{.+}}, types 11 and 5
  %at = getelementptr [4 x i64], ptr @table, i64 0, i64 %c, !dbg !11
  %element = load volatile i64, ptr %at, !dbg !11
  %h = add i64 %element, 1, !dbg !11
; CHECK-NEXT: switch on 3, tag 1, type 5
; CHECK-NOT:  number
  %chosen = select i1 false, i64 %h, i64 %element, !dbg !11
  switch i64 %s, label %done [ i64 5, label %other ], !dbg !11
done:
  call void @print_number(i64 %chosen), !dbg !11
  ret i32 0, !dbg !11
}
