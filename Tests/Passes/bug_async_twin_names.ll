; Backtraces know by a name's end that a frame is a part of an async function, and read the place of
; a task that waits from the gate's debug information.
;
; RUN: %show %inputs/count.ll %s -rayc-no-inline -rayc-scope=dynamic -passes=rayc-instrument | %FileCheck %s
; RUN: %opt -disable-output -rayc-scope=dynamic -rayc-report=- -passes=rayc-instrument %s | %FileCheck --check-prefix=REPORT %s
;
; CHECK: define internal swifttailcc void @"$s1m1fyyYaFTY0_.raycTY0_"(ptr swiftasync %0)
; CHECK: store ptr @"$s1m1fyyYaFTQ1_.rayc.gateTQ1_", ptr %0
; CHECK: define internal swifttailcc void @"$s1m1fyyYaFTQ1_.raycTQ1_"(ptr swiftasync %0)
; CHECK: define internal swifttailcc void @"$s1m1fyyYaFTQ1_.rayc.gateTQ1_"(ptr swiftasync %0){{.*}} !dbg [[GATE:![0-9]+]]
; CHECK: [[GATE]] = distinct !DISubprogram(name: "f", linkageName: "$s1m1fyyYaFTQ1_", {{.*}}line: 7
; REPORT-NOT: .rayc

define swifttailcc void @"$s1m1fyyYaFTY0_"(ptr swiftasync %0) {
  store ptr @"$s1m1fyyYaFTQ1_", ptr %0
  musttail call swifttailcc void @waits(ptr swiftasync %0)
  ret void
}

define swifttailcc void @"$s1m1fyyYaFTQ1_"(ptr swiftasync %0) !dbg !3 {
  %a = load i64, ptr %0, !dbg !5
  ret void, !dbg !5
}

declare swifttailcc void @waits(ptr swiftasync)

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "m.swift", directory: "/")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = distinct !DISubprogram(name: "f", linkageName: "$s1m1fyyYaFTQ1_", file: !1, line: 7, type: !4, unit: !0, spFlags: DISPFlagDefinition)
!4 = !DISubroutineType(types: !{})
!5 = !DILocation(line: 8, scope: !3)
