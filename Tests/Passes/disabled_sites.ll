; Where a context disables sites, records can be written, and every event asks its record
; whether any hook is to be called; the hooks behind a call ask anew. Otherwise records are
; constant and nothing asks.
;
; RUN: %opt -S -passes=rayc-context %inputs/once.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %show %inputs/once.ll %s | %FileCheck %s
; RUN: %show %inputs/log.ll %s | %FileCheck %s --check-prefix=NEVER

; CONTEXT-DAG: @rayc_context_disables_sites = constant i8 1
; CONTEXT-DAG: !{i32 1, !"rayc.disables-sites", i32 1}

declare swiftcc i64 @f(i64, ptr swifterror)

; CHECK: @rayc.site = private global { {{.*}} }, section "rayc_sites", align 8
; CHECK: @rayc.no_site = linkonce_odr hidden global [0 x i8] {{.*}}, section "rayc_sites"
define i64 @call() {
  %error = alloca swifterror ptr
  %r = call swiftcc i64 @f(i64 1, ptr swifterror %error)
  ret i64 %r
}
; CHECK-LABEL: define i64 @call()
; CHECK:         %[[BEFORE:.+]] = load atomic i8, ptr getelementptr inbounds (i8, ptr @rayc.site, i64 39) monotonic, align 1
; CHECK-NEXT:    %[[IS_ON:.+]] = icmp eq i8 %[[BEFORE]], 0
; CHECK:         br i1 %[[IS_ON]], label %[[WILL:.+]], label %[[CALL:.+]], !prof ![[UNLIKELY:[0-9]+]]
; CHECK:       [[WILL]]:
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    br label %[[CALL]]
; CHECK:       [[CALL]]:
; CHECK-NEXT:    %r = call swiftcc i64 @f(
; CHECK-NEXT:    load atomic i8, ptr getelementptr inbounds (i8, ptr @rayc.site, i64 39) monotonic, align 1
; CHECK:         br i1 %{{.+}}, label %{{.+}}, label %[[REST:.+]], !prof ![[UNLIKELY]]
; CHECK:         call i64 @rayc_hook_result_i64(
; CHECK:       [[REST]]:
; CHECK-NEXT:    %[[SEEN:.+]] = phi i64 [ %{{.+}}, %{{.+}} ], [ %r, %[[CALL]] ]
; CHECK-NEXT:    ret i64 %[[SEEN]]

define i64 @load(ptr %p) {
  %v = load i64, ptr %p
  ret i64 %v
}
; CHECK-LABEL: define i64 @load(
; CHECK:         load atomic i8, ptr getelementptr inbounds (i8, ptr @rayc.site.{{[0-9]+}}, i64 39) monotonic
; CHECK:         %[[NEW:.+]] = call i64 @rayc_hook_load_i64(
; CHECK:         phi i64 [ %[[NEW]], %{{.+}} ], [ %v, %{{.+}} ]

; NEVER:     @rayc.site = private constant
; NEVER-NOT: load atomic
