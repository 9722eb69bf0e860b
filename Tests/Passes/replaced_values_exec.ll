; What the result and load hooks return is what the program sees, for values in registers
; and for those that go through memory, and not for a call that threw.
;
; RUN: %build %inputs/replace.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/replace.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/replace.ll %s %t -rayc-at=optimized && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)
@seven = global i64 7
@odd = global i7 7
@checked = global { i64, i1 } { i64 7, i1 false }

define i64 @identity(i64 %x) noinline optnone {
  ret i64 %x
}

define { i64, i1 } @pair(i64 %x) noinline optnone {
  %pair = insertvalue { i64, i1 } zeroinitializer, i64 %x, 0
  ret { i64, i1 } %pair
}

define swiftcc i64 @throws(i64 %x, ptr swifterror %error) noinline optnone {
  store ptr inttoptr (i64 42 to ptr), ptr %error
  ret i64 %x
}

define swiftcc i64 @does_not_throw(i64 %x, ptr swifterror %error) noinline optnone {
  ret i64 %x
}

define i32 @main() {
  %result = call i64 @identity(i64 1)
  call void @print_number(i64 %result)
  %load = load volatile i64, ptr @seven
  call void @print_number(i64 %load)
  %odd = load volatile i7, ptr @odd
  %odd.wide = zext i7 %odd to i64
  call void @print_number(i64 %odd.wide)
  %checked = load volatile { i64, i1 }, ptr @checked
  %first = extractvalue { i64, i1 } %checked, 0
  call void @print_number(i64 %first)
  %pair = call { i64, i1 } @pair(i64 20)
  %pair.first = extractvalue { i64, i1 } %pair, 0
  call void @print_number(i64 %pair.first)
  %error = alloca swifterror ptr
  store ptr null, ptr %error
  %returned = call swiftcc i64 @does_not_throw(i64 6, ptr swifterror %error)
  call void @print_number(i64 %returned)
  %thrown = call swiftcc i64 @throws(i64 5, ptr swifterror %error)
  call void @print_number(i64 %thrown)
  ret i32 0
}
; CHECK:      program: 1001
; CHECK-NEXT: program: 14
; CHECK-NEXT: program: 8
; CHECK-NEXT: program: 8
; CHECK-NEXT: program: 21
; CHECK-NEXT: program: 1006
; CHECK-NEXT: program: 5
