; Operators reach the context with their names, operands and results; see operations.ll for the IR.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %build %inputs/log_points.ll %t.ll %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log_points.ll %t.ll %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

@seven = global i64 7
@half = global double 0.5

declare { i64, i1 } @llvm.smul.with.overflow.i64(i64, i64)
declare void @print_number(i64)
declare void @print_double(double)

define i32 @main() !dbg !10 {
  %x = load volatile i64, ptr @seven
  %h = load volatile double, ptr @half
  %p = call { i64, i1 } @llvm.smul.with.overflow.i64(i64 %x, i64 3), !dbg !20
  %m = extractvalue { i64, i1 } %p, 0, !dbg !20
  %o = extractvalue { i64, i1 } %p, 1, !dbg !20
  br i1 %o, label %trap, label %done, !dbg !20
trap:
  ret i32 9, !dbg !20
done:
  %less = icmp slt i64 %m, 3, !dbg !21
  %not = xor i1 %less, true, !dbg !22
  %f = fadd double %h, 1.0, !dbg !23
  %n = sitofp i64 %m to double, !dbg !24
  %narrow = trunc i64 %m to i8, !dbg !25
  %wide = sext i8 %narrow to i64, !dbg !26
  call void @print_number(i64 %wide), !dbg !27
  call void @print_double(double %f), !dbg !27
  call void @print_double(double %n), !dbg !27
  %status = zext i1 %not to i32, !dbg !27
  %zero = sub i32 1, %status
  ret i32 %zero, !dbg !27
}
; CHECK:      operator *(Int64 7, Int64 3) = Int64 21
; CHECK-NEXT: operator <(Int64 21, Int64 3) = Bool false
; CHECK-NEXT: operator Swift.Bool.!(Bool false) = Bool true
; CHECK-NEXT: operator Swift.Double.+(Double 0.5, Double 1) = Double 1.5
; CHECK-NEXT: operator Swift.Double.init(Int64 21) = Double 21
; CHECK-NEXT: operator init(Int64 21) = Int8 21
; CHECK-NEXT: operator init(Int8 21) = Int64 21
; CHECK-NEXT: program: 21
; CHECK-NEXT: program: 1.5
; CHECK-NEXT: program: 21

!20 = !DILocation(line: 6, column: 1, scope: !10)
!21 = !DILocation(line: 7, column: 1, scope: !10)
!22 = !DILocation(line: 8, column: 1, scope: !10)
!23 = !DILocation(line: 9, column: 1, scope: !10)
!24 = !DILocation(line: 10, column: 1, scope: !10)
!25 = !DILocation(line: 11, column: 1, scope: !10)
!26 = !DILocation(line: 12, column: 1, scope: !10)
!27 = !DILocation(line: 13, column: 1, scope: !10)
