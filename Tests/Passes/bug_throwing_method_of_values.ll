; A method that throws has the register of `self` even if its `self` travels in others. The last
; argument is then no metadata of its type, but what the type asks of a parameter: here the table
; of `Key: Hashable`, which the call passes on behind the metadata of its result.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

%swift.opaque = type opaque

; main.Node.filter((Swift.Int) throws -> Swift.Bool) throws -> main.Node<A, B>.Builder?
define swiftcc void @"$s4main4NodeV6filteryAC7BuilderVyxq__GSgSbSiKXEKF"(ptr sret(%swift.opaque) %0, ptr %body, ptr %captures, i64 %1, ptr %Key, ptr %Value, ptr %table, ptr swiftself %2, ptr swifterror %3) !dbg !7 {
    #dbg_value(ptr %Key, !9, !DIExpression(), !14)
    #dbg_value(ptr %Value, !10, !DIExpression(), !14)
  call swiftcc void @"$s4main4NodeV4readyqd__qd__SiKXEKlF"(ptr sret(%swift.opaque) %0, ptr %body, ptr %captures, i64 %1, ptr %Key, ptr %Value, ptr %Key, ptr %table, ptr swiftself poison, ptr swifterror %3), !dbg !14
  ret void
}
; main.Node.read<A>((Swift.Int) throws -> A1) throws -> A1
declare swiftcc void @"$s4main4NodeV4readyqd__qd__SiKXEKlF"(ptr, ptr, ptr, i64, ptr, ptr, ptr, ptr, ptr swiftself, ptr swifterror)

; CHECK: "callee":"$s4main4NodeV4readyqd__qd__SiKXEKlF"
; CHECK-SAME: "typed":true,"valueType":"x"

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}

!0 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !1, emissionKind: FullDebug, retainedTypes: !4)
!1 = !DIFile(filename: "main.swift", directory: "/work")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !{}
!4 = !{!6}
!5 = !DIModule(scope: null, name: "main")
!6 = !DICompositeType(tag: DW_TAG_structure_type, name: "Node", scope: !5, file: !1, line: 1, runtimeLang: DW_LANG_Swift, identifier: "$s4main4NodeVyxq_GD")
!7 = distinct !DISubprogram(name: "filter", linkageName: "$s4main4NodeV6filteryAC7BuilderVyxq__GSgSbSiKXEKF", scope: !5, file: !1, line: 19, type: !8, scopeLine: 19, spFlags: DISPFlagDefinition, unit: !0)
!8 = !DISubroutineType(types: !3)
!9 = !DILocalVariable(name: "$\CF\84_0_0", scope: !7, file: !1, type: !11, flags: DIFlagArtificial)
!10 = !DILocalVariable(name: "$\CF\84_0_1", scope: !7, file: !1, type: !11, flags: DIFlagArtificial)
!11 = !DIDerivedType(tag: DW_TAG_typedef, name: "Key", scope: !12, file: !1, baseType: !13)
!12 = !DIModule(scope: null, name: "Builtin")
!13 = !DICompositeType(tag: DW_TAG_structure_type, name: "$sBpD", scope: !12, file: !1, size: 64, runtimeLang: DW_LANG_Swift)
!14 = !DILocation(line: 20, column: 5, scope: !7)
