; Loads of every kind of type reach the context with their values and types, and the
; program sees the same values; see loads.ll for the IR.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

@true = global i1 true
@odd = global i7 -3
@byte = global i8 -3
@short = global i16 -300
@tripled = global i24 70000
@int = global i32 -70000
@long = global i64 1234567890123
@huge = global i128 18446744073709551617
@float = global float 1.5
@double = global double 0.25
@half = global half 1.0
@pointer = global ptr @long
@vector = global <4 x float> <float 1.0, float 2.0, float 3.0, float 4.0>
@checked = global { i64, i1 } { i64 -1, i1 true }
@string = global { i64, ptr } { i64 5, ptr null }
@array = global [2 x i64] [i64 7, i64 8]
@mixed = global { i8, i32, double, i1 } { i8 1, i32 2, double 3.0, i1 true }

declare void @print_number(i64)

define i32 @main() {
  %1 = load volatile i1, ptr @true
  %2 = load volatile i7, ptr @odd
  %3 = load volatile i8, ptr @byte
  %4 = load volatile i16, ptr @short
  %5 = load volatile i24, ptr @tripled
  %6 = load volatile i32, ptr @int
  %7 = load volatile i64, ptr @long
  %8 = load volatile i128, ptr @huge
  %9 = load volatile float, ptr @float
  %10 = load volatile double, ptr @double
  %11 = load volatile half, ptr @half
  %12 = load volatile ptr, ptr @pointer
  %13 = load volatile <4 x float>, ptr @vector
  %14 = load volatile { i64, i1 }, ptr @checked
  %15 = load volatile { i64, ptr }, ptr @string
  %16 = load volatile [2 x i64], ptr @array
  %17 = load volatile { i8, i32, double, i1 }, ptr @mixed
  %wide = sext i7 %2 to i64
  call void @print_number(i64 %wide)
  %long = trunc i128 %8 to i64
  call void @print_number(i64 %long)
  ret i32 0
}
; CHECK:      load a value: Bool true
; CHECK-NEXT: load a value: Int8 125
; CHECK-NEXT: load a value: Int8 -3
; CHECK-NEXT: load a value: Int16 -300
; CHECK-NEXT: load a value: Int32 70000
; CHECK-NEXT: load a value: Int32 -70000
; CHECK-NEXT: load a value: Int64 1234567890123
; CHECK-NEXT: load a value: Int128 0x10000000000000001
; CHECK-NEXT: load a value: Float 1.5
; CHECK-NEXT: load a value: Double 0.25
; CHECK-NEXT: load a value: Float16 0x3c00
; CHECK-NEXT: load a value: pointer
; CHECK-NEXT: load a value: SIMD(Float 1, Float 2, Float 3, Float 4)
; CHECK-NEXT: load a value: (Int64 -1, Bool true)
; CHECK-NEXT: load a value: (Int64 5, nil)
; CHECK-NEXT: load a value: (Int64 7, Int64 8)
; CHECK-NEXT: load a value: (Int8 1, Int32 2, Double 3, Bool true)
; CHECK:      program: -3
; CHECK:      program: 1
