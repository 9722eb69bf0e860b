; A task is inside through all its parts, whatever else runs on the thread between them; a task
; that was started outside is not. See twins_async.ll; `switch_task` of Inputs/extents.c says
; whether the task that the executor, here `main`, runs next is inside.
;
; RUN: %dynamic %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %dynamic %inputs/count.ll %s %t '-passes=default<O0>' && %t | %FileCheck %s --match-full-lines

declare i64 @run_inside(ptr, i64)
declare void @switch_task(i1 zeroext)
declare void @print_where(i64)

; A frame: what to run next, and a number.
%Frame = type { ptr, i64 }
@inner = global %Frame { ptr null, i64 1 }
@outer = global %Frame { ptr null, i64 4 }

define swifttailcc void @first(ptr swiftasync %frame) noinline {
  %field = getelementptr %Frame, ptr %frame, i64 0, i32 1
  %number = load i64, ptr %field
  call void @print_where(i64 %number)
  %next = add i64 %number, 1
  store i64 %next, ptr %field
  musttail call swifttailcc void @second(ptr swiftasync %frame, i64 %next)
  ret void
}

; Suspends: what follows is run by the executor.
define swifttailcc void @second(ptr swiftasync %frame, i64 %number) noinline {
  call void @print_where(i64 %number)
  store ptr @third, ptr %frame
  ret void
}

define internal swifttailcc void @third(ptr swiftasync %frame) noinline {
  call void @print_where(i64 3)
  ret void
}

; What starts a task: its first part is handed to the executor.
define i64 @start(i64 %frame) noinline {
  %p = inttoptr i64 %frame to ptr
  store ptr @first, ptr %p
  ret i64 0
}

; Runs the next part of a task.
define void @run(ptr %frame, i1 zeroext %is_inside) noinline {
  call void @switch_task(i1 zeroext %is_inside)
  %part = load ptr, ptr %frame
  call swifttailcc void %part(ptr swiftasync %frame)
  call void @print_where(i64 0)
  ret void
}

define i32 @main() {
  %a = call i64 @run_inside(ptr @start, i64 ptrtoint (ptr @inner to i64))
  %b = call i64 @start(i64 ptrtoint (ptr @outer to i64))
  call void @run(ptr @inner, i1 true)
; CHECK:      program: 1, inside
; CHECK-NEXT: program: 2, inside
; CHECK-NEXT: program: 0, outside
  call void @run(ptr @outer, i1 false)
; CHECK-NEXT: program: 4, outside
; CHECK-NEXT: program: 5, outside
; CHECK-NEXT: program: 0, outside
  call void @run(ptr @inner, i1 true)
; CHECK-NEXT: program: 3, inside
; CHECK-NEXT: program: 0, outside
  call void @run(ptr @outer, i1 false)
; CHECK-NEXT: program: 3, outside
; CHECK-NEXT: program: 0, outside
  ret i32 0
}
; The calls of print_where and second in first, of print_where in second and third; the load in
; first.
; CHECK-NEXT: count: 4 calls, 1 loads
