; In a library the first call of the runtime went through the dynamic linker's resolver, which
; does not keep r10, where the gate of a trigger held one of its function's parameters.
;
; RUN: %show %inputs/count.ll %s -rayc-scope=dynamic -rayc-trigger=work -passes='default<O2>' | %llc -filetype=asm | %FileCheck %s --implicit-check-not='{{(call|jmp).*}}rayc_trigger_begin@PLT'

declare void @next(ptr swiftasync, i64, i64, i64, i64, i64, i64)

; CHECK-LABEL: work:
; CHECK:       callq *rayc_trigger_begin@GOTPCREL(%rip)
define swifttailcc void @work(ptr swiftasync %frame, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f) noinline {
  musttail call swifttailcc void @next(ptr swiftasync %frame, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f)
  ret void
}
