; The same of a generic struct with known arguments: LLVM's type bears the whole type's name and
; ends before the first property whose size only another library knows. Copying "the struct" of
; 16 bytes copied all of its 40 (swift-async-algorithms' AsyncChain3Sequence.Iterator at -O).
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

; Pair<Int, Foundation.URL> with an optional, of which only the first property has a place of its own, and
; Pair<Int, Int>, of which debug information says that it has 16 bytes.
%T3Lib4PairVySi10Foundation3URLVG = type <{ %T3Lib4BaseVySi_GSg }>
%T3Lib4BaseVySi_GSg = type <{ [16 x i8] }>
%T3Lib4PairVyS2iG = type <{ %TSi, %TSi }>
%TSi = type <{ i64 }>

define swiftcc i64 @"$s4main5firstSiyF"(ptr %pair) !dbg !4 {
  %field = getelementptr inbounds %T3Lib4PairVySi10Foundation3URLVG, ptr %pair, i32 0, i32 0
  %low = getelementptr inbounds { i64, i64 }, ptr %field, i32 0, i32 0
  %x = load i64, ptr %low, !dbg !10
  %again = getelementptr inbounds %T3Lib4PairVySi10Foundation3URLVG, ptr %pair, i32 0, i32 0
  %high = getelementptr inbounds { i64, i64 }, ptr %again, i32 0, i32 1
  %y = load i64, ptr %high, !dbg !10
  %sum = add i64 %x, %y
  ret i64 %sum, !dbg !10
}
; CHECK-NOT: 10Foundation3URLV
; CHECK: "kind":"load","line":1,{{.*}}"typed":true,"valueType":"3Lib4BaseVySi_GSg"
; CHECK-NOT: 10Foundation3URLV

define swiftcc i128 @"$s4main5wholeSiyF"(ptr %pair) !dbg !11 {
  %field = getelementptr inbounds %T3Lib4PairVyS2iG, ptr %pair, i32 0, i32 0
  %x = load i128, ptr %field, !dbg !12
  ret i128 %x, !dbg !12
}
; CHECK: "kind":"load","line":2,{{.*}}"typed":true,"valueType":"3Lib4PairVySiSiG"

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!3}
!0 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !1, emissionKind: FullDebug, retainedTypes: !13)
!1 = !DIFile(filename: "main.swift", directory: "/")
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = distinct !DISubprogram(name: "first", scope: !1, file: !1, line: 1, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!10 = !DILocation(line: 1, scope: !4)
!11 = distinct !DISubprogram(name: "whole", scope: !1, file: !1, line: 2, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!12 = !DILocation(line: 2, scope: !11)
!13 = !{!14}
!14 = !DICompositeType(tag: DW_TAG_structure_type, name: "$s3Lib4PairVyS2iGD", file: !1, size: 128, identifier: "$s3Lib4PairVyS2iGD")
