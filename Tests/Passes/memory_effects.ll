; Swift says of some functions (metadata accessors) that they touch no memory. Instrumented,
; here or in their own module, they count in memory; else LLVM would merge their calls and
; lose events. The runtime's own functions have no events and keep what is said of them.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare i64 @swift_pure(i64) memory(none)
declare i64 @"$s4Main5otherSiyF"(i64) memory(none)

define i64 @"$s4Main4pureSiyF"(i64 %x) memory(none) {
  %a = call i64 @swift_pure(i64 %x) memory(none)
  %b = call i64 @"$s4Main5otherSiyF"(i64 %a) memory(none)
  ret i64 %b
}
; CHECK: declare i64 @swift_pure(i64) #[[PURE:[0-9]+]]
; CHECK: declare i64 @"$s4Main5otherSiyF"(i64){{$}}
; CHECK: define i64 @"$s4Main4pureSiyF"(i64 %x) {
; CHECK:   %a = call i64 @swift_pure(i64 %{{.+}}) #[[PURE]]
; CHECK:   %b = call i64 @"$s4Main5otherSiyF"(i64 %{{.+}}){{$}}
; CHECK: attributes #[[PURE]] = { memory(none) }
