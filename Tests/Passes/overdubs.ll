; A context's replacements take the places of functions: of a primitive where it is called or
; its address is taken, of a function with a body in that body, of an operator in its
; instruction.
;
; RUN: %opt -rayc-demangler=%demangler -passes=rayc-context %inputs/overdubs.ll -o %t.bc
; RUN: %opt -S -rayc-demangler=%demangler -rayc-context=%t.bc -rayc-module=Main -passes=rayc-instrument %s | %FileCheck %s

declare swiftcc i64 @"$ss6numberyS2iF"(i64)
declare void @use(ptr)
declare { i64, i1 } @llvm.smul.with.overflow.i64(i64, i64)

; What the modules say for the check at link: bound, or why not.
; CHECK:      @rayc.overdubs = private constant
; CHECK-SAME: bound\09{{[0-9]}}\09Main.twice(Swift.Int) -> Swift.Int\0A
; CHECK-SAME: misfit\09{{[0-9]}}\09Main.wrong(Swift.Int) -> Swift.Int\09'Swift.Double' is not 'Swift.Int'\0A
; CHECK-SAME: near\09{{[0-9]}}\091\09twice(_:)\0A
; CHECK-SAME: section "rayc_overdubs"

define swiftcc i64 @calls() {
  %r = call swiftcc i64 @"$ss6numberyS2iF"(i64 3) memory(none)
  call void @use(ptr @"$ss6numberyS2iF")
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @calls()
; CHECK-NEXT:    call swiftcc i64 @"rayc.overdub.[[NUMBER:[0-9]]].$ss6numberyS2iF"(i64 3){{$}}
; CHECK-NEXT:    call void @use(ptr @"rayc.overdub.[[NUMBER]].$ss6numberyS2iF")

; What another module of the program has is replaced there.
declare swiftcc i64 @"$s5Other6numberyS2iF"(i64)
define swiftcc i64 @calls_another_module() {
  %r = call swiftcc i64 @"$s5Other6numberyS2iF"(i64 3)
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @calls_another_module()
; CHECK-NEXT:    call swiftcc i64 @"$s5Other6numberyS2iF"(i64 3)

define swiftcc i64 @multiplies(i64 %a, i64 %b) {
  %pair = call { i64, i1 } @llvm.smul.with.overflow.i64(i64 %a, i64 %b)
  %product = extractvalue { i64, i1 } %pair, 0
  %overflows = extractvalue { i64, i1 } %pair, 1
  br i1 %overflows, label %trap, label %go
go:
  ret i64 %product
trap:
  unreachable
}
; CHECK-LABEL: define swiftcc i64 @multiplies(
; CHECK-NEXT:    %[[SUM:.+]] = call swiftcc i64 @"rayc.overdub.[[STAR:[0-9]]].rayc.operator.Int.*"(i64 %a, i64 %b)
; CHECK-NEXT:    %[[PAIR:.+]] = insertvalue { i64, i1 } { i64 poison, i1 false }, i64 %[[SUM]], 0
; CHECK-NEXT:    extractvalue { i64, i1 } %[[PAIR]], 0

; `&*` does not look at the overflow, and is another operator.
define swiftcc i64 @multiplies_and_wraps(i64 %a, i64 %b) {
  %pair = call { i64, i1 } @llvm.smul.with.overflow.i64(i64 %a, i64 %b)
  %product = extractvalue { i64, i1 } %pair, 0
  ret i64 %product
}
; CHECK-LABEL: define swiftcc i64 @multiplies_and_wraps(
; CHECK-NEXT:    @llvm.smul.with.overflow.i64

; `a >= b` is `a < b`, negated, and `a > b` is `b < a`; unsigned numbers are other types.
define swiftcc i1 @compares(i64 %a, i64 %b) {
  %less = icmp slt i64 %a, %b
  %more = icmp sgt i64 %a, %b
  %not.less = icmp sge i64 %a, %b
  %unsigned = icmp ult i64 %a, %b
  %1 = or i1 %less, %more
  %2 = or i1 %not.less, %unsigned
  %3 = or i1 %1, %2
  ret i1 %3
}
; CHECK-LABEL: define swiftcc i1 @compares(
; CHECK-NEXT:    call swiftcc i1 @"rayc.overdub.[[LESS:[0-9]]].rayc.operator.Int.<"(i64 %a, i64 %b)
; CHECK-NEXT:    call swiftcc i1 @"rayc.overdub.[[LESS]].rayc.operator.Int.<"(i64 %b, i64 %a)
; CHECK-NEXT:    %[[NOT:.+]] = call swiftcc i1 @"rayc.overdub.[[LESS]].rayc.operator.Int.<"(i64 %a, i64 %b)
; CHECK-NEXT:    xor i1 %[[NOT]], true
; CHECK-NEXT:    %unsigned = icmp ult

; Code of the standard library that was inlined is not the program's: an index, say.
define swiftcc i1 @looks_up(i64 %a, i64 %b) !dbg !4 {
  %check = icmp slt i64 %a, %b, !dbg !6
  %own = icmp slt i64 %a, %b, !dbg !7
  %1 = or i1 %check, %own, !dbg !7
  ret i1 %1, !dbg !7
}
; CHECK-LABEL: define swiftcc i1 @looks_up(
; CHECK-NEXT:    %check = icmp slt
; CHECK-NEXT:    call swiftcc i1 @"rayc.overdub.[[LESS]].rayc.operator.Int.<"

; A body's callers stay as they are. The original is a closure of the replacement.
define swiftcc i64 @"$s4Main5twiceyS2iF"(i64 %n) {
  %r = shl i64 %n, 1
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @"$s4Main5twiceyS2iF"(
; CHECK-NEXT:    call swiftcc i64 @"rayc.context.$s14{{.+}}5twice{{.+}}"(ptr @"rayc.closure.rayc.original.$s4Main5twiceyS2iF", ptr null, i64 %

define swiftcc i64 @"$s4Main5wrongyS2iF"(i64 %n) {
  ret i64 %n
}
; CHECK-LABEL: define swiftcc i64 @"$s4Main5wrongyS2iF"(
; CHECK-NEXT:    ret i64 %n

define swiftcc i64 @calls_the_body() {
  %r = call swiftcc i64 @"$s4Main5twiceyS2iF"(i64 3)
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @calls_the_body()
; CHECK-NEXT:    call swiftcc i64 @"$s4Main5twiceyS2iF"(i64 3)

; CHECK-LABEL: define internal swiftcc i64 @"rayc.overdub.{{[0-9]}}.$ss6numberyS2iF"(
; CHECK-NEXT:    call swiftcc i64 @"rayc.context.$s14{{.+}}6number{{.+}}"(i64 %

; CHECK-LABEL: define internal swiftcc i64 @"rayc.original.$s4Main5twiceyS2iF"(i64 %n)
; CHECK-NEXT:    %r = shl i64 %n, 1
; CHECK-LABEL: define internal swiftcc i64 @"rayc.closure.rayc.original.$s4Main5twiceyS2iF"(i64 %0, ptr swiftself %1)
; CHECK-NEXT:    call swiftcc i64 @"rayc.original.$s4Main5twiceyS2iF"(i64 %0)

!llvm.dbg.cu = !{!1}
!llvm.module.flags = !{!0}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "main.swift", directory: ".")
!3 = !DISubroutineType(types: !{})
!4 = distinct !DISubprogram(name: "looks_up", linkageName: "looks_up", file: !2, line: 1, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!5 = distinct !DISubprogram(name: "subscript", linkageName: "$sSayxSicig", file: !2, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!6 = !DILocation(line: 0, scope: !5, inlinedAt: !7)
!7 = !DILocation(line: 1, scope: !4)
