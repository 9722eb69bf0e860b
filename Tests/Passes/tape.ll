; A hook that writes to a recording calls rayc_tape_turn where its block is full. That runs none of
; the program's code, so the hook is a leaf: it comes into each module and has no guard. It follows
; a pointer in its value, which is NULL while its thread is switched off: nothing need be asked.
;
; RUN: %split-file %s %t
; RUN: %opt -S -passes=rayc-context %t/tape.ll | %FileCheck %s --check-prefix=TAPE
; RUN: %opt -S -passes=rayc-context %t/pointer.ll | %FileCheck %s --check-prefix=POINTER
; RUN: %opt -S -passes=rayc-context %t/call.ll | %FileCheck %s --check-prefix=CALL

; TAPE-NOT:     rayc_stopped
; TAPE:         define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) #[[HOOK:[0-9]+]]
; TAPE:           call preserve_mostcc ptr @rayc_tape_turn(ptr %at, ptr %site, i64 0, i64 0)
; TAPE-NOT:     rayc-acts-outside
; TAPE:         attributes #[[HOOK]] = { {{.*}}"rayc-import"

; POINTER:      attributes #{{[0-9]+}} = { "rayc-acts-outside" {{.*}}"rayc-import"
; CALL:         rayc_stopped

;--- tape.ll
define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

declare preserve_mostcc ptr @rayc_tape_turn(ptr, ptr, i64, i64)

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %at = load ptr, ptr %state
  %low = ptrtoint ptr %at to i16
  %full = icmp eq i16 %low, 0
  br i1 %full, label %turn, label %put

turn:
  %next = call preserve_mostcc ptr @rayc_tape_turn(ptr %at, ptr %site, i64 0, i64 0)
  br label %end

put:
  store i16 16, ptr %at
  %behind = getelementptr i8, ptr %at, i64 2
  br label %end

end:
  %new = phi ptr [ %next, %turn ], [ %behind, %put ]
  store ptr %new, ptr %state
  ret void
}

;--- pointer.ll
define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  %at = load ptr, ptr %state
  store i16 16, ptr %at
  ret void
}

;--- call.ll
define i64 @rayc_context_size() {
  ret i64 8
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

declare void @other(ptr)

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  call void @other(ptr %site)
  ret void
}
