; Debug information that only the sites needed leaves no trace in the object but the records.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %show %inputs/log.ll %t.ll '-passes=default<O0>' -rayc-strip-debug | %FileCheck %s --implicit-check-not=DISubprogram --implicit-check-not='!dbg'
; RUN: %show %inputs/log.ll %t.ll '-passes=default<O0>' | %FileCheck %s --check-prefix=KEPT

declare void @g()

define void @f() !dbg !10 {
  call void @g(), !dbg !11
  ret void, !dbg !11
}
; CHECK: @rayc.site = {{.*}} i32 5, i16 7, i8 {{-?[0-9]+}}, i8 0, {{.*}} i32 0 }, section "rayc_sites"
; CHECK: call void @g()

; KEPT: call void @g(), !dbg
; KEPT: !DISubprogram(name: "f"
