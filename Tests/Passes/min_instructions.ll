; `-rayc-min-instructions` passes over small functions: what they hold is counted as the
; compiler made it, without what only debuggers see. An async function or a coroutine is one
; with its continuations.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %rules -rayc-min-instructions=3 %t.ll | %FileCheck %s --implicit-check-not=fewer
; RUN: %rules -rayc-min-instructions=1 %t.ll | %FileCheck %s --check-prefix=ALL --implicit-check-not=fewer
; RUN: %rules -rayc-min-instructions=3 -rayc-rule=-large %t.ll | %FileCheck %s --check-prefix=RULE
; RUN: %show %inputs/log.ll %t.ll -rayc-no-inline -passes=rayc-instrument -rayc-min-instructions=3 | %FileCheck %s --check-prefix=SHAPE

declare void @g()

define void @small(i64 %x) !dbg !10 {
    #dbg_value(i64 %x, !13, !DIExpression(), !11)
  call void @g(), !dbg !11
  ret void
}
; CHECK: "function":"small",{{.*}}"reason":"fewer than 3 instructions","record":"skipped","what":"function"}
; ALL:   "function":"small",{{.*}}"record":"function"

define void @large() {
  call void @g()
  call void @g()
  ret void
}
; CHECK: "function":"large",{{.*}}"record":"function"
; A rule is the reason where there are two.
; RULE:  "function":"large",{{.*}}"reason":"excluded by the rule '-large'"

define void @"$s5MyLib4slowyS2iYaF"() {
  call void @g()
  ret void
}
; CHECK: "function":"$s5MyLib4slowyS2iYaF",{{.*}}"record":"function"

define void @"$s5MyLib4slowyS2iYaFTQ0_"() {
  ret void
}
; CHECK: "function":"$s5MyLib4slowyS2iYaFTQ0_",{{.*}}"record":"function"

; Hooks are no reason to count a function as larger: all are counted before the first is put in.
; SHAPE-LABEL: define void @small(
; SHAPE-NOT:     rayc_hook
; SHAPE-LABEL: define void @large(
; SHAPE:         rayc_hook
