; Debug information for a function `f` in source/main.swift, line 3, with a local `total`; a
; test appends it to its module and refers to !10 (f), !11 (5:7), !12 (line 0, inlined at
; 6:9) and !13 (total).

!llvm.module.flags = !{!0}
!llvm.dbg.cu = !{!1}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "main.swift", directory: "/source")
!3 = !DISubroutineType(types: !{null})
!4 = distinct !DISubprogram(name: "inlined", file: !2, line: 1, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!5 = !DIBasicType(name: "Int", size: 64, encoding: DW_ATE_signed)
!6 = distinct !DILocation(line: 6, column: 9, scope: !10)
!10 = distinct !DISubprogram(name: "f", linkageName: "f", file: !2, line: 3, type: !3, unit: !1, spFlags: DISPFlagDefinition, retainedNodes: !{})
!11 = !DILocation(line: 5, column: 7, scope: !10)
!12 = !DILocation(line: 0, scope: !4, inlinedAt: !6)
!13 = !DILocalVariable(name: "total", scope: !10, file: !2, line: 4, type: !5)
