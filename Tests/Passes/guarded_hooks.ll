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
; CHECK:       leave:
; CHECK-NEXT:    store volatile i64 0, ptr %[[IN_HOOK]]
; CHECK-NEXT:    br label %pass
;
; While the body runs, the thread's events go to its second half, here 80 bytes behind: a head
; and the context's 8 bytes. Its head says whether a switch was turned meanwhile.
;
; CHECK:       run:
; CHECK-NEXT:    %[[AIM:.+]] = getelementptr inbounds i8, ptr %0, i64 -64
; CHECK-NEXT:    %[[OFF:.+]] = getelementptr inbounds i8, ptr %0, i64 80
; CHECK-NEXT:    store volatile ptr %[[OFF]], ptr %[[AIM]]
; CHECK-NEXT:    %[[NEW:.+]] = call i64 @rayc.body.load_i64(ptr %0, i64 %1, ptr %2)
; CHECK-NEXT:    store volatile ptr %0, ptr %[[AIM]]
; CHECK-NEXT:    store volatile i64 0, ptr %[[IN_HOOK]]
; CHECK-NEXT:    %[[WANTED_AT:.+]] = getelementptr inbounds i8, ptr %[[OFF]], i64 -64
; CHECK-NEXT:    %[[WANTED:.+]] = load volatile ptr, ptr %[[WANTED_AT]]
; CHECK-NEXT:    %[[IS_OTHER:.+]] = icmp ne ptr %[[WANTED]], %0
; CHECK-NEXT:    br i1 %[[IS_OTHER]], label %switched, label %pass
; CHECK:       switched:
; CHECK-NEXT:    call void @rayc_thread_aim(ptr %[[AIM]])
; CHECK-NEXT:    br label %pass
; CHECK:       pass:
; CHECK-NEXT:    %[[RESULT:.+]] = phi i64 [ %1, %entry ], [ %1, %leave ], [ %[[NEW]], %run ], [ %[[NEW]], %switched ]
; CHECK-NEXT:    ret i64 %[[RESULT]]

; LEAF-NOT:   rayc_stopped
; LEAF-LABEL: define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site)
; LEAF-NEXT:    %new = shl i64 %value, 1
; LEAF-NEXT:    ret i64 %new
