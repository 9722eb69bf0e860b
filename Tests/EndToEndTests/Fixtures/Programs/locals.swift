/// Variables of every kind that a debugger can show without knowing Swift.
struct Pair { var first: Int, second: Double }
final class Node { var value = 7; var next: Node? }

@inline(never) func sum(_ values: [Int], _ scale: Double, from start: Int) -> Double {
  var sum = start
  for value in values {
    let doubled = value * 2
    sum += doubled
    keep(sum)
  }
  let pair = Pair(first: sum, second: scale)
  keep(pair.first)
  return Double(pair.first) * pair.second
}

@inline(never) func generic<T: Comparable>(_ left: T, _ right: T, _ count: Int) -> Bool {
  let isLess = left < right
  keep(count)
  return isLess
}

@inline(never) func nodes(_ count: Int) throws -> Int {
  let node = Node()
  var index = 0
  while index < count {
    node.value += index
    index += 1
  }
  let closure = { (step: Int) -> Int in
    let next = step + node.value
    keep(next)
    return next
  }
  return closure(index)
}

@inline(never) func later(_ count: Int) async -> Int {
  let before = count + 1
  await Task.yield()
  let after = before * 2
  keep(after)
  return after
}

nonisolated(unsafe) var kept = 0
@inline(never) func keep(_ value: Int) { kept = value }

@main struct Main {
  static func main() async throws {
    print(sum([1, 2, 3], 0.5, from: 10), generic(1, 2, 3), try nodes(4), await later(5), kept)
  }
}
