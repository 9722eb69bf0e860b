; The context's value is reached through rayc_state alone, and LLVM is told so by an alias
; analysis of the plugin's. Otherwise every store of the program would end a counter's stay
; in a register. What is called may count, so a call ends it.
;
; RUN: %show %inputs/count.ll %s '-passes=default<O2>' | %FileCheck %s
; RUN: %opt -S -passes=rayc-context %inputs/count.ll -o %t.ll
; RUN: %opt -S -rayc-context=%t.ll -aa-pipeline=basic-aa '-passes=default<O2>' %s | %FileCheck %s --check-prefix=WITHOUT

declare i64 @f(i64)

define void @stores(ptr %p, ptr %q, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr i64, ptr %p, i64 %i
  %to = getelementptr i64, ptr %q, i64 %i
  %x = load i64, ptr %from
  store i64 %x, ptr %to
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %exit
exit:
  ret void
}
; One load and one store of the counter, however many turns the loop takes.
;
; CHECK-LABEL: define void @stores(
; CHECK:         %[[STATE:.+]] = phi ptr
; CHECK:         %[[COUNTER:.+]] = getelementptr i8, ptr %[[STATE]], i64 8
; CHECK:         load i64, ptr %[[COUNTER]]
; CHECK:       loop:
; CHECK-NOT:     ptr %[[COUNTER]]
; CHECK:       exit:
; CHECK:         store i64 %{{.+}}, ptr %[[COUNTER]]
; CHECK:         ret void

; WITHOUT-LABEL: define void @stores(
; WITHOUT:       loop:
; WITHOUT:         store i64 %{{.+}}, ptr %{{.+}}
; WITHOUT:         store i64 %{{.+}}, ptr %{{.+}}
; WITHOUT:         br i1

define i64 @calls(ptr %p) {
  %x = load i64, ptr %p
  %y = call i64 @f(i64 %x)
  %z = load i64, ptr %p
  %sum = add i64 %y, %z
  ret i64 %sum
}
; CHECK-LABEL: define i64 @calls(
; CHECK:         store {{i64|<2 x i64>}} %{{.+}}, ptr %{{.+}}
; CHECK:         call i64 @f(
; CHECK:         store i64
; CHECK:         ret i64 %sum
