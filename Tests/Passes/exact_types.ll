; A result or load whose Swift type the IR proves meets the hook of that type: what a callee's
; mangled name says it returns, in registers or in memory; what LLVM calls the memory.
;
; RUN: split-file-22 %s %t
; RUN: %show %t/context.ll %t/program.ll | %FileCheck %s

;--- context.ll
declare void @elsewhere(ptr)
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_hook_result_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @elsewhere(ptr %value)
  ret void
}
define void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @elsewhere(ptr %value)
  ret void
}
define void @rayc_hook_result_in_SS(ptr %state, ptr %value, ptr %site) {
  store i64 1, ptr %value
  ret void
}

;--- program.ll
%TSS = type <{ %Ts11_StringGutsV }>
%Ts11_StringGutsV = type <{ %Ts13_StringObjectV }>
%Ts13_StringObjectV = type <{ %Ts6UInt64V, ptr }>
%Ts6UInt64V = type <{ i64 }>
%swift.opaque = type opaque
@"$sSSN" = external global i64

; main.name() -> String
declare swiftcc { i64, ptr } @"$s4main4nameSSyF"()
; main.numbers() -> [Int]
declare swiftcc ptr @"$s4main7numbersSaySiGyF"()
; main.same<A>(A) -> A
declare swiftcc void @"$s4main4sameyxxlF"(ptr, ptr, ptr)

define { i64, ptr } @in_registers() {
  %s = call swiftcc { i64, ptr } @"$s4main4nameSSyF"()
  ret { i64, ptr } %s
}
; CHECK-LABEL: define { i64, ptr } @in_registers(
; CHECK:         store { i64, ptr } %s, ptr %[[SLOT:[^,]+]],
; CHECK:         call void @rayc_hook_result_in_SS(ptr %{{.+}}, ptr %[[SLOT]], ptr null)
; CHECK:         load { i64, ptr }, ptr %[[SLOT]]

define ptr @of_any_type() {
  %a = call swiftcc ptr @"$s4main7numbersSaySiGyF"()
  ret ptr %a
}
; CHECK-LABEL: define ptr @of_any_type(
; CHECK:         call void @rayc_hook_result_any({{.*}} ptr @rayc.type.SaySiG.SVSg,

; The generic argument is what the call hands over: String's metadata.
define void @in_memory(ptr %x) {
  %r = alloca %TSS
  call swiftcc void @"$s4main4sameyxxlF"(ptr noalias sret(%swift.opaque) %r, ptr %x, ptr @"$sSSN")
  ret void
}
; CHECK-LABEL: define void @in_memory(
; CHECK:         call swiftcc void @"$s4main4sameyxxlF"
; CHECK:         call void @rayc_hook_result_in_SS(ptr %{{.+}}, ptr %r, ptr null)

; Two loads take one value: the hook stands behind the second, and sees both.
define i64 @loaded(ptr %p) {
  %guts = getelementptr inbounds %TSS, ptr %p, i32 0, i32 0
  %object = getelementptr inbounds %Ts11_StringGutsV, ptr %guts, i32 0, i32 0
  %number = getelementptr inbounds %Ts13_StringObjectV, ptr %object, i32 0, i32 0
  %value = getelementptr inbounds %Ts6UInt64V, ptr %number, i32 0, i32 0
  %a = load i64, ptr %value
  %pointer = getelementptr inbounds %Ts13_StringObjectV, ptr %object, i32 0, i32 1
  %b = load ptr, ptr %pointer
  %c = ptrtoint ptr %b to i64
  %sum = add i64 %a, %c
  ret i64 %sum
}
; CHECK-LABEL: define i64 @loaded(
; CHECK:         %b = load ptr
; CHECK:         store i64 %a, ptr %[[A:[^,]+]], align 1
; CHECK:         store ptr %b, ptr %[[B:[^,]+]], align 1
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.SS,
; CHECK:         %[[NEW_A:.+]] = load i64, ptr %[[A]]
; CHECK:         %[[NEW_B:.+]] = load ptr, ptr %[[B]]
; CHECK:         ptrtoint ptr %[[NEW_B]]
; CHECK:         add i64 %[[NEW_A]],
