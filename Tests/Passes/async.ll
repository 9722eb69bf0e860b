; An async call is a guaranteed tail call with the frame in a register of its own: it comes
; back into another function, so only willCall is put in. Nothing may stand between such a
; call and its `ret`.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s
; RUN: %opt -rayc-report=- -passes=rayc-instrument -disable-output %s | %FileCheck %s --check-prefix=REPORT

declare swifttailcc void @callee(ptr swiftasync, i64)
@x = global i64 5

define swifttailcc void @start(ptr swiftasync %frame) {
  %x = load i64, ptr @x
  musttail call swifttailcc void @callee(ptr swiftasync %frame, i64 %x)
  ret void
}
; CHECK-LABEL: define swifttailcc void @start(ptr swiftasync %frame)
; CHECK:         %[[ARRAY:.+]] = alloca [1 x ptr]
; CHECK:         %[[X:.+]] = call i64 @rayc_hook_load_i64(
; CHECK:         store i64 %[[X]], ptr
; CHECK:         call void @rayc_hook_willCall(ptr %{{.+}}, ptr %[[ARRAY]],
; CHECK-NEXT:    musttail call swifttailcc void @callee(ptr swiftasync %frame, i64 %[[X]])
; CHECK-NEXT:    ret void

; The way back is a call of an address in the frame.
define swifttailcc void @finish(ptr swiftasync %frame) {
  %field = getelementptr i8, ptr %frame, i64 8
  %resume = load ptr, ptr %field
  musttail call swifttailcc void %resume(ptr swiftasync %frame)
  ret void
}
; CHECK-LABEL: define swifttailcc void @finish(
; What only the compiler needs, a function in a frame, is shown and stays as it is.
; CHECK:         call ptr @rayc_hook_load_ptr({{.*}} ptr %resume,
; CHECK-NEXT:    call void @rayc_hook_willCall(ptr %{{.+}}, ptr null,
; CHECK-NEXT:    musttail call swifttailcc void %resume(ptr swiftasync %frame)
; CHECK-NEXT:    ret void

; REPORT: {{.*}}"function":"start"{{.*}}"reason":"an async call: it returns into a continuation","record":"skipped","what":"after"}
