; A 64-bit field of the context that starts with a constant, and that hooks only ever add
; small constants to, cannot overflow in years: its check goes, so that a counted loop can
; still be vectorised.
;
; RUN: %opt -S -passes=rayc-context %inputs/count.ll | %FileCheck %s

; CHECK-LABEL: define void @rayc_hook_willCall(ptr %state,
; CHECK:         %n = load i64, ptr %state
; CHECK-NEXT:    %[[NEXT:.+]] = add nsw i64 %n, 1
; CHECK-NEXT:    store i64 %[[NEXT]], ptr %state
; CHECK-NEXT:    ret void

; CHECK-LABEL: define i64 @rayc_hook_load_i64(ptr %state,
; CHECK:         %field = getelementptr i8, ptr %state, i64 8
; CHECK-NEXT:    %n = load i64, ptr %field
; CHECK-NEXT:    %[[NEXT:.+]] = add nsw i64 %n, 1
; CHECK-NEXT:    store i64 %[[NEXT]], ptr %field
; CHECK-NEXT:    ret i64 %value
