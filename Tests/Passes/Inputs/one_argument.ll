; A call of one argument, for tests that need one.
declare void @takes_one(i64)
define void @gives_one() {
  call void @takes_one(i64 1)
  ret void
}
