; A gate hands an async function's arguments on in a guaranteed tail call, which LLVM refuses for
; parameters marked `inreg`: there a plain tail call, which swifttailcc guarantees as well. No
; compiler makes such an async function; scripts/mutate did.
;
; RUN: %show %inputs/count.ll %s -rayc-no-inline -rayc-scope=dynamic -passes=rayc-instrument,verify | %FileCheck %s
;
; CHECK-LABEL: define internal swifttailcc void @slow.rayc.gate(
; CHECK: {{^ +}}tail call swifttailcc void @slow(ptr swiftasync %0, i64 inreg %1)

%Pointer = type <{ i32, i32 }>
@slowTu = constant %Pointer <{ i32 trunc (i64 sub (i64 ptrtoint (ptr @slow to i64), i64 ptrtoint (ptr @slowTu to i64)) to i32), i32 32 }>

define swifttailcc void @slow(ptr swiftasync %frame, i64 inreg %number) {
  ret void
}

declare void @start(ptr)
define swiftcc void @begin() {
  call swiftcc void @start(ptr @slowTu)
  ret void
}
