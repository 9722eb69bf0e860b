; A leaf hook has no guard, but where it traps it says in which hook and at which site, for
; the runtime's message. The way without a trap pays nothing.
;
; RUN: %opt -S -passes=rayc-context %inputs/trapping.ll | %FileCheck %s

; CHECK-LABEL: define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site)
; CHECK:       go:
; CHECK-NEXT:    ret i64 %value
; CHECK:       trap:
; CHECK-NEXT:    %[[SITE:.+]] = ptrtoint ptr %site to i64
; CHECK-NEXT:    %[[MARK:.+]] = or i64 %[[SITE]], 3
; CHECK-NEXT:    %[[IN_HOOK:.+]] = getelementptr inbounds i8, ptr %state, i64 -56
; CHECK-NEXT:    store volatile i64 %[[MARK]], ptr %[[IN_HOOK]]
; CHECK-NEXT:    call void @llvm.trap()
