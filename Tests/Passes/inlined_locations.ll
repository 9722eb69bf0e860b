; A site in inlined code lies where the innermost function is called that has a line in a file,
; and the report says which function that is.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-module=Main -rayc-report=- %s | %FileCheck %s

declare i64 @g(i64)

define i64 @f(i64 %x) !dbg !10 {
  ; Code of the function itself.
  %a = call i64 @g(i64 %x), !dbg !20
  ; Code without a line, inlined at 7:9 by code without a line, inlined at 8:11.
  %b = call i64 @g(i64 %x), !dbg !21
  ; A line that is in no file.
  %c = call i64 @g(i64 %x), !dbg !23
  ; An inlined function of the user's has its own lines.
  %d = call i64 @g(i64 %x), !dbg !24
  ret i64 %d
}
; CHECK: "column":5,"file":"/source/main.swift",{{.*}}"kind":"call","line":6,
; CHECK-NOT: "inlined"
; CHECK: "column":11,"file":"/source/main.swift",{{.*}}"inlined":"$sSa6append","kind":"call","line":8,
; CHECK: "column":12,"file":"/source/main.swift",{{.*}}"inlined":"$s4main3genV","kind":"call","line":9,
; CHECK: "column":3,"file":"/source/helper.swift",{{.*}}"kind":"call","line":2,
; CHECK-NOT: "inlined"
; CHECK: "record":"function"

!llvm.module.flags = !{!0, !1}
!llvm.dbg.cu = !{!2}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = !{i32 7, !"Dwarf Version", i32 4}
!2 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !3, emissionKind: FullDebug)
!3 = !DIFile(filename: "main.swift", directory: "/source")
!4 = !DIFile(filename: "<compiler-generated>", directory: "/")
!5 = !DIFile(filename: "helper.swift", directory: "/source")
!6 = !DISubroutineType(types: !{})
!10 = distinct !DISubprogram(name: "f", linkageName: "f", scope: !3, file: !3, line: 5, type: !6, unit: !2, spFlags: DISPFlagDefinition)
!11 = distinct !DISubprogram(name: "append", linkageName: "$sSa6append", scope: !4, file: !4, type: !6, unit: !2, spFlags: DISPFlagDefinition)
!12 = distinct !DISubprogram(name: "grow", linkageName: "$sSa4grow", scope: !4, file: !4, type: !6, unit: !2, spFlags: DISPFlagDefinition)
!13 = distinct !DISubprogram(name: "gen", linkageName: "$s4main3genV", scope: !4, file: !4, line: 1, type: !6, unit: !2, spFlags: DISPFlagDefinition)
!14 = distinct !DISubprogram(name: "help", linkageName: "$s4main4help", scope: !5, file: !5, line: 1, type: !6, unit: !2, spFlags: DISPFlagDefinition)
!20 = !DILocation(line: 6, column: 5, scope: !10)
!21 = !DILocation(line: 0, scope: !12, inlinedAt: !22)
!22 = distinct !DILocation(line: 0, scope: !11, inlinedAt: !25)
!23 = !DILocation(line: 1, scope: !13, inlinedAt: !26)
!24 = !DILocation(line: 2, column: 3, scope: !14, inlinedAt: !27)
!25 = distinct !DILocation(line: 8, column: 11, scope: !10)
!26 = distinct !DILocation(line: 9, column: 12, scope: !10)
!27 = distinct !DILocation(line: 10, column: 13, scope: !10)
