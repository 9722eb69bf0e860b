// A binary search tree of class instances: allocation, retain and release at every step.
// Reported apart from the others: most of its time is the Swift runtime's atomics.

final class Node {
  let key: Int
  var left: Node?
  var right: Node?

  init(_ key: Int) { self.key = key }

  func insert(_ newKey: Int) {
    if newKey < key {
      if let left { left.insert(newKey) } else { left = Node(newKey) }
    } else if newKey > key {
      if let right { right.insert(newKey) } else { right = Node(newKey) }
    }
  }

  func contains(_ wanted: Int) -> Bool {
    if wanted == key { return true }
    return (wanted < key ? left : right)?.contains(wanted) ?? false
  }

  func sum() -> Int {
    key &+ (left?.sum() ?? 0) &+ (right?.sum() ?? 0)
  }
}

@main
struct Tree: Kernel {
  static var rounds: Int { 50 }

  mutating func round(_ index: Int) -> Int {
    var random = Sequence64(seed: UInt64(index) &* 77 &+ 1)
    let root = Node(50_000)
    for _ in 0..<20_000 { root.insert(random.next(below: 100_000)) }
    var hits = 0
    for wanted in 0..<20_000 where root.contains(wanted &* 5) { hits += 1 }
    return root.sum() &+ hits
  }
}
