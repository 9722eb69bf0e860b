func f() {
  try f(x)
  let y = x
}
