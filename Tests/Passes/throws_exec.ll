; A call that throws has no result event, its didCall has the error, and the error itself
; reaches the caller; see throws.ll for the IR.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

; Throws 0x2a for odd numbers.
define swiftcc i64 @half(i64 %x, ptr swiftself %self, ptr swifterror %error) noinline {
  %bit = and i64 %x, 1
  %odd = icmp ne i64 %bit, 0
  br i1 %odd, label %throw, label %return
throw:
  store ptr inttoptr (i64 42 to ptr), ptr %error
  ret i64 undef
return:
  %half = lshr i64 %x, 1
  ret i64 %half
}

define swiftcc void @report(i64 %x) noinline {
  %error = alloca swifterror ptr
  store ptr null, ptr %error
  %r = call swiftcc i64 @half(i64 %x, ptr swiftself null, ptr swifterror %error)
  %thrown = load ptr, ptr %error
  %code = ptrtoint ptr %thrown to i64
  %failed = icmp ne ptr %thrown, null
  %answer = select i1 %failed, i64 %code, i64 %r
  call void @print_number(i64 %answer)
  ret void
}

define i32 @main() {
  call swiftcc void @report(i64 14)
  call swiftcc void @report(i64 15)
  ret i32 0
}
; CHECK:      will half(Int64 14, nil)
; CHECK-NEXT: result half: Int64 7
; CHECK-NEXT: did half
; CHECK:      program: 7
; CHECK:      will half(Int64 15, nil)
; CHECK-NEXT: did half: threw 0x2a
; CHECK:      program: 42
