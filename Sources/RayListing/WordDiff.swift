/// Which words of a line changed.
struct WordDiff {
  private var pieces: [(kind: FunctionDiff.Row.Kind, text: String)] = []

  init(_ before: String, _ after: String) {
    let old = Self.words(before)
    let new = Self.words(after)
    let difference = new.difference(from: old)
    let removed = Set(difference.removals.map(\.offset))
    let inserted = Set(difference.insertions.map(\.offset))
    var next = 0
    for (index, word) in old.enumerated() {
      if removed.contains(index) {
        add(.removed, word)
        continue
      }
      while inserted.contains(next) {
        add(.added, new[next])
        next += 1
      }
      add(.same, word)
      next += 1
    }
    for word in new[min(next, new.count)...] { add(.added, word) }
  }

  private mutating func add(_ kind: FunctionDiff.Row.Kind, _ word: String) {
    if pieces.last?.kind == kind {
      pieces[pieces.count - 1].text += word
    } else {
      pieces.append((kind, word))
    }
  }

  func text(removed: (String) -> String, added: (String) -> String) -> String {
    pieces.map { piece in
      switch piece.kind {
      case .same, .moved: piece.text
      case .removed: removed(piece.text)
      case .added: added(piece.text)
      }
    }.joined()
  }

  /// Names and numbers as a whole, everything else letter by letter.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var isInName = false
    for letter in line {
      let isName = letter.isLetter || letter.isNumber || "_.$%@".contains(letter)
      if isName, isInName {
        words[words.count - 1].append(letter)
      } else {
        words.append(String(letter))
      }
      isInName = isName
    }
    return words
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
