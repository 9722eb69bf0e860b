; The runtime's swift_willThrow takes the slot of the error to look at it; it does not throw,
; so a throw is seen once, at the call that threw.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s

declare void @swift_willThrow(ptr swiftself, ptr swifterror)

define swiftcc void @thrower(ptr swiftself %self, ptr swifterror %slot) {
  call swiftcc void @swift_willThrow(ptr swiftself null, ptr swifterror %slot)
  ret void
}
; CHECK-LABEL: define swiftcc void @thrower(
; CHECK:         call swiftcc void @swift_willThrow(
; CHECK-NOT:     load ptr, ptr %slot
; CHECK:         call void @rayc_hook_didCall(ptr %{{.+}}, ptr null,
