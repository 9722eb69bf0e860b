; A hook without a guard counted what the user's code did that a guarded hook of the same context
; had called, though events in there are passed over. They go where those of a thread go that is
; switched off. A switch that is turned in there holds when the hook is over.
;
; RUN: %split-file %s %t
; RUN: %build %t/context.ll %t/program.ll %t.exe && %t.exe | %FileCheck %s --match-full-lines
; RUN: %build %t/context.ll %t/program.ll %t.exe -passes='default<O0>' && %t.exe | %FileCheck %s --match-full-lines

; CHECK:      program: 30
; CHECK-NEXT: program: 31
; CHECK-NEXT: program: 32
; @described ran before five calls. The third time it switched off: that holds in the second and
; third @show, but not in @main, which is running already. So one load in @show and one in @main.
; CHECK-NEXT: program: 5
; CHECK-NEXT: loads: 2

;--- context.ll
@format = private constant [12 x i8] c"loads: %ld\0A\00"
declare i32 @printf(ptr, ...)
declare void @described()

define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_context_init(ptr %state) {
  store i64 0, ptr %state
  ret void
}

define void @rayc_context_finish(ptr %state) {
  %loads = load i64, ptr %state
  call i32 (ptr, ...) @printf(ptr @format, i64 %loads)
  ret void
}

define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %n = load i64, ptr %state
  %next = add i64 %n, 1
  store i64 %next, ptr %state
  ret i64 %value
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  call void @described()
  ret void
}

;--- program.ll
declare void @print_number(i64)
declare void @switch_off()
declare void @switch_on()
@x = global i64 30
@times = global i64 0

define void @described() noinline {
  %times = load volatile i64, ptr @times
  %more = add i64 %times, 1
  store volatile i64 %more, ptr @times
  %is_third = icmp eq i64 %more, 3
  br i1 %is_third, label %third, label %done
third:
  call void @switch_off()
  br label %done
done:
  ret void
}

define void @show(i64 %more) noinline {
  %x = load volatile i64, ptr @x
  %sum = add i64 %x, %more
  call void @print_number(i64 %sum)
  ret void
}

define i32 @main() {
  call void @show(i64 0)
  call void @show(i64 1)
  call void @show(i64 2)
  call void @switch_on()
  %times = load volatile i64, ptr @times
  call void @print_number(i64 %times)
  ret i32 0
}
