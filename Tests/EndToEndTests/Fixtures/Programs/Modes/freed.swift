/// Reads memory that has been given back.
@inline(never) func broken(_ count: Int) -> Int {
  let numbers = UnsafeMutablePointer<Int>.allocate(capacity: count)
  for index in 0..<count { numbers[index] = index }
  numbers.deallocate()
  return numbers[count / 2]
}
print("before")
print(broken(10))
