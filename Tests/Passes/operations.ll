; A context with a hook for operators gets what each computes, and its operands. The instructions at
; one place of the source are one operator: what the others there do not use is what comes out.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %show %inputs/log_points.ll %t.ll | %FileCheck %s
; RUN: %show %inputs/log.ll %t.ll | %FileCheck %s --check-prefix=ABSENT
; ABSENT-NOT: rayc_hook_operation

declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)
declare i1 @llvm.expect.i1(i1, i1)
declare void @llvm.trap()
declare double @llvm.sqrt.f64(double)
declare void @use(i64, i1, double)

; The overflow stays as it is.
define i64 @checked(i64 %a, i64 %b) !dbg !10 {
  %p = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %a, i64 %b), !dbg !11
  %s = extractvalue { i64, i1 } %p, 0, !dbg !11
  %o = extractvalue { i64, i1 } %p, 1, !dbg !11
  %e = call i1 @llvm.expect.i1(i1 %o, i1 false), !dbg !11
  br i1 %e, label %trap, label %done, !dbg !11
trap:
  call void @llvm.trap(), !dbg !11
  unreachable, !dbg !11
done:
  ret i64 %s, !dbg !11
}
; CHECK-LABEL: define i64 @checked(
; CHECK:         %p = call { i64, i1 } @llvm.sadd
; CHECK:         %[[SUM:.+]] = extractvalue { i64, i1 } %p, 0
; CHECK:         store i64 %a, ptr %[[A:[^,]+]],
; CHECK:         store i64 %b, ptr %[[B:[^,]+]],
; CHECK:         %[[HOOKED:.+]] = call i64 @rayc_hook_operation_i64({{.*}}, i64 %[[SUM]], ptr %{{.+}}, ptr @{{.+}})
; CHECK:         %o = extractvalue { i64, i1 } %p, 1
; CHECK:         ret i64 %[[HOOKED]]

; A division looks for 0 first; that is no comparison of the program's.
define void @divided(i64 %a, i64 %b, double %x) !dbg !20 {
  %zero = icmp eq i64 %b, 0, !dbg !21
  br i1 %zero, label %trap, label %done, !dbg !21
trap:
  call void @llvm.trap(), !dbg !21
  unreachable, !dbg !21
done:
  %q = sdiv i64 %a, %b, !dbg !21
  %less = icmp slt i64 %q, %a, !dbg !22
  %root = call double @llvm.sqrt.f64(double %x), !dbg !23
  call void @use(i64 %q, i1 %less, double %root), !dbg !24
  ret void, !dbg !24
}
; CHECK-LABEL: define void @divided(
; CHECK:         %zero = icmp
; CHECK-NOT:     rayc_hook_operation
; CHECK:         %q = sdiv
; CHECK:         %[[Q:.+]] = call i64 @rayc_hook_operation_i64({{.*}}, i64 %q,
; CHECK:         %less = icmp slt i64 %[[Q]], %a
; CHECK:         %[[LESS:.+]] = call zeroext i1 @rayc_hook_operation_i1({{.*}}, i1 zeroext %less,
; CHECK:         %root = call double @llvm.sqrt
; CHECK:         %[[ROOT:.+]] = call double @rayc_hook_operation_f64({{.*}}, double %root,
; CHECK:         call void @use(i64 %[[Q]], i1 %[[LESS]], double %[[ROOT]])

; A shift by any amount is one operator, whichever way it goes.
define i64 @shifted(i64 %a, i64 %n) !dbg !30 {
  %small = icmp ult i64 %n, 64, !dbg !31
  br i1 %small, label %shift, label %done, !dbg !31
shift:
  %s = shl i64 %a, %n, !dbg !31
  br label %done, !dbg !31
done:
  %r = phi i64 [ %s, %shift ], [ 0, %0 ], !dbg !31
  %and = add i64 %r, 1, !dbg !32
  ret i64 %and, !dbg !32
}
; CHECK-LABEL: define i64 @shifted(
; CHECK-NOT:     rayc_hook_operation
; CHECK:         %r = phi
; CHECK:         %[[R:.+]] = call i64 @rayc_hook_operation_i64({{.*}}, i64 %r,
; CHECK:         add i64 %[[R]], 1

; What has no place in the source is the compiler's: sizes, addresses, bits of enums.
define i64 @own(i64 %a, ptr %p) !dbg !40 {
  %n = ptrtoint ptr %p to i64, !dbg !41
  %m = and i64 %n, -8, !dbg !41
  %x = mul i64 %a, %m
  ret i64 %x, !dbg !42
}
; CHECK-LABEL: define i64 @own(
; CHECK-NOT:     rayc_hook_operation
; CHECK:         ret i64 %x

!20 = distinct !DISubprogram(name: "g", linkageName: "divided", file: !2, line: 3, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!21 = !DILocation(line: 4, column: 1, scope: !20)
!22 = !DILocation(line: 5, column: 1, scope: !20)
!23 = !DILocation(line: 6, column: 1, scope: !20)
!24 = !DILocation(line: 7, column: 1, scope: !20)
!30 = distinct !DISubprogram(name: "h", linkageName: "shifted", file: !2, line: 8, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!31 = !DILocation(line: 9, column: 1, scope: !30)
!32 = !DILocation(line: 10, column: 1, scope: !30)
!40 = distinct !DISubprogram(name: "i", linkageName: "own", file: !2, line: 11, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!41 = !DILocation(line: 12, column: 1, scope: !40)
!42 = !DILocation(line: 13, column: 1, scope: !40)
