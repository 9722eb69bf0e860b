; The program knows its lines without debug information; see strip_debug.ll.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %build %inputs/log.ll %t.ll %t -rayc-strip-debug && %t | %FileCheck %s
; RUN: %readelf --sections %t.o | %FileCheck %s --check-prefix=SECTIONS

declare void @print_sites()

define i64 @f() noinline !dbg !10 {
  call void @print_sites(), !dbg !11
  ret i64 0, !dbg !11
}

define i32 @main() {
  %r = call i64 @f()
  ret i32 0
}
; CHECK: kind 0 in f: print_sites() -> - at /source/main.swift:5:7

; SECTIONS-NOT: .debug_
