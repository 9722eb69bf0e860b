// Ratios of numbers, one of which is none; for contexts that repair values on their way.

func ratio(_ a: Double, _ b: Double) -> Double {
  a / b
}

func ratios(_ pairs: [(Double, Double)]) -> [Double] {
  var result: [Double] = []
  for (a, b) in pairs { result.append(ratio(a, b)) }
  return result
}

let all = ratios([(4, 2), (0, 0), (1, 2)])
print(all)
print("the sum is \(all.reduce(0, +))")
