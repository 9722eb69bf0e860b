; Tags go along with values: through operations, phis, aggregates, vectors, memory and calls; none
; goes where no value goes. See tags.ll for the IR.
;
; RUN: %tagged %inputs/tags.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %tagged %inputs/tags.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

declare void @sink(i64)
declare void @sink_two(i64, double)
declare i64 @call_with(ptr, i64)
declare i64 @same(i64)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)

@cell = global i64 0
@narrow = global [4 x i32] zeroinitializer
@function = global ptr @add
@zero = global i64 0

define i64 @secret() noinline {
  ret i64 40
}
define i64 @other() noinline {
  ret i64 2
}
define i64 @add(i64 %a, i64 %b) noinline {
  %s = add i64 %a, %b
  ret i64 %s
}
define i64 @increment(i64 %a) noinline {
  %s = add i64 %a, 1
  ret i64 %s
}
define { i64, double } @pair(i64 %a) noinline {
  %p = insertvalue { i64, double } poison, i64 %a, 0
  %q = insertvalue { i64, double } %p, double 0.5, 1
  ret { i64, double } %q
}
define i64 @left_over(i1 %writes, i64 %value) noinline {
  %slot = alloca [4 x i64]
  br i1 %writes, label %write, label %read
write:
  call void @escape(ptr %slot)
  store volatile i64 %value, ptr %slot
  br label %read
read:
  call void @escape(ptr %slot)
  %v = load volatile i64, ptr %slot
  ret i64 %v
}
define void @escape(ptr %p) noinline {
  ret void
}
define i64 @sum_to(i64 %n) noinline {
  %done = icmp eq i64 %n, 0
  br i1 %done, label %end, label %more
more:
  %m = sub i64 %n, 1
  %rest = call i64 @sum_to(i64 %m)
  %sum = add i64 %rest, 1
  ret i64 %sum
end:
  ret i64 0
}

define i32 @main() {
  %s = call i64 @secret()
  %o = call i64 @other()
  %z = load volatile i64, ptr @zero

; CHECK:      sink: argument 0 is 42, tag 3, type 5
  %both = call i64 @add(i64 %s, i64 %o)
  call void @sink(i64 %both)
; CHECK-NEXT: sink: argument 0 is 5, tag 0, type 5
  %none = call i64 @add(i64 2, i64 3)
  call void @sink(i64 %none)

; A pointer to a function is called like the function.
; CHECK-NEXT: sink: argument 0 is 41, tag 1, type 5
  %f = load volatile ptr, ptr @function
  %indirect = call i64 %f(i64 %s, i64 1)
  call void @sink(i64 %indirect)

; A choice has the tag of what is chosen.
; CHECK-NEXT: sink: argument 0 is 2, tag 2, type 5
  %is = icmp eq i64 %z, 1
  %chosen = select i1 %is, i64 %s, i64 %o
  call void @sink(i64 %chosen)
  br i1 %is, label %a, label %b
a:
  br label %b
b:
; CHECK-NEXT: sink: argument 0 is 40, tag 1, type 5
  %merged = phi i64 [ %s, %0 ], [ %o, %a ]
  call void @sink(i64 %merged)

; Parts have tags of their own.
; CHECK-NEXT: sink_two: argument 0 is 40, tag 1, type 5
; CHECK-NEXT: sink_two: argument 1 is 4602678819172646912, tag 0, type 9
  %pair = call { i64, double } @pair(i64 %s)
  %first = extractvalue { i64, double } %pair, 0
  %second = extractvalue { i64, double } %pair, 1
  call void @sink_two(i64 %first, double %second)

; CHECK-NEXT: sink: argument 0 is 43, tag 1, type 5
; CHECK-NEXT: sink: argument 0 is 9, tag 0, type 5
  %v0 = insertelement <2 x i64> <i64 0, i64 7>, i64 %s, i32 0
  %v1 = add <2 x i64> %v0, <i64 3, i64 2>
  %e0 = extractelement <2 x i64> %v1, i32 0
  %e1 = extractelement <2 x i64> %v1, i32 1
  call void @sink(i64 %e0)
  call void @sink(i64 %e1)

; The value of checked arithmetic.
; CHECK-NEXT: sink: argument 0 is 42, tag 3, type 5
  %checked = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %s, i64 %o)
  %value = extractvalue { i64, i1 } %checked, 0
  call void @sink(i64 %value)

; Memory has a value's tag until another value lies there.
; CHECK-NEXT: sink: argument 0 is 40, tag 1, type 5
; CHECK-NEXT: sink: argument 0 is 6, tag 0, type 5
  store volatile i64 %s, ptr @cell
  %loaded = load volatile i64, ptr @cell
  call void @sink(i64 %loaded)
  store volatile i64 6, ptr @cell
  %loaded.again = load volatile i64, ptr @cell
  call void @sink(i64 %loaded.again)

; Halves of a word are apart.
; CHECK-NEXT: sink: argument 0 is 2, tag 2, type 5
; CHECK-NEXT: sink: argument 0 is 0, tag 0, type 5
  %o32 = trunc i64 %o to i32
  %upper = getelementptr i32, ptr @narrow, i64 1
  store volatile i32 %o32, ptr %upper
  %half = load volatile i32, ptr %upper
  %lower = load volatile i32, ptr @narrow
  %half.wide = sext i32 %half to i64
  %lower.wide = sext i32 %lower to i64
  call void @sink(i64 %half.wide)
  call void @sink(i64 %lower.wide)

; Copies carry tags, of halves too; what is filled has none.
; CHECK-NEXT: sink: argument 0 is 2, tag 2, type 5
; CHECK-NEXT: sink: argument 0 is 0, tag 0, type 5
  %copy = alloca [4 x i32], align 8
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %copy, ptr align 8 @narrow, i64 16, i1 false)
  %there = getelementptr i32, ptr %copy, i64 1
  %copied = load volatile i32, ptr %there
  %copied.wide = sext i32 %copied to i64
  call void @sink(i64 %copied.wide)
  call void @llvm.memset.p0.i64(ptr align 8 %copy, i8 0, i64 16, i1 false)
  %filled = load volatile i32, ptr %there
  %filled.wide = sext i32 %filled to i64
  call void @sink(i64 %filled.wide)

; A stack slot has no tag of a call before.
; CHECK-NEXT: sink: argument 0 is 40, tag 1, type 5
; CHECK-NEXT: sink: argument 0 is {{.*}}, tag 0, type 5
  %kept = call i64 @left_over(i1 true, i64 %s)
  call void @sink(i64 %kept)
  %left = call i64 @left_over(i1 false, i64 0)
  call void @sink(i64 %left)

; Nobody else takes what a primitive was given.
; CHECK-NEXT: sink: argument 0 is 41, tag 0, type 5
; CHECK-NEXT: sink: argument 0 is 40, tag 0, type 5
  %through = call i64 @call_with(ptr @increment, i64 %s)
  call void @sink(i64 %through)
  %lost = call i64 @same(i64 %s)
  call void @sink(i64 %lost)
; CHECK-NEXT: sink: argument 0 is 41, tag 1, type 5
  %direct = call i64 @increment(i64 %s)
  call void @sink(i64 %direct)

; What only says how often has no tag.
; CHECK-NEXT: sink: argument 0 is 40, tag 0, type 5
  %counted = call i64 @sum_to(i64 %s)
  call void @sink(i64 %counted)
; CHECK-DAG:  lost in same: 1
; CHECK-DAG:  lost in sink: 11
  ret i32 0
}
