; A context with some of the hooks has just those put in, and the state is looked for only
; where one is.
;
; RUN: split-file-22 %s %t
; RUN: %show %t/did.ll %t/program.ll | %FileCheck %s --check-prefix=DID
; RUN: %show %t/result.ll %t/program.ll | %FileCheck %s --check-prefix=RESULT

; didCall alone: behind every call that returns, whatever its type.
;
; DID-LABEL: define i64 @program(
; DID-NEXT:    %r = call i64 @f(i64 1)
; DID-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; DID-NEXT:    call void @rayc_hook_didCall(ptr %[[STATE]], ptr null, ptr @[[SITE:.+]])
; DID-NEXT:    call void @g()
; DID-NEXT:    call void @rayc_hook_didCall(ptr %[[STATE]], ptr null, ptr @{{.+}})
; DID-NEXT:    %x = load i64, ptr %p
; DID-NEXT:    %sum = add i64 %r, %x
; DID-LABEL: define void @ends(
; DID-NEXT:    call void @exit(i32 0)
; DID-NEXT:    unreachable

; result for one type alone: nothing at calls of other types.
;
; RESULT-LABEL: define i64 @program(
; RESULT-NEXT:    %r = call i64 @f(i64 1)
; RESULT-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; RESULT-NEXT:    %[[HOOKED:.+]] = call i64 @rayc_hook_result_i64(ptr %[[STATE]], i64 %r, ptr null)
; RESULT-NEXT:    %[[ENABLED:.+]] = call i1 @rayc_enabled(ptr %[[STATE]])
; RESULT-NEXT:    %[[SEEN:.+]] = select i1 %[[ENABLED]], i64 %[[HOOKED]], i64 %r
; RESULT-NEXT:    call void @g()
; RESULT-NEXT:    %x = load i64, ptr %p
; RESULT-NEXT:    %sum = add i64 %[[SEEN]], %x
; RESULT-LABEL: define void @ends(
; RESULT-NEXT:    call void @exit(i32 0)

;--- did.ll
declare void @saw_did(ptr, ptr)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  call void @saw_did(ptr %error, ptr %site)
  ret void
}

;--- result.ll
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define i64 @rayc_hook_result_i64(ptr %state, i64 %value, ptr %site) {
  %new = add i64 %value, 1
  ret i64 %new
}

;--- program.ll
declare i64 @f(i64)
declare void @g()
declare void @exit(i32) noreturn
define i64 @program(ptr %p) {
  %r = call i64 @f(i64 1)
  call void @g()
  %x = load i64, ptr %p
  %sum = add i64 %r, %x
  ret i64 %sum
}
define void @ends() {
  call void @exit(i32 0)
  unreachable
}
