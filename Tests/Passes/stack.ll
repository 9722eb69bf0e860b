; Several contexts become one: each hook calls theirs in order, the second one's value lies
; behind the first one's, and what a context lacks is not there. Guards, imports and what a
; hook ignores are those of the whole.
;
; RUN: split-file-22 %s %t
; RUN: %opt -S -rayc-stack=%t/second.ll -rayc-stack=%t/third.ll -passes=rayc-stack %t/first.ll | %FileCheck %s --check-prefix=LINKED
; RUN: %opt -S -rayc-stack=%t/second.ll -rayc-stack=%t/third.ll -passes=rayc-stack,rayc-context %t/first.ll | %FileCheck %s
; RUN: %not %opt -S -rayc-stack=%t/missing.ll -passes=rayc-stack %t/first.ll 2>&1 | %FileCheck %s --check-prefix=MISSING
; RUN: %not %opt -S -rayc-stack=%t/clash.ll -rayc-stack=%t/clash.ll -passes=rayc-stack %t/first.ll 2>&1 | %FileCheck %s --check-prefix=CLASH

; LINKED-DAG: define void @rayc.0.hook_willCall(
; LINKED-DAG: define void @rayc.0.context_init(
; LINKED-DAG: define void @rayc.1.hook_willCall(
; LINKED-DAG: define i64 @rayc.2.hook_load_i64(

; MISSING: rayc: cannot read the context '{{.*}}missing.ll': Could not open input file
; CLASH:   error: Linking globals named 'twice': symbol multiply defined!

; 12 bytes of the first, 8 of the second at 16, aligned to 16, and 8 of the third; twice.
; CHECK-DAG: @rayc_thread = thread_local(initialexec) global [192 x i8] zeroinitializer, align 16
; CHECK-DAG: @rayc_thread_size = constant i64 96

; CHECK-NOT: define {{.*}}@rayc.{{[0-9]}}.hook_willCall

; CHECK-LABEL: define void @rayc_context_init(ptr %0)
; CHECK-NEXT:    call void @rayc_context_select(i64 0)
; CHECK-NEXT:    call void @rayc.0.context_init(ptr %0)
; CHECK-NEXT:    call void @rayc_context_select(i64 1)
; CHECK-NEXT:    %[[SECOND:.+]] = getelementptr inbounds i8, ptr %0, i64 16
; CHECK-NEXT:    call void @rayc.1.context_init(ptr %[[SECOND]])
; CHECK-NEXT:    ret void

; CHECK-LABEL: define void @rayc_context_merge(ptr %0, ptr %1)
; CHECK-NEXT:    call void @rayc_context_select(i64 1)
; CHECK-NEXT:    %[[INTO:.+]] = getelementptr inbounds i8, ptr %0, i64 16
; CHECK-NEXT:    %[[FROM:.+]] = getelementptr inbounds i8, ptr %1, i64 16
; CHECK-NEXT:    call void @rayc.1.context_merge(ptr %[[INTO]], ptr %[[FROM]])

; The second sees what the first returned; the third calls out, and all of it is guarded.
; CHECK-LABEL: define internal i64 @rayc.body.load_i64(
; CHECK:         %[[DOUBLED:.+]] = shl i64 %1, 1
; CHECK:         %[[ADDED:.+]] = add i64 %[[DOUBLED]], 5
; CHECK:         %[[STATE:.+]] = getelementptr inbounds {{.*}}i8, ptr %0, i64 24
; CHECK:         call i64 @rayc.2.hook_load_i64(ptr{{.*}} %[[STATE]], i64 %[[ADDED]], ptr %2)

; CHECK-LABEL: define void @rayc_hook_load_in_s5Int64V_s5Int64Vt(
; CHECK-NEXT:    store i64 7, ptr %1
; CHECK-NEXT:    ret void

; None has it: known, and absent.
; CHECK: declare void @rayc_hook_result_in_s5Int64V_s5Int64Vt(ptr, ptr, ptr)

; Each context's counters are proved by its own init.
; CHECK:       define void @rayc_hook_willCall(ptr %0, ptr %1, ptr %2) #[[COUNTS:[0-9]+]]
; CHECK-NEXT:    %[[FIRST:.+]] = load i64, ptr %0
; CHECK-NEXT:    %[[MORE:.+]] = add nsw i64 %[[FIRST]], 1
; CHECK-NEXT:    store i64 %[[MORE]], ptr %0
; CHECK-NEXT:    %[[FIELD:.+]] = getelementptr inbounds nuw i8, ptr %0, i64 16
; CHECK-NEXT:    load i64, ptr %[[FIELD]]
; CHECK-NEXT:    add nsw i64 %{{.+}}, 2
; CHECK-NEXT:    store i64 %{{.+}}, ptr %[[FIELD]]
; CHECK-NEXT:    ret void

; CHECK-LABEL: define i64 @rayc_hook_load_i64(
; CHECK:         br i1 %{{.+}}, label %pass, label %enter
; CHECK:         call i64 @rayc.body.load_i64(

; CHECK: attributes #[[COUNTS]] = { "rayc-ignores-arguments" "rayc-ignores-site" "rayc-import" }

;--- first.ll
declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)
declare void @llvm.trap()
define i64 @rayc_context_size() {
  ret i64 12
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_context_init(ptr %state) {
  store i64 0, ptr %state
  ret void
}
define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %n = load i64, ptr %state
  %sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %n, i64 1)
  %overflows = extractvalue { i64, i1 } %sum, 1
  br i1 %overflows, label %trap, label %go
go:
  %next = extractvalue { i64, i1 } %sum, 0
  store i64 %next, ptr %state
  ret void
trap:
  call void @llvm.trap()
  unreachable
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %new = shl i64 %value, 1
  ret i64 %new
}
define void @rayc_hook_result_in_s5Int64V_s5Int64Vt(ptr %state, ptr %value, ptr %site) {
  ret void
}
define void @rayc_hook_load_in_s5Int64V_s5Int64Vt(ptr %state, ptr %value, ptr %site) {
  ret void
}

;--- second.ll
declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)
declare void @llvm.trap()
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 16
}
define void @rayc_context_init(ptr %state) {
  store i64 0, ptr %state
  ret void
}
define void @rayc_context_merge(ptr %state, ptr %other) {
  ret void
}
define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %n = load i64, ptr %state
  %sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %n, i64 2)
  %overflows = extractvalue { i64, i1 } %sum, 1
  br i1 %overflows, label %trap, label %go
go:
  %next = extractvalue { i64, i1 } %sum, 0
  store i64 %next, ptr %state
  ret void
trap:
  call void @llvm.trap()
  unreachable
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %new = add i64 %value, 5
  ret i64 %new
}
define void @rayc_hook_result_in_s5Int64V_s5Int64Vt(ptr %state, ptr %value, ptr %site) {
  ret void
}
define void @rayc_hook_load_in_s5Int64V_s5Int64Vt(ptr %state, ptr %value, ptr %site) {
  store i64 7, ptr %value
  ret void
}

;--- third.ll
declare i64 @elsewhere(i64)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %new = call i64 @elsewhere(i64 %value)
  ret i64 %new
}

;--- clash.ll
@twice = global i64 0
define i64 @rayc_context_size() {
  ret i64 8
}
