; Swift's LLVM lays an async function's frame out without the alignment of a vector of more
; than 16 bytes, and reaches the frame through a type that has it: @f keeps its last value at
; 16 + 96 of a context of 112 bytes, on the head of the task's next allocation ("freed pointer
; was not the last allocation"). The context gets the room that the type needs.
;
; RUN: %opt -S -passes=rayc-grow-async-contexts %s | %FileCheck %s

%swift.async_func_pointer = type <{ i32, i32 }>
%f.Frame = type { [48 x i8], <4 x i64>, ptr }
%g.Frame = type <{ [48 x i8], <4 x i64>, ptr }>

; CHECK: @fTu = {{.*}}, i32 144 }>
@fTu = hidden global %swift.async_func_pointer <{ i32 trunc (i64 sub (i64 ptrtoint (ptr @f to i64), i64 ptrtoint (ptr @fTu to i64)) to i32), i32 112 }>, align 8
; What is large enough stays as it is.
; CHECK: @gTu = {{.*}}, i32 112 }>
@gTu = hidden global %swift.async_func_pointer <{ i32 trunc (i64 sub (i64 ptrtoint (ptr @g to i64), i64 ptrtoint (ptr @gTu to i64)) to i32), i32 112 }>, align 8
; CHECK: @hTu = {{.*}}, i32 32 }>
@hTu = hidden global %swift.async_func_pointer <{ i32 trunc (i64 sub (i64 ptrtoint (ptr @h to i64), i64 ptrtoint (ptr @hTu to i64)) to i32), i32 32 }>, align 8

define swifttailcc void @f(ptr swiftasync %context) {
  %frame = getelementptr inbounds i8, ptr %context, i32 16
  %last = getelementptr inbounds %f.Frame, ptr %frame, i32 0, i32 2
  store ptr %context, ptr %last
  ret void
}

define swifttailcc void @g(ptr swiftasync %context) {
  %frame = getelementptr inbounds i8, ptr %context, i32 16
  %last = getelementptr inbounds %g.Frame, ptr %frame, i32 0, i32 2
  store ptr %context, ptr %last
  ret void
}

define swifttailcc void @h(ptr swiftasync %context) {
  ret void
}
