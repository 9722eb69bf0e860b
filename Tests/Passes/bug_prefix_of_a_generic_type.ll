; LLVM's type for a generic struct ends before the first property of an unknown size: a load of
; all of that is a load of the properties in front, not of the struct. Copying "the struct" read
; and wrote behind it.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

%T4main4PairV = type <{ %TSi }>
%TSi = type <{ i64 }>

; The field descriptor says that there are two.
@"$s4main4PairVMF" = internal constant { i32, i32, i16, i16, i32, i32, i32, i32, i32, i32, i32 } { i32 0, i32 0, i16 0, i16 12, i32 2, i32 0, i32 0, i32 0, i32 0, i32 0, i32 0 }
; main.Pair<String>, so that its arity is known.
@"$s4main4PairVySSGMD" = external global i64

; main.Pair.first() -> Int
define swiftcc i64 @"$s4main4PairV5firstSiyF"(ptr %"Pair<A>", ptr swiftself %self) !dbg !4 {
    #dbg_value(ptr %self, !8, !DIExpression(DW_OP_deref), !10)
  %field = getelementptr inbounds %T4main4PairV, ptr %self, i32 0, i32 0
  %value = getelementptr inbounds %TSi, ptr %field, i32 0, i32 0
  %x = load i64, ptr %value
  ret i64 %x
}
; CHECK:     "kind":"load"
; CHECK-SAME: "valueType":"Si"
; CHECK-NOT: 4main4PairVyxG

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!3}
!0 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "main.swift", directory: "/")
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = distinct !DISubprogram(name: "first", scope: !1, file: !1, line: 1, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DICompositeType(tag: DW_TAG_structure_type, name: "$s4main4PairVyxGD", file: !1, identifier: "$s4main4PairVyxGD")
!8 = !DILocalVariable(name: "self", scope: !4, file: !1, line: 1, type: !7)
!10 = !DILocation(line: 1, scope: !4)
