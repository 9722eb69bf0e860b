; In `--scope dynamic` only twins are led to replacements: plain code stays as it is.
;
; RUN: %opt -rayc-demangler=%demangler -passes=rayc-context %inputs/overdubs.ll -o %t.bc
; RUN: %opt -S -rayc-demangler=%demangler -rayc-scope=dynamic -rayc-context=%t.bc -rayc-module=Main -passes=rayc-instrument %s | %FileCheck %s

declare swiftcc i64 @"$ss6numberyS2iF"(i64)

define swiftcc i64 @calls() {
  %r = call swiftcc i64 @"$ss6numberyS2iF"(i64 3)
  %s = call swiftcc i64 @"$s4Main5twiceyS2iF"(i64 %r)
  ret i64 %s
}
; CHECK-LABEL: define swiftcc i64 @calls()
; CHECK:         %r = call swiftcc i64 @"$ss6numberyS2iF"(i64 3)
; CHECK-NEXT:    %s = call swiftcc i64 @"$s4Main5twiceyS2iF"(i64 %r)

define swiftcc i64 @"$s4Main5twiceyS2iF"(i64 %n) {
  %r = shl i64 %n, 1
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @"$s4Main5twiceyS2iF"(
; CHECK:         shl i64 %n, 1

; CHECK-LABEL: define internal swiftcc i64 @calls.rayc()
; CHECK:         %r = call swiftcc i64 @"rayc.overdub.{{[0-9]}}.$ss6numberyS2iF"(i64 3)
; CHECK-NEXT:    %s = call swiftcc i64 @"$s4Main5twiceyS2iF.rayc"(i64 %r)
; CHECK-LABEL: define internal swiftcc i64 @"$s4Main5twiceyS2iF.rayc"(
; CHECK-NEXT:    call swiftcc i64 @"rayc.context.{{.+}}5twice{{.+}}"(ptr @"rayc.closure.rayc.original.$s4Main5twiceyS2iF.rayc"
; CHECK-LABEL: define internal swiftcc i64 @"rayc.original.$s4Main5twiceyS2iF.rayc"(i64 %n)
; CHECK-NEXT:    shl i64 %n, 1
