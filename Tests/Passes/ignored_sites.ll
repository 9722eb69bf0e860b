; Hooks that never look at their site get none, and no record is emitted for them: plain
; counters leave nothing in the object but their additions.
;
; RUN: %opt -S -passes=rayc-context %inputs/count.ll | %FileCheck %s --check-prefix=CONTEXT
; RUN: %opt -S -passes=rayc-context %inputs/trapping.ll | %FileCheck %s --check-prefix=TRAPS
; RUN: %show %inputs/count.ll %s | %FileCheck %s --implicit-check-not='{{@rayc.site[ .,]}}'

; CONTEXT: define void @rayc_hook_willCall({{.*}}) #[[WILL:[0-9]+]]
; CONTEXT: attributes #[[WILL]] = {{.*}}"rayc-ignores-site"

; A hook that can trap says where.
; TRAPS-NOT: "rayc-ignores-site"

define i64 @caller(ptr %p) {
  %x = load i64, ptr %p
  ret i64 %x
}
; CHECK-LABEL: define i64 @caller(
; CHECK:         call i64 @rayc_hook_load_i64(ptr %{{.+}}, i64 poison, ptr null)
