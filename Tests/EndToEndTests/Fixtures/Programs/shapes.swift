struct TooLong: Error {}

@inline(never) func area(_ width: Double, _ height: Double) throws -> Double {
  if width > 100 { throw TooLong() }
  return width * height
}

print(try area(2, 3))
do { print(try area(101, 1)) } catch { print("caught \(error)") }
