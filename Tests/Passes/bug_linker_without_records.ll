; A context that looks at no site leaves no record in the object, and so no section
; `rayc_sites`. The image's bounds must link all the same, also with GNU ld, which refuses
; the weak hidden symbols in a position-independent executable.
;
; REQUIRES: ld.bfd
; RUN: env RAYC_LINKER=bfd %build %inputs/count.ll %s %t && %t | %FileCheck %s

@x = global i64 1

define i32 @main() {
  %x = load volatile i64, ptr @x
  ret i32 0
}
; CHECK: count: 0 calls, 1 loads
