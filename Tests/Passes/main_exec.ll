; A program without a single event has a context that starts and ends; see main.ll.
;
; RUN: %build %inputs/count.ll %s %t && %t | %FileCheck %s --match-full-lines

define i32 @main() {
  ret i32 0
}
; CHECK: count: 0 calls, 0 loads
