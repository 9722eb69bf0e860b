; `willCall` gets one argument for each that the callee's name has, of its exact type: registers
; are put together in a slot, what lies in memory stays there. The name also says which of the
; machine's arguments are nobody's: metadata and tables of generic functions.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

%TSi = type <{ i64 }>
%T4main4FiveV = type <{ %TSi, %TSi, %TSi, %TSi, %TSi }>
%T4main5SmallV = type <{ %Ts5Int32V, %TSb, %TSb, [2 x i8], %TSf }>
%Ts5Int32V = type <{ i32 }>
%TSb = type <{ i1 }>
%TSf = type <{ float }>
@"$sSSN" = external global i64
declare void @uses(ptr)

; main.draw(_: String, at: Int)
declare swiftcc void @"$s4main4draw_2atySS_SitF"(i64, ptr, i64)
; main.five(main.Five)
declare swiftcc void @"$s4main4fiveyyAA4FiveVF"(ptr noalias dereferenceable(40))
; main.small(_: main.Small, into: inout Int)
declare swiftcc void @"$s4main5small_4intoyAA5SmallV_SiztF"(i64, float, ptr)
; main.show<A>(A, Bool)
declare swiftcc void @"$s4main4showyyx_SbtlF"(ptr noalias, i1, ptr)
; main.Five.sum(by: Int)
declare swiftcc void @"$s4main4FiveV3sum2byySi_tF"(i64, ptr noalias swiftself)

; CHECK: @rayc.arguments = private constant {{.*}} { i32 2, i32 0,
; CHECK-SAME: @rayc.type.SS.s5Int64V_SVSgt {{.*}} i8 0, i8 0, i16 0, i32 trunc
; CHECK-SAME: @rayc.type.Si.s5Int64V {{.*}} i8 0, i8 0, i16 0 }
; CHECK: c"at\00"

define swiftcc void @registers(i64 %a, ptr %b) {
  call swiftcc void @"$s4main4draw_2atySS_SitF"(i64 %a, ptr %b, i64 3)
  ret void
}
; CHECK-LABEL: define swiftcc void @registers(
; CHECK-DAG:     %[[ARRAY:.+]] = alloca [2 x ptr]
; CHECK-DAG:     %[[TEXT:.+]] = alloca [16 x i8], align 16
; CHECK-DAG:     %[[PLACE:.+]] = alloca i64
; CHECK:         %[[FIRST:.+]] = getelementptr inbounds i8, ptr %[[TEXT]], i64 0
; CHECK:         store i64 %a, ptr %[[FIRST]]
; CHECK:         %[[SECOND:.+]] = getelementptr inbounds i8, ptr %[[TEXT]], i64 8
; CHECK:         store ptr %b, ptr %[[SECOND]]
; CHECK:         store ptr %[[TEXT]],
; CHECK:         store i64 3, ptr %[[PLACE]]
; CHECK:         store ptr %[[PLACE]],
; CHECK:         call void @rayc_hook_willCall(ptr %{{.+}}, ptr %[[ARRAY]],

define swiftcc void @memory(ptr %x) {
  call swiftcc void @"$s4main4fiveyyAA4FiveVF"(ptr noalias dereferenceable(40) %x)
  ret void
}
; CHECK-LABEL: define swiftcc void @memory(
; CHECK:         %[[ARRAY:.+]] = alloca [1 x ptr]
; CHECK-NOT:     alloca
; CHECK:         store ptr %x, ptr
; CHECK:         call void @rayc_hook_willCall(ptr %{{.+}}, ptr %[[ARRAY]],

; A word holds what is no floating-point number together.
define swiftcc void @words(i64 %a, float %b, ptr %c) {
  %s = alloca %T4main5SmallV
  call void @uses(ptr %s)
  call swiftcc void @"$s4main5small_4intoyAA5SmallV_SiztF"(i64 %a, float %b, ptr %c)
  ret void
}
; CHECK-LABEL: define swiftcc void @words(
; CHECK:         store i64 %a, ptr
; CHECK:         %[[FLOAT:.+]] = getelementptr inbounds i8, ptr %[[SMALL:.+]], i64 8
; CHECK:         store float %b, ptr %[[FLOAT]]
; CHECK:         store ptr %[[SMALL]],
; CHECK:         store ptr %c,

; The type of the generic one is what the metadata behind the arguments says.
define swiftcc void @generic(ptr %x) {
  call swiftcc void @"$s4main4showyyx_SbtlF"(ptr noalias %x, i1 true, ptr @"$sSSN")
  ret void
}
; CHECK-LABEL: define swiftcc void @generic(
; CHECK:         alloca [2 x ptr]
; CHECK:         store ptr %x,
; CHECK:         store i1 true,
; CHECK-NOT:     store ptr @"$sSSN"

; What is called on comes last.
define swiftcc void @method(ptr %x) {
  call swiftcc void @"$s4main4FiveV3sum2byySi_tF"(i64 9, ptr noalias swiftself %x)
  ret void
}
; CHECK-LABEL: define swiftcc void @method(
; CHECK:         store i64 9,
; CHECK:         store ptr %x,
; CHECK:         call void @rayc_hook_willCall(

; A parameter that the name's types do not account for: nothing is taken for granted.
define swiftcc void @unknown(i64 %a) {
  call swiftcc void @"$s4main5small_4intoyAA5SmallV_SiztF"(i64 %a, i64 %a, ptr null)
  ret void
}
; CHECK-LABEL: define swiftcc void @unknown(
; CHECK:         alloca [3 x ptr]
