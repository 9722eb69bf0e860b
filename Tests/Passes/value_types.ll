; The Swift types in which a context sees machine-level values: each of them exists, and has
; the size of the value in memory.
;
; RUN: %show %inputs/log.ll %s > %t.ll
; RUN: swiftc %inputs/types.swift -o %t.types
; RUN: grep -o '^@rayc.type.[^ ]*' %t.ll | sed 's/^@rayc.type.//' | sort | %t.types | %FileCheck %s --implicit-check-not=unknown

; CHECK-DAG: s4Int8V: Int8, 1 bytes, 1 aligned
; CHECK-DAG: s5Int16V: Int16, 2 bytes, 2 aligned
; CHECK-DAG: s5Int32V: Int32, 4 bytes, 4 aligned
; CHECK-DAG: s5Int64V: Int64, 8 bytes, 8 aligned
; CHECK-DAG: s6Int128V: Int128, 16 bytes, 16 aligned
; CHECK-DAG: s7Float16V: Float16, 2 bytes, 2 aligned
; CHECK-DAG: s7Float80V: Float80, 16 bytes, 16 aligned
; CHECK-DAG: s5SIMD2Vys4Int8VG: SIMD2<Int8>, 2 bytes, 2 aligned
; CHECK-DAG: s5SIMD4VySfG: SIMD4<Float>, 16 bytes, 16 aligned
; CHECK-DAG: s5SIMD8Vys7Float16VG: SIMD8<Float16>, 16 bytes, 16 aligned
; CHECK-DAG: s6SIMD16Vys5Int32VG: SIMD16<Int32>, 64 bytes, 16 aligned
; CHECK-DAG: s6SIMD64VySdG: SIMD64<Double>, 512 bytes, 16 aligned
; CHECK-DAG: s5Int64V_Sbt: (Int64, Bool), 9 bytes, 8 aligned
; CHECK-DAG: s5Int64V_SVSgt: (Int64, Optional<UnsafeRawPointer>), 16 bytes, 8 aligned
; CHECK-DAG: s4Int8V_s5Int16Vs4Int8Vt: (Int8, Int16, Int8), 5 bytes, 2 aligned
; CHECK-DAG: SVSg_SVSgSVSgt: {{.*}}, 24 bytes, 8 aligned
; CHECK-DAG: Sd: Double, 8 bytes, 8 aligned
; CHECK-DAG: s5Int64V_s5SIMD4VySfGt: (Int64, SIMD4<Float>), 32 bytes, 16 aligned
define void @f(ptr %p) {
  %i2 = load i2, ptr %p
  %i9 = load i9, ptr %p
  %i24 = load i24, ptr %p
  %i33 = load i33, ptr %p
  %i65 = load i65, ptr %p
  %half = load half, ptr %p
  %long = load x86_fp80, ptr %p
  %v2 = load <2 x i8>, ptr %p
  %v4 = load <4 x float>, ptr %p
  %v8 = load <8 x half>, ptr %p
  %v16 = load <16 x i32>, ptr %p
  %v64 = load <64 x double>, ptr %p
  %checked = load { i64, i1 }, ptr %p
  %string = load { i64, ptr }, ptr %p
  %small = load { i8, i16, i8 }, ptr %p
  %three = load { ptr, ptr, ptr }, ptr %p
  %one = load { double }, ptr %p
  %mixed = load { i64, <4 x float> }, ptr %p
  ret void
}
