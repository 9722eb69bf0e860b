; A load's value goes through a hook of its type; the program goes on with what the hook
; returned. Types without a hook of their own go through memory, with a record of the
; Swift type: `rayc_hook_load_any`.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

; CHECK-DAG: @rayc.type.s4Int8V = linkonce_odr hidden global { ptr, i32, i32, i32, i32, ptr, ptr } { ptr null, {{.*}}, comdat
; CHECK-DAG: @rayc.type.s5Int64V_Sbt = linkonce_odr hidden global { ptr, i32, i32, i32, i32, ptr, ptr } { ptr null, {{.*}}, comdat

define i64 @integer(ptr %p) {
  %v = load i64, ptr %p
  ret i64 %v
}
; CHECK-LABEL: define i64 @integer(
; CHECK-NEXT:    %v = load i64, ptr %p
; CHECK-NEXT:    %[[STATE:.+]] = call ptr @rayc_state()
; CHECK-NEXT:    %[[HOOKED:.+]] = call i64 @rayc_hook_load_i64(ptr %[[STATE]], i64 %v, ptr @{{.+}})
; CHECK-NEXT:    ret i64 %[[HOOKED]]

; How a value is passed is what the hook's own signature says.
define void @other_registers(ptr %p) {
  %bool = load i1, ptr %p
  %byte = load i8, ptr %p
  %short = load i16, ptr %p
  %int = load i32, ptr %p
  %float = load float, ptr %p
  %double = load double, ptr %p
  %pointer = load ptr, ptr %p
  ret void
}
; CHECK-LABEL: define void @other_registers(
; CHECK:         call zeroext i1 @rayc_hook_load_i1(ptr %{{.+}}, i1 zeroext %bool,
; CHECK:         call signext i8 @rayc_hook_load_i8(ptr %{{.+}}, i8 signext %byte,
; CHECK:         call signext i16 @rayc_hook_load_i16(ptr %{{.+}}, i16 signext %short,
; CHECK:         call i32 @rayc_hook_load_i32(ptr %{{.+}}, i32 %int,
; CHECK:         call float @rayc_hook_load_f32(ptr %{{.+}}, float %float,
; CHECK:         call double @rayc_hook_load_f64(ptr %{{.+}}, double %double,
; CHECK:         call ptr @rayc_hook_load_ptr(ptr %{{.+}}, ptr %pointer,

; A checked addition's result is a tuple: (Int64, Bool).
define { i64, i1 } @tuple(ptr %p) {
  %v = load { i64, i1 }, ptr %p
  ret { i64, i1 } %v
}
; CHECK-LABEL: define { i64, i1 } @tuple(
; CHECK:         %[[SLOT:.+]] = alloca { i64, i1 }
; CHECK:         %v = load { i64, i1 }, ptr %p
; CHECK:         store { i64, i1 } %v, ptr %[[SLOT]]
; CHECK:         call void @rayc_hook_load_any(ptr %{{.+}}, ptr %[[SLOT]], ptr @rayc.type.s5Int64V_Sbt, ptr @[[SITE:.+]])
; CHECK-NEXT:    %[[HOOKED:.+]] = load { i64, i1 }, ptr %[[SLOT]]
; CHECK-NEXT:    ret { i64, i1 } %[[HOOKED]]

; An integer of a width that Swift lacks is seen as the next wider one.
define i7 @odd_width(ptr %p) {
  %v = load i7, ptr %p
  ret i7 %v
}
; CHECK-LABEL: define i7 @odd_width(
; CHECK:         %[[SLOT:.+]] = alloca i8
; CHECK:         %[[WIDE:.+]] = zext i7 %v to i8
; CHECK-NEXT:    store i8 %[[WIDE]], ptr %[[SLOT]]
; CHECK:         call void @rayc_hook_load_any(ptr %{{.+}}, ptr %[[SLOT]], ptr @rayc.type.s4Int8V,
; CHECK-NEXT:    %[[HOOKED:.+]] = load i8, ptr %[[SLOT]]
; CHECK-NEXT:    %[[NARROW:.+]] = trunc i8 %[[HOOKED]] to i7
; CHECK-NEXT:    ret i7 %[[NARROW]]

; The Swift types that go through memory.
define void @other_memory(ptr %p) {
  %i24 = load i24, ptr %p
  %i128 = load i128, ptr %p
  %half = load half, ptr %p
  %vector = load <4 x float>, ptr %p
  %string = load { i64, ptr }, ptr %p
  %array = load [2 x i64], ptr %p
  %one = load { double }, ptr %p
  %atomic = load atomic i64, ptr %p seq_cst, align 8
  ret void
}
; CHECK-LABEL: define void @other_memory(
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.s5Int32V,
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.s6Int128V,
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.s7Float16V,
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.s5SIMD4VySfG,
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.s5Int64V_SVSgt,
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.s5Int64V_s5Int64Vt,
; CHECK:         call void @rayc_hook_load_any({{.*}} ptr @rayc.type.Sd,
; CHECK:         call i64 @rayc_hook_load_i64({{.*}} i64 %atomic,

; Layouts that no Swift type has, and other address spaces, are passed over; see report.ll
; for the reasons.
define void @skipped(ptr %p, ptr addrspace(1) %q) {
  %packed = load <{ i8, i64 }>, ptr %p
  %nested = load { i8, { i8, i8 } }, ptr %p
  %odd = load <3 x i32>, ptr %p
  %bits = load <8 x i1>, ptr %p
  %wide = load i256, ptr %p
  %elsewhere = load i64, ptr addrspace(1) %q
  %foreign = load ptr addrspace(1), ptr %p
  ret void
}
; CHECK-LABEL: define void @skipped(
; CHECK-NOT:     rayc
; CHECK:         ret void
