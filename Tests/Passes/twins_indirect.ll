; Where a callee is only known at run time, or is another Swift module's, a twin asks for the
; callee's twin. What a twin passes on as a function's address is a gate.
;
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-scope=dynamic | %FileCheck %s

declare swiftcc i64 @"$s5Other1gyS2iF"(i64)
declare void @c_function(ptr)
declare ptr @swift_retain(ptr)
@table = constant [1 x ptr] [ptr @f]

define i64 @f(i64 %x) {
  ret i64 %x
}

define void @calls(ptr %p) {
  %a = call swiftcc i64 %p(i64 1)
  %b = call swiftcc i64 @"$s5Other1gyS2iF"(i64 2)
  call void @c_function(ptr @f)
  %c = call ptr @swift_retain(ptr %p)
  store ptr @f, ptr %p
  %d = load ptr, ptr @table
  ret void
}
; The plain function asks nothing.
; CHECK-LABEL: define void @calls(
; CHECK-NOT:     rayc.twin
; CHECK:         store ptr @f, ptr %p
;
; CHECK-LABEL: define internal void @calls.rayc(
; CHECK:         %[[P:.+]] = call ptr @rayc.twin(ptr %p)
; CHECK-NEXT:    call swiftcc i64 %[[P]](i64 1)
; CHECK:         %[[G:.+]] = call ptr @rayc.twin(ptr @"$s5Other1gyS2iF")
; CHECK-NEXT:    call swiftcc i64 %[[G]](i64 2)
; C has no twins, but may call back.
; CHECK:         call void @c_function(ptr @f.rayc.gate)
; CHECK:         call ptr @swift_retain(ptr %p)
; CHECK:         store ptr @f.rayc.gate, ptr %p
; What lies in tables is the plain function; whoever finds it there asks for its twin.
; CHECK:         load ptr, ptr @table

; The look-up: only in code that the runtime knows to have marks, 16 bytes from its start.
; CHECK-LABEL: define internal ptr @rayc.twin(ptr %0)
; CHECK:         %[[BEGIN:.+]] = load i64, ptr @rayc_code_begin
; CHECK-NEXT:    %[[DISTANCE:.+]] = sub i64 %{{.+}}, %[[BEGIN]]
; CHECK-NEXT:    %[[SIZE:.+]] = load i64, ptr @rayc_code_size
; CHECK-NEXT:    %[[IS_NEAR:.+]] = icmp ult i64 %[[DISTANCE]], %[[SIZE]]
; CHECK-NEXT:    br i1 %[[IS_NEAR]], label %near, label %far
; CHECK:       near:
; CHECK-NEXT:    %[[MARK:.+]] = getelementptr i8, ptr %0, i64 -16
; CHECK-NEXT:    %[[FOUND:.+]] = load i64, ptr %[[MARK]], align 1
; CHECK-NEXT:    %[[MAGIC:.+]] = load i64, ptr @rayc_twin_magic
; CHECK-NEXT:    icmp eq i64 %[[FOUND]], %[[MAGIC]]
; CHECK:       found:
; CHECK-NEXT:    %[[FIELD:.+]] = getelementptr i8, ptr %0, i64 -8
; CHECK-NEXT:    load i32, ptr %[[FIELD]], align 1
; CHECK:       none:
; CHECK-NEXT:    ret ptr %0
; CHECK:       far:
; CHECK-NEXT:    %[[SEARCHED:.+]] = call preserve_mostcc ptr @rayc_twin(ptr %0)
; CHECK-NEXT:    ret ptr %[[SEARCHED]]
