// The plainest loop over an array, with Swift's checked addition: one load an element.

@main
struct Sum: Kernel {
  static var rounds: Int { 3500 }

  let values = (0..<400_000).map { $0 & 0xff }

  mutating func round(_ index: Int) -> Int {
    sum(values, from: index & 7)
  }
}

func sum(_ values: [Int], from first: Int) -> Int {
  var total = first
  for value in values { total += value }
  return total
}
