; A variable in an async function's frame: debug information of this form does not survive
; inlining, and LLVM 22's code generator crashes where it merges two of them. It goes; what the
; program does stays.
; RUN: %opt -passes=rayc-drop-entry-values -S %s | %FileCheck %s

; CHECK-LABEL: define swifttailcc void @part(
; CHECK: #dbg_value(ptr poison, ![[V:[0-9]+]], !DIExpression(),
; CHECK: store i64 1, ptr %frame
define swifttailcc void @part(ptr swiftasync %frame) !dbg !4 {
    #dbg_value(ptr %frame, !7, !DIExpression(DW_OP_LLVM_entry_value, 1, DW_OP_plus_uconst, 16), !9)
  store i64 1, ptr %frame, !dbg !9
  ret void, !dbg !9
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "a.swift", directory: "/")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!4 = distinct !DISubprogram(name: "part", scope: !1, file: !1, line: 1, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DILocalVariable(name: "v", scope: !4, file: !1, line: 1, type: !8)
!8 = !DIBasicType(name: "Int", size: 64, encoding: DW_ATE_signed)
!9 = !DILocation(line: 1, scope: !4)
