; A context with a hook for stores sees what is about to be stored, and what the hook returns is
; stored. What the compiler stores for itself is none of it.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %show %inputs/log_points.ll %t.ll | %FileCheck %s
;
; Without such a hook nothing of a store is touched.
; RUN: %show %inputs/count.ll %t.ll | %FileCheck %s --check-prefix=ABSENT
; ABSENT-NOT: rayc_hook_store

%TSS = type <{ %Ts11_StringGutsV }>
%Ts11_StringGutsV = type <{ %Ts13_StringObjectV }>
%Ts13_StringObjectV = type <{ %Ts6UInt64V, ptr }>
%Ts6UInt64V = type <{ i64 }>
%swift.type = type { i64 }
@"$s4main1nSivp" = global i64 0
@"$s4main3BoxCML" = global ptr null

declare void @escape(ptr)

define void @in_a_register(ptr %p, i64 %x) {
  store i64 %x, ptr %p
  ret void
}
; CHECK-LABEL: define void @in_a_register(
; CHECK:         %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    %[[NEW:.+]] = call i64 @rayc_hook_store_i64(ptr %[[STATE]], i64 %x, ptr @{{.+}})
; CHECK-NEXT:    store i64 %[[NEW]], ptr %p

define void @in_memory(ptr %p, { i64, i1 } %x) {
  store { i64, i1 } %x, ptr %p
  ret void
}
; CHECK-LABEL: define void @in_memory(
; CHECK:         store { i64, i1 } %x, ptr %[[SLOT:[^,]+]],
; CHECK:         call void @rayc_hook_store_any({{.*}}, ptr %[[SLOT]], ptr @rayc.type.s5Int64V_Sbt, i1 zeroext false, ptr @{{.+}})
; CHECK-NEXT:    %[[NEW:.+]] = load { i64, i1 }, ptr %[[SLOT]]
; CHECK-NEXT:    store { i64, i1 } %[[NEW]], ptr %p

; Two stores put one value into memory: one event, in front of both.
define void @in_pieces(ptr %p, i64 %a, ptr %b) {
  %number = getelementptr inbounds %TSS, ptr %p, i32 0, i32 0, i32 0, i32 0, i32 0
  store i64 %a, ptr %number
  %c = ptrtoint ptr %b to i64
  %pointer = getelementptr inbounds %TSS, ptr %p, i32 0, i32 0, i32 0, i32 1
  store ptr %b, ptr %pointer
  ret void
}
; CHECK-LABEL: define void @in_pieces(
; CHECK-NOT:     store
; CHECK:         %c = ptrtoint
; CHECK:         store i64 %a, ptr %[[A:[^,]+]], align 1
; CHECK:         store ptr %b, ptr %[[B:[^,]+]], align 1
; CHECK:         call void @rayc_hook_store_any({{.*}} ptr @rayc.type.SS, i1 zeroext false,
; CHECK-NOT:     rayc_hook_store
; CHECK:         %[[NEW_A:.+]] = load i64, ptr %[[A]]
; CHECK:         %[[NEW_B:.+]] = load ptr, ptr %[[B]]
; CHECK:         store i64 %[[NEW_A]], ptr %number
; CHECK-NEXT:    store ptr %[[NEW_B]], ptr %pointer

; Another pointer may point at the same memory: nothing moves across.
define void @across(ptr %p, ptr %q, i64 %a, ptr %b) {
  %number = getelementptr inbounds %TSS, ptr %p, i32 0, i32 0, i32 0, i32 0, i32 0
  store i64 %a, ptr %number
  store i64 0, ptr %q
  %pointer = getelementptr inbounds %TSS, ptr %p, i32 0, i32 0, i32 0, i32 1
  store ptr %b, ptr %pointer
  ret void
}
; CHECK-LABEL: define void @across(
; CHECK:         call void @rayc_hook_store_any({{.*}} ptr @rayc.type.s6UInt64V.s5Int64V,
; CHECK:         store i64 %{{.+}}, ptr %number
; CHECK:         %[[NEW_Q:.+]] = call i64 @rayc_hook_store_i64({{.*}} i64 0,
; CHECK:         store i64 %[[NEW_Q]], ptr %q
; CHECK:         call ptr @rayc_hook_store_ptr({{.*}} ptr %b,

; In a module that Swift has not optimised, the memory owns the value at once.
define void @unoptimised(ptr %p, { i64, i1 } %x) !dbg !10 {
  store { i64, i1 } %x, ptr %p, !dbg !11
  ret void, !dbg !11
}
; CHECK-LABEL: define void @unoptimised(
; CHECK:         call void @rayc_hook_store_any({{.*}}, i1 zeroext true,

; A variable of the program, a temporary of the compiler's, a copy that only a debugger reads.
define void @slots(i64 %x, ptr %type) !dbg !20 {
  %variable = alloca i64
    #dbg_declare(ptr %variable, !22, !DIExpression(), !21)
  %temporary = alloca i64
  %copy = alloca i64
    #dbg_declare(ptr %copy, !22, !DIExpression(), !21)
  store i64 %x, ptr %variable, !dbg !21
  call void @escape(ptr %variable), !dbg !21
  store i64 %x, ptr %temporary, !dbg !21
  call void @escape(ptr %temporary), !dbg !21
  store i64 %x, ptr %copy, !dbg !21
  ret void, !dbg !21
}
; CHECK-LABEL: define void @slots(
; CHECK:         %[[NEW:.+]] = call i64 @rayc_hook_store_i64(
; CHECK-NEXT:    store i64 %[[NEW]], ptr %variable
; CHECK-NOT:     rayc_hook_store
; CHECK:         store i64 %x, ptr %copy

; A variable of the program, a cache of the compiler's; the memory of a result.
define void @elsewhere(ptr sret(i64) %r, i64 %x, ptr %type) {
  store i64 %x, ptr @"$s4main1nSivp"
  store atomic ptr %type, ptr @"$s4main3BoxCML" release, align 8
  store i64 %x, ptr %r
  ret void
}
; CHECK-LABEL: define void @elsewhere(
; CHECK:         %[[NEW:.+]] = call i64 @rayc_hook_store_i64(
; CHECK-NEXT:    store i64 %[[NEW]], ptr @"$s4main1nSivp"
; CHECK-NOT:     rayc_hook_store
; CHECK:         ret void

!20 = distinct !DISubprogram(name: "slots", linkageName: "slots", file: !2, line: 3, type: !3, unit: !1, spFlags: DISPFlagDefinition, retainedNodes: !{})
!21 = !DILocation(line: 5, column: 7, scope: !20)
!22 = !DILocalVariable(name: "total", scope: !20, file: !2, line: 4, type: !5)
