; A site's id is the same from build to build, so that two runs can be compared: a hash of
; module, function, kind, callee and the ordinal among such sites.
;
; RUN: split-file-22 %s %t
; RUN: cat %t/debug.ll %inputs/debug.ll > %t/debug_whole.ll
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-module=Main -rayc-report=%t/plain.json %t/plain.ll
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-module=Main -rayc-report=%t/again.json %t/plain.ll
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-module=Main -rayc-report=%t/debug.json %t/debug_whole.ll
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-module=Other -rayc-report=%t/other.json %t/plain.ll
; RUN: cmp %t/plain.json %t/again.json
; RUN: cat %t/plain.json %t/debug.json %t/other.json | %FileCheck %s

; Three sites of f: two calls of g, which the ordinal tells apart, and a call of h.
; CHECK:     "callee":"g"{{.*}}"function":"f","id":"[[G1:0x[0-9a-f]+]]","kind":"call"
; CHECK-NOT: "id":"[[G1]]"
; CHECK:     "callee":"g"{{.*}}"function":"f","id":"[[G2:0x[0-9a-f]+]]","kind":"call"
; CHECK-NOT: "id":"[[G2]]"
; CHECK:     "callee":"h"{{.*}}"function":"f","id":"[[H1:0x[0-9a-f]+]]","kind":"call"
; CHECK-NOT: "id":"[[H1]]"
; A load and a call are no equals either.
; CHECK:     "callee":""{{.*}}"function":"f","id":"[[LOAD:0x[0-9a-f]+]]","kind":"load"
; CHECK:     "callee":"g"{{.*}}"function":"k","id":"[[K1:0x[0-9a-f]+]]","kind":"call"

; With debug information (and another order of g and h in the source) the ids are the same.
; CHECK:     "callee":"h"{{.*}}"id":"[[H1]]","kind":"call","line":5
; CHECK:     "callee":"g"{{.*}}"id":"[[G1]]","kind":"call","line":5
; CHECK:     "callee":"g"{{.*}}"id":"[[G2]]","kind":"call","line":5
; CHECK:     "id":"[[LOAD]]","kind":"load"
; CHECK:     "callee":"g"{{.*}}"id":"[[K1]]","kind":"call"

; The same code in a module of another name has other ids.
; CHECK-NOT: "id":"{{[[G1]]|[[G2]]|[[H1]]|[[K1]]|[[LOAD]]}}"

;--- plain.ll
declare void @g()
declare void @h()
define i64 @f(ptr %p) {
  call void @g()
  call void @g()
  call void @h()
  %x = load i64, ptr %p
  ret i64 %x
}
define void @k() {
  call void @g()
  ret void
}

;--- debug.ll
declare void @g()
declare void @h()
define i64 @f(ptr %p) !dbg !10 {
  call void @h(), !dbg !11
  call void @g(), !dbg !11
  call void @g(), !dbg !11
  %x = load i64, ptr %p, !dbg !11
  ret i64 %x
}
define void @k() {
  call void @g()
  ret void
}
