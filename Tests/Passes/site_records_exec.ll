; The table of a linked image: every distance resolves, and nothing in it needs a relocation
; when the program starts. See site_records.ll.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %build %inputs/log.ll %t.ll %t && %t | %FileCheck %s
; RUN: %readelf --sections %t | %FileCheck %s --check-prefix=SECTION
; RUN: %readelf --relocs %t.o | %FileCheck %s --check-prefix=RELOCATIONS

declare void @print_sites()
declare void @print_number(i64)

define i64 @f(ptr %p) noinline !dbg !10 {
  %total = alloca i64
    #dbg_declare(ptr %total, !13, !DIExpression(), !11)
  store volatile i64 7, ptr %total
  %t = load volatile i64, ptr %total, !dbg !12
  call void @print_number(i64 %t), !dbg !11
  call void %p(), !dbg !11
  ret i64 %t
}

define i32 @main() {
  %r = call i64 @f(ptr @print_sites)
  ret i32 0
}
; CHECK:      load total: Int64 7
; CHECK:      site [[#%x,]] kind 2 in f: total() -> s5Int64V at /source/main.swift:6:9
; CHECK-NEXT: site [[#%x,]] kind 0 in f: print_number(s5Int64V) -> - at /source/main.swift:5:7
; CHECK-NEXT: site [[#%x,]] kind 0 in f: an unknown function() -> - at /source/main.swift:5:7
; CHECK-NEXT: site [[#%x,]] kind 0 in main: f(SVSg) -> s5Int64V at -:0:0

; 4 records of 48 bytes, allocated and read-only.
; SECTION: rayc_sites PROGBITS {{[0-9a-f]+ [0-9a-f]+}} 0000c0 00 A{{R?}} 0 0 8

; RELOCATIONS:     Relocation section '.relarayc_sites'
; RELOCATIONS-NOT: R_X86_64_64
; RELOCATIONS:     Relocation section
