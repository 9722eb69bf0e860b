public func mean(of values: [Double]) -> Double {
  var sum = 0.0
  for value in values { sum += value }
  return sum / Double(values.count)
}
