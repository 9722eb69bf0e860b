; The slot of a thrown error is a register and may not be handed to a function, not even where a
; twin calls it. No compiler makes such a call; scripts/mutate did.
;
; RUN: %show %inputs/count.ll %s -rayc-no-inline -rayc-scope=dynamic -passes=rayc-instrument | %FileCheck %s
;
; CHECK-LABEL: define internal swiftcc void @"$s1m1fyyF.rayc"()
; CHECK: %error = alloca swifterror ptr
; CHECK-NOT: @rayc.twin(ptr %error)
; CHECK: call swiftcc void %error()

define swiftcc void @"$s1m1fyyF"() {
  %error = alloca swifterror ptr
  call swiftcc void %error()
  ret void
}
