; What the hook `outcome` leaves is how the call ends for the program; see outcome.ll.
;
; RUN: %build %inputs/outcome.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/outcome.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: env RAYC_LLC=-O0 %build %inputs/outcome.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

; main.half(Int) throws -> Int: throws 0x10 for odd numbers.
define swiftcc i64 @"$s4main4halfyS2iKF"(i64 %x, ptr swiftself %self, ptr swifterror %error) noinline {
  %bit = and i64 %x, 1
  %odd = icmp ne i64 %bit, 0
  br i1 %odd, label %throw, label %return
throw:
  store ptr inttoptr (i64 16 to ptr), ptr %error
  ret i64 undef
return:
  %half = lshr i64 %x, 1
  ret i64 %half
}

; main.third(Int) throws(Int) -> Int, the error in the result's register: the number itself.
define swiftcc i64 @"$s4main5thirdyS2iSiYKF"(i64 %x, ptr swiftself %self, ptr swifterror %error) noinline {
  %rest = urem i64 %x, 3
  %none = icmp eq i64 %rest, 0
  br i1 %none, label %return, label %throw
throw:
  store ptr inttoptr (i64 1 to ptr), ptr %error
  ret i64 %x
return:
  %third = udiv i64 %x, 3
  ret i64 %third
}

define swiftcc void @report_half(i64 %x) noinline {
  %error = alloca swifterror ptr
  store ptr null, ptr %error
  %r = call swiftcc i64 @"$s4main4halfyS2iKF"(i64 %x, ptr swiftself null, ptr swifterror %error)
  %thrown = load ptr, ptr %error
  %code = ptrtoint ptr %thrown to i64
  %failed = icmp ne ptr %thrown, null
  %answer = select i1 %failed, i64 %code, i64 %r
  call void @print_number(i64 %answer)
  ret void
}

define swiftcc void @report_third(i64 %x) noinline {
  %error = alloca swifterror ptr
  store ptr null, ptr %error
  %r = call swiftcc i64 @"$s4main5thirdyS2iSiYKF"(i64 %x, ptr swiftself null, ptr swifterror %error)
  %thrown = load ptr, ptr %error
  %failed = icmp ne ptr %thrown, null
  %negative = sub i64 0, %r
  %answer = select i1 %failed, i64 %negative, i64 %r
  call void @print_number(i64 %answer)
  ret void
}

define i32 @main() {
  call swiftcc void @report_half(i64 14)
  call swiftcc void @report_half(i64 15)
  call swiftcc void @report_third(i64 9)
  call swiftcc void @report_third(i64 10)
  ret i32 0
}
; CHECK:      $s4main4halfyS2iKF returned Si
; CHECK-NEXT: program: 42
; CHECK-NEXT: $s4main4halfyS2iKF threw 16
; CHECK-NEXT: program: 7
; CHECK-NEXT: $s4main5thirdyS2iSiYKF returned Si
; CHECK-NEXT: program: -42
; CHECK-NEXT: $s4main5thirdyS2iSiYKF threw 10, a Si
; CHECK-NEXT: program: 7
