; Calls of the Swift runtime (retain, release, allocation, casts) are sites of a kind of
; their own, so that a context tells them from the program's.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare ptr @swift_retain(ptr returned)
declare ptr @_swift_allocSomething(i64)
declare ptr @__swift_project_boxed(ptr)
declare void @swiftly()

; The record's last fields: line, column, kind and typing, disabled.
; CHECK-DAG: @[[RETAIN:rayc.site]] = private constant {{.*}} i32 0, i16 0, i8 {{[0-9]+}}, i8 0, {{.*}} i32 0 }, section "rayc_sites"
; CHECK-DAG: @[[ALLOCATE:rayc.site.[0-9]+]] = private constant {{.*}} i32 0, i16 0, i8 {{[0-9]+}}, i8 0, {{.*}} i32 0 }, section "rayc_sites"
; CHECK-DAG: @[[PROGRAM:rayc.site.[0-9]+]] = private constant {{.*}} i32 0, i16 0, i8 16, i8 0, {{.*}} i32 0 }, section "rayc_sites"

define void @f(ptr %x) {
  %r = call ptr @swift_retain(ptr returned %x)
  %s = call ptr @_swift_allocSomething(i64 8)
  %t = call ptr @__swift_project_boxed(ptr %s)
  call void @swiftly()
  ret void
}
; CHECK-LABEL: define void @f(
; CHECK:         call void @rayc_hook_willCall({{.*}} ptr @[[RETAIN]])
; CHECK-NEXT:    %r = call ptr @swift_retain(
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    %s = call ptr @_swift_allocSomething(
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    %t = call ptr @__swift_project_boxed(
; CHECK:         call void @rayc_hook_willCall(ptr %{{.+}}, ptr null, ptr @[[PROGRAM]])
; CHECK-NEXT:    call void @swiftly()
