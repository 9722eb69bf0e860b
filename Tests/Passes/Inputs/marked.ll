; A library with a function that has a twin, as the pass makes it: a mark in front of `marked`
; leads to `marked_twin`, and the runtime is told when the library comes and goes.

declare void @rayc_code_loaded(ptr)
declare void @rayc_code_unloaded(ptr)

define i64 @marked() prefix <{ i64, i32, i32 }> <{
    i64 u0x9d7ac3f1e45b2086,
    i32 trunc (i64 sub (i64 ptrtoint (ptr @marked_twin to i64), i64 ptrtoint (ptr @marked to i64)) to i32),
    i32 0 }> {
  ret i64 1
}

define internal i64 @marked_twin() {
  ret i64 2
}

define i64 @unmarked() {
  ret i64 3
}

define internal void @loaded() {
  call void @rayc_code_loaded(ptr @loaded)
  ret void
}

define internal void @unloaded() {
  call void @rayc_code_unloaded(ptr @loaded)
  ret void
}

@llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 101, ptr @loaded, ptr null }]
@llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 101, ptr @unloaded, ptr null }]
