; Functions that are not instrumented as a whole, with the reason in the report.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s
; RUN: %opt -rayc-report=- -passes=rayc-instrument -disable-output %s | %FileCheck %s --check-prefix=REPORT

declare void @f()

; The function's body is assembly alone; there is no frame for the slots.
define void @no_frame() naked {
  call void @f()
  unreachable
}
; CHECK-LABEL: define void @no_frame()
; CHECK-NEXT:    call void @f()
; CHECK-NEXT:    unreachable

; Its own module instruments it.
define available_externally void @elsewhere() {
  call void @f()
  ret void
}
; CHECK-LABEL: define available_externally void @elsewhere()
; CHECK-NEXT:    call void @f()
; CHECK-NEXT:    ret void

define void @rayc_own() {
  call void @f()
  ret void
}
; CHECK-LABEL: define void @rayc_own()
; CHECK-NEXT:    call void @f()
; CHECK-NEXT:    ret void

; REPORT-DAG: {"column":0,"file":"","function":"f","line":0,"reason":"no body: a primitive","record":"skipped","what":"function"}
; REPORT-DAG: "function":"no_frame",{{.*}}"reason":"a naked function has no frame","record":"skipped","what":"function"}
; REPORT-DAG: "function":"elsewhere",{{.*}}"reason":"its body belongs to another module","record":"skipped","what":"function"}
; REPORT-DAG: "function":"rayc_own",{{.*}}"reason":"rayc's own","record":"skipped","what":"function"}
