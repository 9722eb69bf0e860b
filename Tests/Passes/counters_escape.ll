; Nothing is proved about any counter where the state's address gets out of sight: each part
; below is a hook beside a counting one (Inputs/counter_prefix.ll).
;
; RUN: split-file-22 %s %t
; RUN: cat %inputs/counter_prefix.ll %t/stored.ll | %opt -S -passes=rayc-context | %FileCheck %s
; RUN: cat %inputs/counter_prefix.ll %t/passed.ll | %opt -S -passes=rayc-context | %FileCheck %s
; RUN: cat %inputs/counter_prefix.ll %t/number.ll | %opt -S -passes=rayc-context | %FileCheck %s
; RUN: cat %inputs/counter_prefix.ll %t/indexed.ll | %opt -S -passes=rayc-context | %FileCheck %s
; RUN: cat %inputs/counter_prefix.ll %t/copied.ll | %opt -S -passes=rayc-context | %FileCheck %s
; RUN: cat %inputs/counter_prefix.ll %t/helper.ll | %opt -S -passes=rayc-context | %FileCheck %s
; RUN: cat %inputs/counter_prefix.ll %t/merged.ll | %opt -S -passes=rayc-context | %FileCheck %s

; CHECK-LABEL: define {{.*}}@rayc_hook_willCall(
; CHECK:         @llvm.sadd.with.overflow.i64

;--- stored.ll
; The address is kept for later.
@kept = global ptr null
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  store ptr %state, ptr @kept
  ret void
}

;--- passed.ll
; Code that cannot be read gets it.
declare void @elsewhere(ptr)
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %field = getelementptr i8, ptr %state, i64 8
  call void @elsewhere(ptr %field)
  ret void
}

;--- number.ll
; It becomes a number.
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %number = ptrtoint ptr %state to i64
  %sum = add i64 %number, 0
  %field = inttoptr i64 %sum to ptr
  store ptr %error, ptr %field
  ret void
}

;--- indexed.ll
; A store at an unknown distance.
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %index = load i64, ptr %site
  %field = getelementptr i64, ptr %state, i64 %index
  store ptr %error, ptr %field
  ret void
}

;--- copied.ll
; A copy of unknown bytes over it.
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  call void @llvm.memcpy.p0.p0.i64(ptr %state, ptr %error, i64 8, i1 false)
  ret void
}

;--- helper.ll
; A function of the context's own that stores an argument.
define internal void @helper(ptr %at, ptr %value) noinline {
  store ptr %value, ptr %at
  ret void
}
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  call void @helper(ptr %state, ptr %error)
  ret void
}

;--- merged.ll
; One of two addresses, the state among them.
@other = global i64 0
define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %threw = icmp ne ptr %error, null
  %field = select i1 %threw, ptr %state, ptr @other
  store ptr %error, ptr %field
  ret void
}
