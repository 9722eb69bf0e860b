; What a call that throws returns in memory is loaded before the error is looked at: if it has
; thrown, nothing is there. The load met the hook of its exact type, which copied it.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

%T4main4ViewC = type opaque

; main.pair() throws -> (View, Int, Int, Int, Int)
declare swiftcc void @"$s4main4pairAA4ViewC_S4itKF"(ptr, ptr swiftself, ptr swifterror)
declare void @take(ptr)

define swiftcc void @f(ptr swiftself %self, ptr swifterror %error) !dbg !4 {
  %slot = alloca <{ ptr, i64, i64, i64, i64 }>
    #dbg_declare(ptr %slot, !8, !DIExpression(), !10)
  call swiftcc void @"$s4main4pairAA4ViewC_S4itKF"(ptr sret(<{ ptr, i64, i64, i64, i64 }>) %slot, ptr swiftself %self, ptr swifterror %error)
  %view = load ptr, ptr %slot
; CHECK: "kind":"load"{{.*}}"untyped":"it exists only for the compiler"
  %thrown = load ptr, ptr %error
  %none = icmp eq ptr %thrown, null
  br i1 %none, label %go, label %out
go:
  call void @take(ptr %view)
  br label %out
out:
  ret void
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!3}
!0 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "main.swift", directory: "/")
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = distinct !DISubprogram(name: "f", scope: !1, file: !1, line: 1, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DICompositeType(tag: DW_TAG_structure_type, name: "$s4main4ViewCD", file: !1, identifier: "$s4main4ViewCD")
!8 = !DILocalVariable(name: "view", scope: !4, file: !1, line: 1, type: !7)
!10 = !DILocation(line: 1, scope: !4)
