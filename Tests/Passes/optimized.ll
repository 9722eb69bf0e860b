; --at optimized: the hooks are put in behind LLVM's optimisation and see what really runs.
; Here the second load of the same place is gone, and the call was inlined.
;
; RUN: %show %inputs/replace.ll %s '-passes=default<O2>' -rayc-at=optimized -rayc-no-inline | %FileCheck %s
; RUN: %show %inputs/replace.ll %s '-passes=default<O2>' -rayc-at=source -rayc-no-inline | %FileCheck %s --check-prefix=SOURCE
; RUN: %show %inputs/replace.ll %s '-passes=default<O2>' -rayc-at=optimized | %FileCheck %s --check-prefix=INLINED

define internal i64 @get(ptr %p) {
  %v = load i64, ptr %p
  ret i64 %v
}

define i64 @program(ptr %p) {
  %a = load i64, ptr %p
  %b = call i64 @get(ptr %p)
  %sum = add i64 %a, %b
  ret i64 %sum
}
; CHECK-LABEL: define {{.*}}i64 @program(
; CHECK:         %[[A:.+]] = load i64, ptr %p
; CHECK:         %[[HOOKED:.+]] = call i64 @rayc_hook_load_i64(ptr {{.+}}, i64 %[[A]],
; CHECK-NOT:     @rayc_hook
; CHECK:         %[[SEEN:.+]] = select i1 %{{.+}}, i64 %[[HOOKED]], i64 %[[A]]
; CHECK:         shl i64 %[[SEEN]], 1
; CHECK-NOT:     @rayc_state

; SOURCE-LABEL: define {{.*}}i64 @program(
; SOURCE:         call i64 @rayc_hook_load_i64(
; SOURCE:         call i64 @rayc_hook_load_i64(
; SOURCE:         call i64 @rayc_hook_result_i64(

; Nothing is left of the hook's call either way.
; INLINED-LABEL: define {{.*}}i64 @program(
; INLINED-NOT:     call i64 @rayc_hook
; INLINED:         ret i64
