; An initialiser of a sanitizer runs before the image is announced, when a site has no index
; yet; and a sanitizer's callbacks are no calls of the program's.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

@llvm.global_ctors = appending global [2 x { i32, ptr, ptr }] [
  { i32, ptr, ptr } { i32 1, ptr @asan.module_ctor, ptr null },
  { i32, ptr, ptr } { i32 65535, ptr @late, ptr null }]

declare void @__asan_init()
declare void @__asan_load8(i64)
declare void @f()

define internal void @asan.module_ctor() {
  call void @__asan_init()
  call void @f()
  ret void
}
; CHECK-LABEL: define internal void @asan.module_ctor()
; CHECK-NOT:     rayc_hook
; CHECK:         ret void

define internal void @late() {
  call void @__asan_load8(i64 0)
  call void @f()
  ret void
}
; CHECK-LABEL: define internal void @late()
; CHECK-NEXT:    call void @__asan_load8(i64 0)
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    call void @rayc_hook_willCall(
