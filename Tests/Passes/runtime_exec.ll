; The runtime's operations reach the context; see runtime.ll for the IR.
;
; RUN: %build %inputs/log_points.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log_points.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

@object = global [3 x i64] [i64 1, i64 2, i64 3]
@memory = global [3 x i64] zeroinitializer

define ptr @swift_retain(ptr %o) noinline {
  ret ptr %o
}
declare void @print_number(i64)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

define i32 @main() {
  %same = call ptr @swift_retain(ptr @object)
  call void @llvm.memcpy.p0.p0.i64(ptr @memory, ptr @object, i64 24, i1 false)
  call void @llvm.memset.p0.i64(ptr @object, i8 0, i64 8, i1 false)
  %second = getelementptr i64, ptr @memory, i64 1
  %copied = load i64, ptr %second
  call void @print_number(i64 %copied)
  %filled = load i64, ptr @object
  call void @print_number(i64 %filled)
  ret i32 0
}
; CHECK:      retain swift_retain: pointer, -1 bytes
; CHECK-NEXT: copy llvm.memcpy.p0.p0.i64: pointer, 24 bytes
; CHECK-NEXT: fill llvm.memset.p0.i64: pointer, 8 bytes
; CHECK-NEXT: program: 2
; CHECK-NEXT: program: 0
