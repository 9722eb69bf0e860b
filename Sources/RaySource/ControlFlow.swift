/// A function's blocks as a graph: dominators and loops.
///
/// Immediate dominators as in Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm"
/// (2001); loops are natural loops, one for each header.
struct ControlFlow {
  let count: Int
  let successors: [[Int]]
  private(set) var predecessors: [[Int]]
  /// The place of a block in reverse postorder; nil for one that is never reached.
  private(set) var order: [Int?]
  private(set) var immediateDominator: [Int?]
  /// The blocks of the loop that a header has.
  private(set) var loops: [Int: Set<Int>] = [:]

  /// - Throws: `SourceError` if control flow enters a loop at two places.
  init(successors: [[Int]]) throws(SourceError) {
    count = successors.count
    self.successors = successors
    predecessors = Array(repeating: [], count: count)
    order = Array(repeating: nil, count: count)
    immediateDominator = Array(repeating: nil, count: count)
    let sequence = Self.reversePostorder(successors)
    for (position, block) in sequence.enumerated() { order[block] = position }
    for block in sequence {
      for next in successors[block] where !predecessors[next].contains(block) {
        predecessors[next].append(block)
      }
    }
    findDominators(sequence)
    try findLoops(sequence)
  }

  private static func reversePostorder(_ successors: [[Int]]) -> [Int] {
    var seen: Set<Int> = [0]
    var postorder: [Int] = []
    var stack: [(block: Int, next: Int)] = [(0, 0)]
    while let top = stack.last {
      if top.next < successors[top.block].count {
        stack[stack.count - 1].next += 1
        let next = successors[top.block][top.next]
        if seen.insert(next).inserted { stack.append((next, 0)) }
      } else {
        postorder.append(top.block)
        stack.removeLast()
      }
    }
    return postorder.reversed()
  }

  private mutating func findDominators(_ sequence: [Int]) {
    immediateDominator[0] = 0
    var changed = true
    while changed {
      changed = false
      for block in sequence.dropFirst() {
        var best: Int?
        for previous in predecessors[block] where immediateDominator[previous] != nil {
          best = best.map { common($0, previous) } ?? previous
        }
        if immediateDominator[block] != best {
          immediateDominator[block] = best
          changed = true
        }
      }
    }
  }

  private func common(_ left: Int, _ right: Int) -> Int {
    var (left, right) = (left, right)
    while left != right {
      while order[left]! > order[right]! { left = immediateDominator[left]! }
      while order[right]! > order[left]! { right = immediateDominator[right]! }
    }
    return left
  }

  func dominates(_ block: Int, _ other: Int) -> Bool {
    var other = other
    while order[other]! > order[block]! { other = immediateDominator[other]! }
    return other == block
  }

  private mutating func findLoops(_ sequence: [Int]) throws(SourceError) {
    for block in sequence {
      for next in successors[block] where order[next]! <= order[block]! {
        guard dominates(next, block) else {
          throw SourceError("a loop that is entered at two places (irreducible control flow)")
        }
        var members = loops[next] ?? [next]
        var work = [block]
        while let member = work.popLast() {
          guard members.insert(member).inserted else { continue }
          work += predecessors[member]
        }
        loops[next] = members
      }
    }
  }

  func isBackEdge(_ from: Int, _ to: Int) -> Bool { loops[to]?.contains(from) ?? false }

  /// The edges that enter a block, those of its own loop aside.
  func forwardPredecessors(_ block: Int) -> [Int] {
    predecessors[block].filter { !isBackEdge($0, block) }
  }

  /// The headers of the loops that a block is in, the outermost first.
  func headers(around block: Int) -> [Int] {
    loops.filter { $0.value.contains(block) }.sorted { $0.value.count > $1.value.count }.map(\.key)
  }
}
