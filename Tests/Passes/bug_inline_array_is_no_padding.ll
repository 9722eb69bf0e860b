; An array in a type is padding where it is of bytes only: an InlineArray was, too, and a load of
; what lies beside it was taken for a load of the whole.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

%TSi = type <{ i64 }>
%"Ts11InlineArrayVy$1_SiG" = type <{ [2 x %TSi] }>
%T4main4PairV = type <{ %"Ts11InlineArrayVy$1_SiG", %TSi }>

; main.pair: Pair
@"$s4main4pairAA4PairVvp" = hidden global %T4main4PairV zeroinitializer

define i64 @f() {
  %x = load i64, ptr getelementptr inbounds (%T4main4PairV, ptr @"$s4main4pairAA4PairVvp", i32 0, i32 1)
  ret i64 %x
}
; CHECK:     "kind":"load"{{.*}}"valueType":"Si"
