; What the source has at a site, for contexts that ask: the text of its expression, from a table
; that rayc-source writes, and the functions that were inlined around it. Who does not ask has
; neither.
;
; RUN: rm -rf %t && mkdir %t && cp %S/Inputs/places.swift %t/main.swift
; RUN: sed s:/source:%t: %s > %t/main.ll
; RUN: %python %inputs/expressions.py %t/table %t/main.swift 2:7=f/f(x) 3:9=x
; RUN: %show %inputs/frames.ll %t/main.ll -rayc-no-inline -passes=rayc-instrument -rayc-expressions=%t/table | %FileCheck %s
; RUN: %show %inputs/log.ll %t/main.ll -rayc-no-inline -passes=rayc-instrument -rayc-expressions=%t/table | %FileCheck %s --check-prefix=EXPRESSIONS
; RUN: %show %inputs/log.ll %t/main.ll | %FileCheck %s --check-prefix=NEITHER
;
; A table that is none is an error.
; RUN: echo no table > %t/none
; RUN: %not %show %inputs/log.ll %t/main.ll -passes=rayc-instrument -rayc-expressions=%t/none 2>&1 | %FileCheck %s --check-prefix=BROKEN
; RUN: %not %show %inputs/log.ll %t/main.ll -passes=rayc-instrument -rayc-expressions=%t/nowhere 2>&1 | %FileCheck %s --check-prefix=MISSING
; BROKEN: rayc: '{{.*}}none' is no table of expressions
; MISSING: rayc: cannot read '{{.*}}nowhere': No such file

declare i64 @g(i64)

define i64 @f(ptr %p) !dbg !10 {
  %a = call i64 @g(i64 1), !dbg !20
  ; The same place, so the same record.
  %b = call i64 @g(i64 2), !dbg !20
  %c = load i64, ptr %p, !dbg !21
  ; Inlined, at a place that has no expression.
  %d = call i64 @g(i64 3), !dbg !22
  ret i64 %d
}
; CHECK:     @[[PLACE:rayc.place]] = private constant { i32, i32, i32, i16, i16, i32 }
; CHECK-SAME:  { i32 trunc ({{.*}}ptr @[[TEXT:rayc.string[.0-9]*]] to i64), {{.*}} i32), i32 2, i32 2, i16 7, i16 11, i32 0 }
; CHECK:     @[[TEXT]] = private unnamed_addr constant [5 x i8] c"f(x)\00", align 1
; CHECK:     @[[INLINED:rayc.place[.0-9]+]] = private constant { i32, i32, i32, i16, i16, i32, i32, i32, i32, i32, i32, i32, i32, i32 }
; CHECK-SAME:  { i32 0, i32 0, i32 0, i16 0, i16 0, i32 2,
; CHECK-SAME:  i32 0, i32 0, i32 0,
; CHECK-SAME:  i32 4, i32 1 }
; CHECK-LABEL: define i64 @f(

; EXPRESSIONS-COUNT-2: @rayc.place{{.*}} = private constant { i32, i32, i32, i16, i16, i32 }
; EXPRESSIONS-NOT:     @rayc.place{{.*}} = private
; EXPRESSIONS:         c"x\00", align 1
; EXPRESSIONS-LABEL:   define i64 @f(

; NEITHER-NOT: @rayc.place{{.*}} = private

!llvm.module.flags = !{!0}
!llvm.dbg.cu = !{!1}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "main.swift", directory: "/source")
!3 = !DIFile(filename: "<compiler-generated>", directory: "/")
!4 = !DISubroutineType(types: !{})
!10 = distinct !DISubprogram(name: "f", linkageName: "f", scope: !2, file: !2, line: 1, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!11 = distinct !DISubprogram(name: "h", linkageName: "$s4main1hyyF", scope: !3, file: !3, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!20 = !DILocation(line: 2, column: 7, scope: !10)
!21 = !DILocation(line: 3, column: 9, scope: !10)
!22 = !DILocation(line: 0, scope: !11, inlinedAt: !23)
!23 = distinct !DILocation(line: 4, column: 1, scope: !10)
