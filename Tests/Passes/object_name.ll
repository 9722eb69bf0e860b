; An object's symbol table has the name that the object was given, not that of the temporary file
; it was made from.
;
; RUN: %opt %s -rayc-object=main-1.o '-passes=default<O0>' -o - | %llc -filetype=obj -o %t.o
; RUN: %readelf -s %t.o | %FileCheck %s
; RUN: %opt %s '-passes=default<O0>' -o - | %llc -filetype=obj -o %t.o
; RUN: %readelf -s %t.o | %FileCheck %s --check-prefix=PLAIN

source_filename = "main-1.rayc-4711.bc"

; CHECK: FILE    LOCAL  DEFAULT {{.*}} main-1.o
; PLAIN: FILE    LOCAL  DEFAULT {{.*}} main-1.rayc-4711.bc
define void @f() {
  ret void
}
