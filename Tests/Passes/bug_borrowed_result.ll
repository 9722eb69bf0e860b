; The optimiser leaves it to callers to retain a function's result (`Tf4n_g`), so it is borrowed
; like a loaded value: it met the hook of results, which released what was not its own.
;
; RUN: split-file-22 %s %t
; RUN: %show %t/context.ll %t/program.ll | %FileCheck %s

;--- context.ll
declare void @elsewhere(ptr)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_hook_result_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @elsewhere(ptr %value)
  ret void
}
define void @rayc_hook_result_borrowed(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @elsewhere(ptr %value)
  ret void
}

;--- program.ll
; main.numbers(Int) -> [Int], and what the optimiser made of it
declare swiftcc ptr @"$s4main7numbersySaySiGSiF"(i64)
declare swiftcc ptr @"$s4main7numbersySaySiGSiFTf4n_g"(i64)

define void @f() {
  %a = call swiftcc ptr @"$s4main7numbersySaySiGSiF"(i64 1)
  %b = call swiftcc ptr @"$s4main7numbersySaySiGSiFTf4n_g"(i64 1)
  ret void
}
; CHECK-LABEL: define void @f(
; CHECK:         call swiftcc ptr @"$s4main7numbersySaySiGSiF"
; CHECK:         call void @rayc_hook_result_any(
; CHECK:         call swiftcc ptr @"$s4main7numbersySaySiGSiFTf4n_g"
; CHECK:         call void @rayc_hook_result_borrowed(
