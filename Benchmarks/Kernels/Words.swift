// A dictionary with string keys: hashing and comparing are calls into the standard library's binary.

@main
struct Words: Kernel {
  static var rounds: Int { 70 }

  let words: [String]

  init() {
    var random = Sequence64(seed: 7)
    let syllables = ["ka", "lo", "mi", "ren", "tu", "vash", "ori", "bel", "quo", "zen"]
    words = (0..<100_000).map { _ in
      (0...random.next(below: 4)).map { _ in syllables[random.next(below: 10)] }.joined()
    }
  }

  mutating func round(_ index: Int) -> Int {
    var counts: [String: Int] = [:]
    for word in words { counts[word, default: 0] += 1 }
    var most = 0
    for (_, count) in counts where count > most { most = count }
    return counts.count &* 1000 &+ most &+ index
  }
}
