; Fields of a type that another file declares have their types from debug information: by their
; offset in a type of a fixed layout, by their number in a generic one, in terms of its parameters.
;
; RUN: split-file-22 %s %t
; RUN: %show %t/context.ll %t/program.ll | %FileCheck %s

;--- context.ll
declare void @elsewhere(ptr)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @elsewhere(ptr %value)
  ret void
}
define void @rayc_hook_result_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @elsewhere(ptr %value)
  ret void
}

;--- program.ll
%TSa = type <{ %Ts22_ContiguousArrayBufferV }>
%Ts22_ContiguousArrayBufferV = type <{ ptr }>
%TSb = type <{ i1 }>
; struct Other { var isOne: Bool; var names: [String] }, in another file
%T4main5OtherV = type <{ %TSb, [7 x i8], %TSa }>

define ptr @names(ptr %other) !dbg !10 {
    #dbg_value(ptr %other, !12, !DIExpression(DW_OP_deref), !13)
  %field = getelementptr inbounds %T4main5OtherV, ptr %other, i32 0, i32 2
  %buffer = getelementptr inbounds %TSa, ptr %field, i32 0, i32 0
  %storage = getelementptr inbounds %Ts22_ContiguousArrayBufferV, ptr %buffer, i32 0, i32 0
  %value = load ptr, ptr %storage, !dbg !13
  ret ptr %value
}
; CHECK-LABEL: define ptr @names(
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.SaySSG.SVSg,

; What a closure returns, its variable's type says: (Int) -> [String].
define ptr @called(ptr %function, ptr %context) !dbg !20 {
    #dbg_value(ptr %function, !22, !DIExpression(DW_OP_LLVM_fragment, 0, 64), !23)
  %value = call swiftcc ptr %function(i64 1, ptr swiftself %context), !dbg !23
  ret ptr %value
}
; CHECK-LABEL: define ptr @called(
; CHECK:         call void @rayc_hook_result_any({{.*}} ptr @rayc.type.SaySSG.SVSg,

; The same, called by its name alone: the first parameter is the function.
define swiftcc ptr @"$s4main4callySaySSGSaySSGSiXEF"(ptr %function, ptr %context) {
  %value = call swiftcc ptr %function(i64 1, ptr swiftself %context)
  ret ptr %value
}
; CHECK-LABEL: define swiftcc ptr @"$s4main4callySaySSGSaySSGSiXEF"(
; CHECK:         call void @rayc_hook_result_any({{.*}} ptr @rayc.type.SaySSG.SVSg,

; Nothing says what this one returns: a machine-level pointer.
define ptr @unknown(ptr %function, ptr %context) {
  %value = call swiftcc ptr %function(i64 1, ptr swiftself %context)
  ret ptr %value
}
; CHECK-LABEL: define ptr @unknown(
; CHECK-NOT:     rayc.type.SaySSG
; CHECK:         ret ptr

!llvm.module.flags = !{!0}
!llvm.dbg.cu = !{!1}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "p.swift", directory: "/")
!3 = !DISubroutineType(types: !{null})
!5 = !DICompositeType(tag: DW_TAG_structure_type, name: "Other", scope: !2, file: !2, size: 128, elements: !6, identifier: "$s4main5OtherVD")
!6 = !{!7, !8}
!7 = !DIDerivedType(tag: DW_TAG_member, name: "isOne", scope: !2, file: !2, baseType: !DICompositeType(tag: DW_TAG_structure_type, name: "Bool", size: 8, identifier: "$sSbD"), size: 8)
!8 = !DIDerivedType(tag: DW_TAG_member, name: "names", scope: !2, file: !2, baseType: !9, size: 64, offset: 64)
!9 = !DICompositeType(tag: DW_TAG_structure_type, name: "Array", size: 64, identifier: "$sSaySSGD")
!10 = distinct !DISubprogram(name: "names", scope: !2, file: !2, line: 1, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!12 = !DILocalVariable(name: "other", scope: !10, file: !2, line: 1, type: !5)
!13 = !DILocation(line: 1, column: 1, scope: !10)
!20 = distinct !DISubprogram(name: "called", scope: !2, file: !2, line: 2, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!21 = !DICompositeType(tag: DW_TAG_structure_type, name: "$sSaySSGSicD", size: 128, identifier: "$sSaySSGSicD")
!22 = !DILocalVariable(name: "function", scope: !20, file: !2, line: 2, type: !21)
!23 = !DILocation(line: 2, column: 1, scope: !20)
