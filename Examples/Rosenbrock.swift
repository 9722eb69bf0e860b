// The Rosenbrock function, the usual first program for tools that look inside numeric code.

func rosenbrock(_ x: [Double]) -> Double {
  let a = 1.0
  let b = 100.0 * a
  var result = 0.0
  for i in 0..<(x.count - 1) {
    let first = a - x[i]
    let second = x[i + 1] - x[i] * x[i]
    result += first * first + b * (second * second)
  }
  return result
}

print(rosenbrock([1.0, 2.0, 3.0, 4.0]))
print(rosenbrock([1.0, 1.0, 1.0]))
