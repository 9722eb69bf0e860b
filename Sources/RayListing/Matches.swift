/// Which function after is which function before: by symbol, then by content, then by likeness.
struct Matches {
  struct Pair {
    var before: ListedFunction?
    var after: ListedFunction?
  }

  /// In the order of the module after, with what was removed where it stood.
  private(set) var pairs: [Pair] = []
  /// What functions after were called before, where that is another name.
  private(set) var names: [String: String] = [:]

  /// Two functions that share less of their lines are two functions.
  private static let likeness = 0.6
  /// Comparing all with all is for modules with few renamed functions.
  private static let mostCandidates = 400

  init(_ before: [ListedFunction], _ after: [ListedFunction]) {
    let known = Dictionary(before.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
    let there = Set(after.map(\.symbol))
    var gone = before.filter { !there.contains($0.symbol) }
    let new = after.filter { known[$0.symbol] == nil }
    var partners: [String: ListedFunction] = [:]
    Self.pairEqual(&gone, new, &partners)
    Self.pairAlike(&gone, new.filter { partners[$0.symbol] == nil }, &partners)
    for function in after {
      let partner = known[function.symbol] ?? partners[function.symbol]
      pairs.append(Pair(before: partner, after: function))
      if let partner, partner.symbol != function.symbol {
        names[function.symbol] = partner.symbol
      }
    }
    pairs += gone.map { Pair(before: $0, after: nil) }
  }

  /// Functions with the same lines, but for their own names.
  private static func pairEqual(
    _ gone: inout [ListedFunction], _ new: [ListedFunction],
    _ partners: inout [String: ListedFunction]
  ) {
    guard !gone.isEmpty, !new.isEmpty else { return }
    var left = Dictionary(grouping: gone, by: \.content)
    for function in new {
      guard let found = left[function.content]?.first else { continue }
      left[function.content]?.removeFirst()
      partners[function.symbol] = found
    }
    let taken = Set(partners.values.map(\.symbol))
    gone.removeAll { taken.contains($0.symbol) }
  }

  private static func pairAlike(
    _ gone: inout [ListedFunction], _ new: [ListedFunction],
    _ partners: inout [String: ListedFunction]
  ) {
    guard !gone.isEmpty, gone.count <= mostCandidates, new.count <= mostCandidates else { return }
    var shapes = Shapes()
    func bag(_ function: ListedFunction) -> [Int: Int] {
      var counts: [Int: Int] = [:]
      for line in function.lines where line.kind == .instruction {
        counts[shapes.number(of: line, in: function) { _ in nil }, default: 0] += 1
      }
      return counts
    }
    let olds = gone.map(bag)
    var free = Set(gone.indices)
    for function in new {
      let counts = bag(function)
      let best = free.map { ($0, similarity(olds[$0], counts)) }.max {
        ($0.1, $1.0) < ($1.1, $0.0)
      }
      guard let best, best.1 >= likeness else { continue }
      partners[function.symbol] = gone[best.0]
      free.remove(best.0)
    }
    gone = gone.indices.filter(free.contains).map { gone[$0] }
  }

  /// The share of lines that both have.
  private static func similarity(_ one: [Int: Int], _ two: [Int: Int]) -> Double {
    let total = one.values.reduce(0, +) + two.values.reduce(0, +)
    // A function of a line or two is like any other.
    guard total >= 8 else { return 0 }
    let common = one.reduce(0) { $0 + min($1.value, two[$1.key] ?? 0) }
    return Double(2 * common) / Double(total)
  }
}

extension ListedFunction {
  /// Its lines without its own name.
  fileprivate var content: [[ListedLine.Piece]] {
    let own = symbol
    return comparedLines.map { line in
      line.pieces.map { $0.renaming { $0 == own ? "self" : nil } }
    }
  }
}
