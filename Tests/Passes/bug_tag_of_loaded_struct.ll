; A load of a struct of one field has one tag, and its hook gets the field's bits; a result of unknown
; type may be `Void`, which lies nowhere, and an error's slot is no argument: no cell of theirs is read.
;
; RUN: %show %inputs/tag_loads.ll %s | %FileCheck %s

declare void @generic(ptr sret([0 x i8]), ptr)
declare swiftcc void @throwing(i64, ptr swifterror)

define i8 @role(ptr %p) {
  %whole = load { i8 }, ptr %p
  %field = extractvalue { i8 } %whole, 0
  ret i8 %field
}
; CHECK-LABEL: define i8 @role(
; CHECK:         %[[FIELD:.+]] = extractvalue { i8 } %whole, 0
; CHECK:         %[[BITS:.+]] = zext i8 %[[FIELD]] to i64
; CHECK:         call i64 @rayc_hook_tag_load(ptr %{{.+}}, i64 %[[BITS]], i64 %{{.+}}, ptr %p, i32 2, ptr

define void @nothing() {
  call void @generic(ptr sret([0 x i8]) undef, ptr null)
  ret void
}
; CHECK-LABEL: define void @nothing(
; CHECK-NOT:     ptrtoint ptr undef
; CHECK:         ret void

define swiftcc void @throws(i64 %a, ptr swifterror %error) {
  call swiftcc void @throwing(i64 %a, ptr swifterror %error)
  ret void
}
; CHECK-LABEL: define swiftcc void @throws(
; CHECK-NOT:     ptrtoint ptr %error
; CHECK:         ret void
