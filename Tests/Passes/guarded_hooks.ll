; A hook that calls anything may come upon the user's code. So it runs with the thread
; marked, and while it is, other events pass it by; a leaf has no guard.
;
; RUN: %opt -S -passes=rayc-context %inputs/recursive.ll | %FileCheck %s
; RUN: %opt -S -passes=rayc-context %inputs/replace.ll | %FileCheck %s --check-prefix=LEAF

; CHECK: @rayc_stopped = external global i32

; The body keeps its code under another name.
; CHECK-LABEL: define {{.*}}i64 @rayc.body.load_i64(ptr %state, i64 %value, ptr %site)
; CHECK:         call i64 @described(i64 2)

; The mark is what ray_thread.in_hook says, 56 bytes in front of the context's value: the
; site's address and, in the low bits, RAY_HOOK_LOAD.
;
; CHECK-LABEL: define i64 @rayc_hook_load_i64(ptr %0, i64 %1, ptr %2)
; CHECK:         %[[IN_HOOK:.+]] = getelementptr inbounds i8, ptr %0, i64 -56
; CHECK-NEXT:    %[[OLD:.+]] = load i64, ptr %[[IN_HOOK]]
; CHECK-NEXT:    %[[IS_INSIDE:.+]] = icmp ne i64 %[[OLD]], 0
; CHECK-NEXT:    br i1 %[[IS_INSIDE]], label %pass, label %enter
; CHECK:       enter:
; CHECK-NEXT:    %[[SITE:.+]] = ptrtoint ptr %2 to i64
; CHECK-NEXT:    %[[MARK:.+]] = or i64 %[[SITE]], 3
; CHECK-NEXT:    store volatile i64 %[[MARK]], ptr %[[IN_HOOK]]
; CHECK-NEXT:    %[[STOPPED:.+]] = load volatile i32, ptr @rayc_stopped
; CHECK-NEXT:    %[[IS_STOPPED:.+]] = icmp ne i32 %[[STOPPED]], 0
; CHECK-NEXT:    br i1 %[[IS_STOPPED]], label %leave, label %run
; CHECK:       run:
; CHECK-NEXT:    %[[NEW:.+]] = call i64 @rayc.body.load_i64(ptr %0, i64 %1, ptr %2)
; CHECK-NEXT:    br label %leave
; CHECK:       leave:
; CHECK-NEXT:    %[[LEFT:.+]] = phi i64 [ %1, %enter ], [ %[[NEW]], %run ]
; CHECK-NEXT:    store volatile i64 0, ptr %[[IN_HOOK]]
; CHECK-NEXT:    br label %pass
; CHECK:       pass:
; CHECK-NEXT:    %[[RESULT:.+]] = phi i64 [ %1, %entry ], [ %[[LEFT]], %leave ]
; CHECK-NEXT:    ret i64 %[[RESULT]]

; LEAF-NOT:   rayc_stopped
; LEAF-LABEL: define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site)
; LEAF-NEXT:    %new = shl i64 %value, 1
; LEAF-NEXT:    ret i64 %new
