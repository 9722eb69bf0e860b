// Stage 7: which changes between two runs are only what others bring about.

/// Tells changes that happened by themselves from those that follow.
///
/// A loop that makes ten rounds more changes the count of each line of its body, of the iterator's
/// calls, which have no line, and of all that the functions called there do. Only the first line of
/// the body is a change of its own. The others follow, by one of three rules:
///
/// - a place without a line, where a line of the same function changed;
/// - a line whose count grew by the same factor as that of an earlier line of its function;
/// - a place whose count grew by the same factor as the number of its function's calls, and one of
///   these calls is known to have changed.
struct ChangeCauses {
  private let changes: [RunDiff.Change]
  private let before, after: [String: UInt64]
  private var consequences: Set<Int> = []

  /// - Parameters:
  ///   - before: how often each function began, in the first run.
  ///   - after: the same in the second.
  init(_ changes: [RunDiff.Change], before: [String: UInt64], after: [String: UInt64]) {
    (self.changes, self.before, self.after) = (changes, before, after)
    let own = changes.indices.filter { !isProportionalToItsFunction(changes[$0]) }
    foldIntoLines(own)
    foldCalled(from: own)
  }

  func isConsequence(_ index: Int) -> Bool { consequences.contains(index) }

  private func isProportionalToItsFunction(_ change: RunDiff.Change) -> Bool {
    let function = change.place.function
    let (old, new) = (before[function] ?? 0, after[function] ?? 0)
    return old != new && Self.isSameFactor(change, old, new)
  }

  /// Whether a count grew from `old` to `new` by the same factor as another.
  private static func isSameFactor(
    _ change: RunDiff.Change, _ old: UInt64, _ new: UInt64
  ) -> Bool {
    change.after.multipliedFullWidth(by: old) == change.before.multipliedFullWidth(by: new)
  }

  private mutating func foldIntoLines(_ own: [Int]) {
    for indices in Dictionary(grouping: own, by: { changes[$0].place.function }).values {
      let withLine = indices.filter { changes[$0].place.line > 0 }
        .sorted { (changes[$0].place.line, $0) < (changes[$1].place.line, $1) }
      guard !withLine.isEmpty else { continue }
      consequences.formUnion(indices.filter { changes[$0].place.line == 0 })
      for (position, index) in withLine.enumerated() {
        let change = changes[index]
        // What is new or gone is a change of the program, each line for itself.
        guard change.before > 0, change.after > 0 else { continue }
        let follows = withLine[..<position].contains {
          changes[$0].before > 0 && Self.isSameFactor(change, changes[$0].before, changes[$0].after)
        }
        if follows { consequences.insert(index) }
      }
    }
  }

  /// Goes from changed calls to the functions called, and from these on.
  private mutating func foldCalled(from own: [Int]) {
    var byFunction = Dictionary(
      grouping: Set(changes.indices).subtracting(own), by: { changes[$0].place.function })
    var waiting = own
    while let index = waiting.popLast() {
      let place = changes[index].place
      guard place.kind == .calls, let inside = byFunction.removeValue(forKey: place.callee) else {
        continue
      }
      consequences.formUnion(inside)
      waiting += inside
    }
  }
}
