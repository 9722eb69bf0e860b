; A site's record lies in the section rayc_sites and holds no absolute address: its strings
; are distances from the field that names them. See ray_site in ray_abi.h.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %show %inputs/log.ll %t.ll | %FileCheck %s

declare i64 @g(double, ptr)

define i64 @f(ptr %p) !dbg !10 {
  %total = alloca i64
    #dbg_declare(ptr %total, !13, !DIExpression(), !11)
  %r = call i64 @g(double 1.0, ptr %p), !dbg !11
  %t = load i64, ptr %total, !dbg !12
  ret i64 %t
}
; CHECK:      @[[ARGUMENTS:rayc.arguments]] = private constant
; CHECK:      @[[CALL:rayc.site]] = private constant { i64, i32, i32, i32, i32, i32, i32, i32, i16, i8, i8, i32, i32 }
; CHECK-SAME:   { i64 {{-?[0-9]+}},
; CHECK-SAME:   i32 trunc (i64 sub (i64 ptrtoint (ptr @[[FUNCTION:rayc.string[.0-9]*]] to i64), i64 ptrtoint (ptr getelementptr inbounds {{.*}}ptr @[[CALL]], {{.*}}i32 1) to i64)) to i32),
; CHECK-SAME:   ptr @[[CALLEE:rayc.string[.0-9]*]] to i64),
; CHECK-SAME:   ptr @[[FILE:rayc.string[.0-9]*]] to i64),
; CHECK-SAME:   ptr @[[TYPE:rayc.string[.0-9]*]] to i64),
; CHECK-SAME:   i32 0,
; CHECK-SAME:   ptr @[[ARGUMENTS]] to i64),
; CHECK-SAME:   i32 5, i16 7, i8 64, i8 0,
; CHECK-SAME:   ptr @[[MODULE:rayc.string[.0-9]*]] to i64),
; CHECK-SAME:   i32 0 }, section "rayc_sites", align 8
; CHECK-DAG:  @[[FUNCTION]] = private unnamed_addr constant [2 x i8] c"f\00", align 1
; CHECK-DAG:  @[[CALLEE]] = private unnamed_addr constant [2 x i8] c"g\00", align 1
; CHECK-DAG:  @[[FILE]] = private unnamed_addr constant [19 x i8] c"/source/main.swift\00", align 1
; CHECK-DAG:  @[[TYPE]] = private unnamed_addr constant [9 x i8] c"s5Int64V\00", align 1

; Code without a line inside an inlined function has that of the place it came into.
; CHECK:      @[[LOAD:rayc.site[.0-9]+]] = private constant
; CHECK-SAME:   i32 6, i16 9, i8 -94, i8 0, {{.*}} i32 0 }, section "rayc_sites", align 8
; CHECK:      c"total\00"

; The hooks have locations, as whatever may be inlined must.
; CHECK-LABEL: define i64 @f(
; CHECK:         call void @rayc_hook_willCall({{.*}} ptr @[[CALL]]), !dbg
; CHECK:         call i64 @rayc_hook_load_i64({{.*}} ptr @[[LOAD]]), !dbg
