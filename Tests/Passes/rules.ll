; Rules say which functions are instrumented: the last one that matches decides, and without
; one a function is. What is excluded stays as it is; calls of it are events in its callers.
;
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-rule=-excluded | %FileCheck %s --check-prefix=SHAPE
; RUN: %rules -rayc-rule=-excluded %s | %FileCheck %s --check-prefix=REASON

declare void @f()

define void @excluded() {
  call void @f()
  ret void
}
; SHAPE-LABEL: define void @excluded()
; SHAPE-NEXT:    call void @f()
; SHAPE-NEXT:    ret void
;
; REASON: "function":"excluded","line":0,"reason":"excluded by the rule '-excluded'","record":"skipped","what":"function"}
; REASON: "function":"caller"{{.*}}"record":"function"
; REASON: {"functions":1,"pattern":"-excluded","record":"rule"}

define void @caller() {
  call void @excluded()
  ret void
}
; SHAPE-LABEL: define void @caller()
; SHAPE:         call void @rayc_hook_willCall(
; SHAPE-NEXT:    call void @excluded()
; SHAPE-NEXT:    call void @rayc_hook_didCall(
;
; A later rule overrules an earlier one, either way.
; RUN: %rules -rayc-rule=-excluded -rayc-rule=+exc %s | %FileCheck %s --check-prefix=INCLUDED
; RUN: %rules -rayc-rule=+excluded -rayc-rule=-exc %s | %FileCheck %s --check-prefix=AGAIN
; INCLUDED: "function":"excluded",{{.*}}"record":"function"
; INCLUDED: {"functions":1,"pattern":"-excluded","record":"rule"}
; INCLUDED: {"functions":1,"pattern":"+exc","record":"rule"}
; AGAIN:    "function":"excluded",{{.*}}"reason":"excluded by the rule '-exc'"
;
; A rule that means nothing here is in the report too; it may mean something in another module.
; RUN: %rules -rayc-rule=-nobody %s | %FileCheck %s --check-prefix=NOBODY
; NOBODY: {"functions":0,"pattern":"-nobody","record":"rule"}
