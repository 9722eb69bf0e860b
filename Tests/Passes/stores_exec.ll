; Stores reach the context with their values and types, and memory holds the same values; see
; stores.ll for the IR.
;
; RUN: %build %inputs/log_points.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log_points.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

@bool = global i1 false
@odd = global i7 0
@short = global i16 0
@long = global i64 0
@double = global double 0.0
@pointer = global ptr null
@vector = global <4 x float> zeroinitializer
@checked = global { i64, i1 } zeroinitializer
@opaque = global i64 0

declare void @print_number(i64)
declare void @print_double(double)

define i32 @main() {
  %x = load volatile i64, ptr @opaque
  %minus = sub i64 %x, 3
  %narrow = trunc i64 %minus to i7
  store volatile i1 true, ptr @bool
  store volatile i7 %narrow, ptr @odd
  store volatile i16 -300, ptr @short
  store volatile i64 %minus, ptr @long
  store volatile double 0.25, ptr @double
  store volatile ptr @long, ptr @pointer
  store volatile <4 x float> <float 1.0, float 2.0, float 3.0, float 4.0>, ptr @vector
  store volatile { i64, i1 } { i64 -1, i1 true }, ptr @checked
  %odd = load volatile i7, ptr @odd
  %wide = sext i7 %odd to i64
  call void @print_number(i64 %wide)
  %long = load volatile i64, ptr @long
  call void @print_number(i64 %long)
  %double = load volatile double, ptr @double
  call void @print_double(double %double)
  ret i32 0
}
; CHECK:      store a value: Bool true
; CHECK-NEXT: store a value: Int8 125
; CHECK-NEXT: store a value: Int16 -300
; CHECK-NEXT: store a value: Int64 -3
; CHECK-NEXT: store a value: Double 0.25
; CHECK-NEXT: store a value: pointer
; CHECK-NEXT: store a value: SIMD(Float 1, Float 2, Float 3, Float 4)
; CHECK-NEXT: store a value: (Int64 -1, Bool true)
; CHECK-NEXT: program: -3
; CHECK-NEXT: program: -3
; CHECK-NEXT: program: 0.25
