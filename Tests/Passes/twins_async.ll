; Async functions come in parts: each is called by the one before, or by an executor when its
; task resumes, on any thread. A thread is inside for the length of a part.
;
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-scope=dynamic | %FileCheck %s
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-scope=dynamic -rayc-trigger=slow | %FileCheck %s --check-prefix=TRIGGER

%Pointer = type <{ i32, i32 }>
@slowTu = constant %Pointer <{ i32 trunc (i64 sub (i64 ptrtoint (ptr @slow to i64), i64 ptrtoint (ptr @slowTu to i64)) to i32), i32 32 }>

declare swifttailcc void @swift_task_switch(ptr swiftasync, ptr, i64, i64)
declare swifttailcc void @"$s5Other5asyncyyYaF"(ptr swiftasync)
declare void @start(ptr)

; An async function pointer, which has the function's distance from itself, has a twin that
; leads to the gate.
; CHECK: @slowTu.rayc = internal constant %Pointer <{ i32 trunc (i64 sub (i64 ptrtoint (ptr @slow.rayc.gate to i64), i64 ptrtoint (ptr @slowTu.rayc to i64)) to i32), i32 32 }>

; A call of a part that has a twin stays inside.
define swifttailcc void @slow(ptr swiftasync %frame) {
  musttail call swifttailcc void @next(ptr swiftasync %frame)
  ret void
}
; A task that starts or resumes comes through the gate: the runtime asks which task it is.
; CHECK-LABEL: define internal swifttailcc void @slow.rayc(
; CHECK-NOT:     rayc.leave
; CHECK:         musttail call swifttailcc void @next.rayc(ptr swiftasync %frame)
; CHECK-NEXT:    ret void

; A function that others have to continue, here the runtime, ends the thread's stay, and gets the
; gate to come back to.
define internal swifttailcc void @next(ptr swiftasync %frame) {
  musttail call swifttailcc void @swift_task_switch(ptr swiftasync %frame, ptr @last, i64 0, i64 0)
  ret void
}
; CHECK-LABEL: define internal swifttailcc void @next.rayc(
; CHECK:         call void @rayc.leave()
; CHECK-NEXT:    musttail call swifttailcc void @swift_task_switch(ptr swiftasync %frame, ptr @last.rayc.gate, i64 0, i64 0)

; Where the callee is not known it is asked for its twin; without one the thread leaves.
define internal swifttailcc void @last(ptr swiftasync %frame) {
  %resume = load ptr, ptr %frame
  musttail call swifttailcc void %resume(ptr swiftasync %frame)
  ret void
}
; CHECK-LABEL: define internal swifttailcc void @last.rayc(
; CHECK:         %[[TWIN:.+]] = call ptr @rayc.twin_or_leave(ptr %resume)
; CHECK-NEXT:    musttail call swifttailcc void %[[TWIN]](ptr swiftasync %frame)

define swifttailcc void @elsewhere(ptr swiftasync %frame) {
  musttail call swifttailcc void @"$s5Other5asyncyyYaF"(ptr swiftasync %frame)
  ret void
}
; CHECK-LABEL: define internal swifttailcc void @elsewhere.rayc(
; CHECK:         %[[TWIN:.+]] = call ptr @rayc.twin_or_leave(ptr @"$s5Other5asyncyyYaF")
; CHECK-NEXT:    musttail call swifttailcc void %[[TWIN]](

; A part that suspends just returns.
define swifttailcc void @suspends(ptr swiftasync %frame) {
  call void @start(ptr @slowTu)
  ret void
}
; CHECK-LABEL: define internal swifttailcc void @suspends.rayc(
; CHECK:         call void @start(ptr @slowTu.rayc)
; CHECK:         call void @rayc.leave()
; CHECK-NEXT:    ret void

; CHECK-LABEL: define internal swifttailcc void @last.rayc.gate(
; CHECK:         %[[IS_INSIDE:.+]] = call preserve_mostcc i1 @rayc_task_enter(ptr %{{.+}})
; CHECK-NEXT:    br i1 %[[IS_INSIDE]], label %inside, label %[[OUTSIDE:.+]]
; CHECK:       inside:
; CHECK-NEXT:    musttail call swifttailcc void @last.rayc(
; CHECK-NEXT:    ret void
; CHECK:       [[OUTSIDE]]:
; CHECK-NEXT:    musttail call swifttailcc void @last(
; CHECK-NEXT:    ret void

; Leaving: the thread is in no extent, and gives back what it had of it.
; CHECK-LABEL: define internal void @rayc.leave()
; CHECK:         call preserve_mostcc void @rayc_frame_release(
; CHECK:         %[[FIELD:.+]] = getelementptr inbounds i8, ptr %{{.+}}, i64 32
; CHECK:         store ptr null, ptr %[[FIELD]]
; CHECK-NEXT:    ret void

; The runtime opens and closes the extent of a trigger: the function returns somewhere else.
; TRIGGER-LABEL: define swifttailcc void @slow(
; TRIGGER:         %[[IS_INSIDE:.+]] = call preserve_mostcc i1 @rayc_trigger_begin(ptr %{{.+}}, ptr %frame)
; TRIGGER-NEXT:    br i1 %[[IS_INSIDE]], label %inside, label %{{.+}}
; TRIGGER:       inside:
; TRIGGER-NEXT:    musttail call swifttailcc void @slow.rayc(
