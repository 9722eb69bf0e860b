; What other instrumentation has put in is no event: AddressSanitizer's look into its shadow
; memory and its callbacks, and the counters of code coverage.
;
; RUN: %show %inputs/count.ll %s | %FileCheck %s

@__profc_f = private global [2 x i64] zeroinitializer
@__asan_option_detect_stack_use_after_return = external global i32

declare void @__asan_report_load8(i64)

define i64 @f(ptr %place) {
  %count = load i64, ptr @__profc_f
  %more = add i64 %count, 1
  store i64 %more, ptr @__profc_f
  %second = load i64, ptr getelementptr inbounds ([2 x i64], ptr @__profc_f, i64 0, i64 1)
  %option = load i32, ptr @__asan_option_detect_stack_use_after_return
  %address = ptrtoint ptr %place to i64
  %eighth = lshr i64 %address, 3
  %shadow = add i64 %eighth, 2147450880
  %byte = inttoptr i64 %shadow to ptr
  %known = load i8, ptr %byte
  %wrong = icmp ne i8 %known, 0
  br i1 %wrong, label %report, label %on
report:
  call void @__asan_report_load8(i64 %address)
  unreachable
on:
  %value = load i64, ptr %place
  ret i64 %value
}
; CHECK-LABEL: define i64 @f(
; CHECK-NOT:     call {{.*}}@rayc_hook
; CHECK:         %value = load i64, ptr %place
; CHECK:         call {{.*}}@rayc_hook_load
; CHECK-NOT:     call {{.*}}@rayc_hook
; CHECK:         ret i64
