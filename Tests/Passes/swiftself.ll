; A method's `self` travels in a register of its own and is an argument like the others.
; The address of an indirect result, the error slot and the async frame are not: a context
; would not know them for what they are.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

%Big = type { i64, i64, i64, i64, i64 }
declare swiftcc i64 @method(i64, ptr swiftself)
declare swiftcc void @big(ptr noalias sret(%Big), i64, ptr swifterror)

; CHECK: @rayc.arguments = {{.*}} { i32 2, i32 0, {{.*}}@rayc.type.s5Int64V {{.*}}@rayc.type.SVSg
; CHECK: @rayc.arguments.{{[0-9]+}} = {{.*}} { i32 1, i32 0, {{.*}}@rayc.type.s5Int64V

define swiftcc i64 @calls_a_method(ptr swiftself %self) {
  %r = call swiftcc i64 @method(i64 1, ptr swiftself %self)
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @calls_a_method(
; CHECK:         %[[ARRAY:.+]] = alloca [2 x ptr]
; CHECK:         store i64 1, ptr
; CHECK:         store ptr %self, ptr
; CHECK:         call void @rayc_hook_willCall(ptr %{{.+}}, ptr %[[ARRAY]],
; CHECK-NEXT:    %r = call swiftcc i64 @method(i64 1, ptr swiftself %self)

define swiftcc void @calls_for_a_big_result(ptr sret(%Big) %result, ptr swifterror %error) {
  call swiftcc void @big(ptr noalias sret(%Big) %result, i64 2, ptr swifterror %error)
  ret void
}
; CHECK-LABEL: define swiftcc void @calls_for_a_big_result(
; CHECK:         %[[ARRAY:.+]] = alloca [1 x ptr]
; CHECK:         store i64 2, ptr
; CHECK:         call void @rayc_hook_willCall(ptr %{{.+}}, ptr %[[ARRAY]],
; CHECK-NEXT:    call swiftcc void @big(
