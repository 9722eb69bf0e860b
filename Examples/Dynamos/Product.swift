// What the dynamos of Guide.swift transform.

@inline(never)
func mul(_ a: Int, _ b: Int) -> Int { a * b }

@inline(never)
func product(_ numbers: [Int]) -> Int {
  var result = numbers[0]
  for number in numbers.dropFirst() { result = mul(result, number) }
  return result
}

/// How often a function was entered, where the dynamo Counter has put in calls of this.
nonisolated(unsafe) var calls = 0

@_cdecl("count")
public func count() { calls += 1 }

print("mul:", mul(5, 10))
print("product:", product([5, 10]))
if calls > 0 { print("calls:", calls) }
