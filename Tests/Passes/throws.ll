; A call that may throw hands its error back in a swifterror slot. Only a call that returned
; has a result for the hook; didCall is told the error. The slot is a register in the end,
; so its loads are no sites.
;
; RUN: %show %inputs/log.ll %s | %FileCheck %s --implicit-check-not=rayc_hook_load

declare swiftcc i64 @f(i64, ptr swiftself, ptr swifterror)

define swiftcc i64 @tries(i64 %x) {
entry:
  %error = alloca swifterror ptr
  store ptr null, ptr %error
  %r = call swiftcc i64 @f(i64 %x, ptr swiftself undef, ptr swifterror %error)
  %thrown = load ptr, ptr %error
  %failed = icmp ne ptr %thrown, null
  br i1 %failed, label %catch, label %done
catch:
  ret i64 -1
done:
  ret i64 %r
}
; CHECK-LABEL: define swiftcc i64 @tries(i64 %x)
; CHECK:         call void @rayc_hook_willCall(
; CHECK-NEXT:    %r = call swiftcc i64 @f(i64 %x, ptr swiftself undef, ptr swifterror %error)
; CHECK-NEXT:    %[[ERROR:.+]] = load ptr, ptr %error
; CHECK-NEXT:    store ptr %[[ERROR]], ptr %{{.+}}
; CHECK-NEXT:    %[[RETURNED:.+]] = icmp eq ptr %[[ERROR]], null
; CHECK-NEXT:    br i1 %[[RETURNED]], label %[[RESULT:.+]], label %[[BEHIND:.+]]
; CHECK:       [[RESULT]]:
; CHECK-NEXT:    %[[HOOKED:.+]] = call i64 @rayc_hook_result_i64(ptr %{{.+}}, i64 %r, ptr @[[SITE:.+]])
; CHECK-NEXT:    br label %[[BEHIND]]
; CHECK:       [[BEHIND]]:
; CHECK-NEXT:    %[[MERGED:.+]] = phi i64 [ %[[HOOKED]], %[[RESULT]] ], [ %r, %entry ]
; CHECK-NEXT:    call void @rayc_hook_didCall(ptr %{{.+}}, ptr %[[ERROR]], ptr @[[SITE]])
; CHECK-NEXT:    %thrown = load ptr, ptr %error
; CHECK:         ret i64 %[[MERGED]]

; A function that passes errors on has the slot as a parameter; without a result, there is
; nothing to branch for.
declare swiftcc void @g(ptr swifterror)

define swiftcc void @passes_on(ptr swifterror %error) {
  call swiftcc void @g(ptr swifterror %error)
  ret void
}
; CHECK-LABEL: define swiftcc void @passes_on(
; CHECK:         call void @rayc_hook_willCall(ptr %{{.+}}, ptr null,
; CHECK-NEXT:    call swiftcc void @g(ptr swifterror %error)
; CHECK-NEXT:    %[[ERROR:.+]] = load ptr, ptr %error
; CHECK-NEXT:    store ptr %[[ERROR]], ptr %{{.+}}
; CHECK-NEXT:    call void @rayc_hook_didCall(ptr %{{.+}}, ptr %[[ERROR]],
; CHECK-NEXT:    ret void
