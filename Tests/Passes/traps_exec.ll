; A trap in a hook is told from one in the program; see traps.ll.
;
; RUN: %build %inputs/trapping.ll %s %t
; RUN: %not %t | %FileCheck %s --match-full-lines
; RUN: %not %t ours | %FileCheck %s --check-prefix=PROGRAM --match-full-lines

declare void @llvm.trap()
@fine = global i64 1
@bad = global i64 -1

define i32 @main(i32 %count, ptr %arguments) {
  %ours = icmp eq i32 %count, 2
  br i1 %ours, label %trap, label %go
go:
  %x = load volatile i64, ptr @fine
  %y = load volatile i64, ptr @bad
  ret i32 0
trap:
  call void @llvm.trap()
  unreachable
}
; CHECK:   trapped in hook 3 at a value
; PROGRAM: trapped in the program
