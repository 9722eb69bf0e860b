; `self` and an indirect result survive the hooks around a call; see swiftself.ll.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

%Pair = type { i64, i64 }
declare void @print_number(i64)

define swiftcc void @swapped(ptr noalias sret(%Pair) %result, i64 %extra, ptr swiftself %self) noinline {
  %second = getelementptr %Pair, ptr %self, i64 0, i32 1
  %a = load i64, ptr %self
  %b = load i64, ptr %second
  %c = add i64 %a, %extra
  %to = getelementptr %Pair, ptr %result, i64 0, i32 1
  store i64 %b, ptr %result
  store i64 %c, ptr %to
  ret void
}

define i32 @main() {
  %self = alloca %Pair
  %result = alloca %Pair
  store %Pair { i64 1, i64 2 }, ptr %self
  call swiftcc void @swapped(ptr noalias sret(%Pair) %result, i64 40, ptr swiftself %self)
  %second = getelementptr %Pair, ptr %result, i64 0, i32 1
  %sum = load volatile i64, ptr %second
  call void @print_number(i64 %sum)
  ret i32 0
}
; CHECK:      will swapped(Int64 40, pointer)
; CHECK-NEXT: load a value: Int64 1
; CHECK-NEXT: load a value: Int64 2
; CHECK-NEXT: did swapped
; CHECK:      program: 41
