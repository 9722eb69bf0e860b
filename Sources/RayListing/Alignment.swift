/// Which lines of two functions are the same, whatever their values are called.
///
/// Cost: that of `difference(from:)` between lines that occur once in both.
struct Alignment {
  /// For each line of the one before, its partner's index.
  private(set) var partners: [Int?]

  /// Longer stretches without a common line are not compared line by line.
  private static let longest = 4000

  init(_ before: [Int], _ after: [Int]) {
    partners = Array(repeating: nil, count: before.count)
    align(before, before.indices, after, after.indices)
  }

  private mutating func align(
    _ before: [Int], _ left: Range<Int>, _ after: [Int], _ right: Range<Int>
  ) {
    var left = left
    var right = right
    while !left.isEmpty, !right.isEmpty, before[left.lowerBound] == after[right.lowerBound] {
      partners[left.lowerBound] = right.lowerBound
      left.removeFirst()
      right.removeFirst()
    }
    while !left.isEmpty, !right.isEmpty, before[left.upperBound - 1] == after[right.upperBound - 1]
    {
      partners[left.upperBound - 1] = right.upperBound - 1
      left.removeLast()
      right.removeLast()
    }
    guard !left.isEmpty, !right.isEmpty else { return }
    let anchors = Self.anchors(before, left, after, right)
    if anchors.isEmpty { return compare(before, left, after, right) }
    var start = (left.lowerBound, right.lowerBound)
    for anchor in anchors {
      align(before, start.0..<anchor.before, after, start.1..<anchor.after)
      partners[anchor.before] = anchor.after
      start = (anchor.before + 1, anchor.after + 1)
    }
    align(before, start.0..<left.upperBound, after, start.1..<right.upperBound)
  }

  private mutating func compare(
    _ before: [Int], _ left: Range<Int>, _ after: [Int], _ right: Range<Int>
  ) {
    guard left.count + right.count <= Self.longest else { return }
    let difference = after[right].difference(from: before[left])
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(left.lowerBound + offset)
      case .insert(let offset, _, _): inserted.insert(right.lowerBound + offset)
      }
    }
    for (one, other) in zip(
      left.lazy.filter { !removed.contains($0) }, right.lazy.filter { !inserted.contains($0) })
    {
      partners[one] = other
    }
  }

  /// Lines that occur once on either side, in an order that both have.
  private static func anchors(
    _ before: [Int], _ left: Range<Int>, _ after: [Int], _ right: Range<Int>
  ) -> [(before: Int, after: Int)] {
    var places: [Int: (before: Int, after: Int, count: Int, other: Int)] = [:]
    for index in left { places[before[index], default: (0, 0, 0, 0)].count += 1 }
    for index in right { places[after[index]]?.other += 1 }
    for index in left { places[before[index]]?.before = index }
    for index in right { places[after[index]]?.after = index }
    let unique = places.values.filter { $0.count == 1 && $0.other == 1 }
      .sorted { $0.before < $1.before }.map { ($0.before, $0.after) }
    return longestIncreasing(unique)
  }

  /// The longest part of the pairs in which the second numbers grow as the first ones do.
  private static func longestIncreasing(
    _ pairs: [(before: Int, after: Int)]
  ) -> [(before: Int, after: Int)] {
    var ends: [Int] = []
    var previous = [Int?](repeating: nil, count: pairs.count)
    for index in pairs.indices {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].after < pairs[index].after {
          low = middle + 1
        } else {
          high = middle
        }
      }
      previous[index] = low > 0 ? ends[low - 1] : nil
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var result: [(before: Int, after: Int)] = []
    var current = ends.last
    while let index = current {
      result.append(pairs[index])
      current = previous[index]
    }
    return result.reversed()
  }
}
