; The ids of a running program are those of the report, whichever hooks the context has: a
; context without loads, or with hooks for one type only, counts every site all the same.
;
; RUN: split-file-22 %s %t
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-module=Main -rayc-report=%t/report %t/program.ll
; RUN: %build %inputs/log.ll %t/program.ll %t/log && %t/log > %t/log.out
; RUN: %build %t/double.ll %t/program.ll %t/double && %t/double > %t/double.out
; RUN: cat %t/report %t/log.out %t/double.out | %FileCheck %s

; CHECK: "id":"0x[[INT:[0-9a-f]+]]"{{.*}}"untyped":"nothing says what lies at the address","valueType":"s5Int64V"
; CHECK: "id":"0x[[DOUBLE:[0-9a-f]+]]"{{.*}}"valueType":"Sd"
; CHECK: site [[INT]] kind 2 in main: a value() -> s5Int64V
; CHECK: site [[DOUBLE]] kind 2 in main: a value() -> Sd
; CHECK: site [[DOUBLE]] kind 2 in main: a value() -> Sd

;--- program.ll
@int = global i64 1
@double = global double 1.0
declare void @print_sites()
define i32 @main() {
  %i = load volatile i64, ptr @int
  %d = load volatile double, ptr @double
  call void @print_sites()
  ret i32 0
}

;--- double.ll
declare void @saw_value(ptr, ptr)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define double @rayc_hook_load_f64(ptr %state, double %value, ptr %site) {
  %slot = alloca double
  store double %value, ptr %slot
  call void @saw_value(ptr %slot, ptr %site)
  ret double %value
}
