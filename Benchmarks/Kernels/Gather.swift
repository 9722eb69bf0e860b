// Loads whose addresses come from loads: `values[indices[i]]`, over more than the L2 cache.

@main
struct Gather: Kernel {
  static var rounds: Int { 1000 }

  let values: [Int]
  let indices: [Int32]

  init() {
    var random = Sequence64(seed: 42)
    values = (0..<500_000).map { $0 ^ 0x55 }
    indices = (0..<500_000).map { _ in Int32(random.next(below: 500_000)) }
  }

  mutating func round(_ index: Int) -> Int {
    gather(values, at: indices, from: index & 7)
  }
}

func gather(_ values: [Int], at indices: [Int32], from first: Int) -> Int {
  var total = first
  for index in indices { total &+= values[Int(index)] }
  return total
}
