; The hook `outcome` gets a record of the value and the error that a call has left; what it leaves
; in it is what the program finds, in the call's registers and in the slot for errors. Without it
; nothing of that is emitted.
;
; RUN: %show %inputs/outcome.ll %s | %FileCheck %s
; RUN: %show %inputs/log.ll %s | %FileCheck %s --check-prefix=ABSENT

; ABSENT-NOT: rayc_hook_outcome

; main.text() throws -> String
declare swiftcc { i64, ptr } @"$s4main4textSSyKF"(ptr swiftself, ptr swifterror)
; main.half(Int) throws(main.E) -> Int, where E is a UInt8
declare swiftcc i64 @"$s4main4halfyS2is5UInt8VYKF"(i64, ptr swiftself, ptr swifterror)
; main.number() throws(Int) -> Double: in memory
declare swiftcc double @"$s4main6numberSdySiYKF"(ptr swiftself, ptr swifterror, ptr)
; main.quiet() -> ()
declare swiftcc void @"$s4main5quietyyKF"(ptr swiftself, ptr swifterror)

define swiftcc { i64, ptr } @boxed(ptr swifterror %error) {
  %r = call swiftcc { i64, ptr } @"$s4main4textSSyKF"(ptr swiftself undef, ptr swifterror %error)
  %thrown = load ptr, ptr %error
  %failed = icmp ne ptr %thrown, null
  br i1 %failed, label %throw, label %return
throw:
  ret { i64, ptr } undef
return:
  ret { i64, ptr } %r
}
; CHECK-LABEL: define swiftcc { i64, ptr } @boxed(
; CHECK:         %r = call swiftcc { i64, ptr }
; CHECK:         %[[THROWN:.+]] = load ptr, ptr %error
; CHECK:         %[[ENABLED:.+]] = call i1 @rayc_enabled(
; CHECK:         br i1 %[[ENABLED]], label %[[TURN:.+]], label %[[REST:.+]]
; CHECK:       [[TURN]]:
; CHECK:         store { i64, ptr } %r, ptr %[[VALUE:[^,]+]]
; CHECK:         store ptr %[[VALUE]],
; CHECK:         store ptr @rayc.type.SS.s5Int64V_SVSgt,
; CHECK:         store ptr %[[THROWN]], ptr %[[ERROR:[^,]+]]
; CHECK:         store ptr %[[ERROR]],
; CHECK:         store ptr null,
; CHECK:         call void @rayc_hook_outcome(
; CHECK:         %[[NEW:.+]] = load ptr, ptr %[[ERROR]]
; CHECK:         %[[LEFT:.+]] = select i1 %{{.+}}, ptr %[[NEW]], ptr null
; CHECK:         store ptr %[[LEFT]], ptr %error
; CHECK:         %[[CHANGED:.+]] = load { i64, ptr }, ptr %[[VALUE]]
; CHECK:       [[REST]]:
; CHECK:         %[[RESULT:.+]] = phi { i64, ptr }{{.*}}%[[CHANGED]]
; CHECK:         ret { i64, ptr } %[[RESULT]]

; Result and error share a register.
define swiftcc i64 @shared(i64 %x, ptr swifterror %error) {
  %r = call swiftcc i64 @"$s4main4halfyS2is5UInt8VYKF"(i64 %x, ptr swiftself undef, ptr swifterror %error)
  %thrown = load ptr, ptr %error
  %failed = icmp ne ptr %thrown, null
  br i1 %failed, label %throw, label %return
throw:
  ret i64 undef
return:
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @shared(
; CHECK:         store i64 %r, ptr
; CHECK:         store ptr @rayc.type.Si,
; CHECK:         trunc i64 %r to i8
; CHECK:         store ptr @rayc.type.s5UInt8V,
; CHECK:         call void @rayc_hook_outcome(
; CHECK:         select i1 %[[THREW:.+]], ptr inttoptr (i64 1 to ptr), ptr null
; CHECK:         zext i8 %{{.+}} to i64
; CHECK:         select i1 %[[THREW]], i64

; The error has an address of its own.
define swiftcc double @apart(ptr swifterror %error) {
  %place = alloca i64
  %r = call swiftcc double @"$s4main6numberSdySiYKF"(ptr swiftself undef, ptr swifterror %error, ptr %place)
  %thrown = load ptr, ptr %error
  %failed = icmp ne ptr %thrown, null
  br i1 %failed, label %throw, label %return
throw:
  ret double undef
return:
  ret double %r
}
; CHECK-LABEL: define swiftcc double @apart(
; CHECK:         store ptr %place,
; CHECK:         store ptr @rayc.type.Si,
; CHECK:         call void @rayc_hook_outcome(

; The compiler knows that this call does not throw: nobody would see an error.
define swiftcc void @unchecked(ptr swifterror %error) {
  call swiftcc void @"$s4main5quietyyKF"(ptr swiftself undef, ptr swifterror %error)
  ret void
}
; CHECK-LABEL: define swiftcc void @unchecked(
; CHECK-NOT:     rayc_hook_outcome
; CHECK:         ret void
