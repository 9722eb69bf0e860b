/// What has become of one function.
public struct FunctionDiff: Sendable {
  public enum Status: String, Sendable, Codable {
    case changed, added, removed, renamed
  }

  /// A line of one side or of both.
  public struct Row: Sendable {
    public enum Kind: String, Sendable, Codable {
      case same, removed, added
      /// Stood elsewhere in the function before.
      case moved
    }
    public var kind: Kind
    public var text: String
    public var place: SourcePlace?
  }

  public var status: Status
  /// Its symbols; nil on the side that lacks it.
  public var before: String?
  public var after: String?
  public var rows: [Row]

  public var added: Int { rows.count { $0.kind == .added } }
  public var removed: Int { rows.count { $0.kind == .removed } }
  public var moved: Int { rows.count { $0.kind == .moved } }
}

/// Compares two functions line by line.
struct FunctionComparison {
  var before: ListedFunction
  var after: ListedFunction
  /// What the other side calls a global.
  var renamed: (String) -> String?
  /// How a global is shown.
  var shown: (String) -> String?

  /// The differences; nil if there are none.
  func rows() -> [FunctionDiff.Row]? {
    let left = before.comparedLines
    let right = after.comparedLines
    var shapes = Shapes()
    let alignment = Alignment(
      left.map { shapes.number(of: $0, in: before) { _ in nil } },
      right.map { shapes.number(of: $0, in: after, renamed) })
    let naming = Naming(before)
    let names = Naming(after, like: before, naming, partners: partners(alignment, left, right))
    var rows: [FunctionDiff.Row] = []
    var next = 0
    func row(_ kind: FunctionDiff.Row.Kind, _ text: String, _ line: ListedLine) {
      rows.append(FunctionDiff.Row(kind: kind, text: text, place: line.place))
    }
    // A run of changed lines: first those that went, then those that came.
    var waiting: [(text: String, line: ListedLine)] = []
    func flush() {
      for (text, line) in waiting { row(.added, text, line) }
      waiting = []
    }
    func changed(_ old: ListedLine, _ new: ListedLine) {
      var texts = (naming.text(old, symbols: shown), names.text(new, symbols: shown))
      // Two symbols may look alike when they are short.
      if texts.0 == texts.1 { texts = (naming.text(old), names.text(new)) }
      row(.removed, texts.0, old)
      waiting.append((texts.1, new))
    }
    func came(_ line: ListedLine) { waiting.append((names.text(line, symbols: shown), line)) }
    for (index, line) in left.enumerated() {
      guard let partner = alignment.partners[index] else {
        flush()
        row(.removed, naming.text(line, symbols: shown), line)
        continue
      }
      right[next..<partner].forEach(came)
      next = partner + 1
      if naming.text(line) == names.text(right[partner], symbols: renamed) {
        flush()
        row(.same, naming.text(line, symbols: shown), line)
      } else {
        changed(line, right[partner])
      }
    }
    right[next...].forEach(came)
    flush()
    return rows.contains { $0.kind != .same } ? Self.findMoved(rows) : nil
  }

  /// A line that went and came elsewhere has moved, and is shown where it is now.
  private static func findMoved(_ rows: [FunctionDiff.Row]) -> [FunctionDiff.Row] {
    var gone: [String: Int] = [:]
    for row in rows where row.kind == .removed { gone[row.text, default: 0] += 1 }
    var moved: [String: Int] = [:]
    var rows = rows
    for index in rows.indices where rows[index].kind == .added {
      let text = rows[index].text
      guard let left = gone[text], left > 0 else { continue }
      gone[text] = left - 1
      moved[text, default: 0] += 1
      rows[index].kind = .moved
    }
    return rows.filter { row in
      guard row.kind == .removed, let left = moved[row.text], left > 0 else { return true }
      moved[row.text] = left - 1
      return false
    }
  }

  /// By number of a value after: its number before.
  private func partners(
    _ alignment: Alignment, _ left: [ListedLine], _ right: [ListedLine]
  ) -> [Int: Int] {
    var result: [Int: Int] = [:]
    // Parameters and the first block are the same if they are of the same kind.
    for number in before.values.indices
    where number < after.values.count && ["arg", "entry"].contains(before.values[number].kind)
      && before.values[number].kind == after.values[number].kind
    {
      result[number] = number
    }
    for (index, partner) in alignment.partners.enumerated() {
      if let partner, let old = left[index].defines, let new = right[partner].defines {
        result[new] = old
      }
    }
    pairChanged(alignment, left, right, &result)
    return result
  }

  /// Between lines that are the same, a value of a kind takes the place of one of that kind: what
  /// uses it has not changed.
  private func pairChanged(
    _ alignment: Alignment, _ left: [ListedLine], _ right: [ListedLine], _ result: inout [Int: Int]
  ) {
    var waiting: [String: [Int]] = [:]
    var next = 0
    func pair(upTo end: Int) {
      for line in right[next..<end] {
        guard let new = line.defines else { continue }
        let kind = after.values[new].kind
        guard let old = waiting[kind]?.first else { continue }
        waiting[kind]?.removeFirst()
        result[new] = old
      }
      waiting = [:]
    }
    for (index, partner) in alignment.partners.enumerated() {
      if let partner {
        pair(upTo: partner)
        next = partner + 1
      } else if let old = left[index].defines {
        waiting[before.values[old].kind, default: []].append(old)
      }
    }
    pair(upTo: right.count)
  }
}

extension ListedFunction {
  /// All lines but those that only describe; traps without their line in the source.
  var comparedLines: [ListedLine] {
    [header] + lines.lazy.filter { $0.kind != .debugRecord }.map(\.withoutTrapLine)
  }
}

extension ListedLine {
  /// What Swift calls to stop with a message, with file and line.
  private static let trap = "_assertionFailure__4file4line5flags"

  /// A statement above moves the line that a trap reports, and nothing else of its function:
  /// `i64 484, i32 1)` becomes `i64 …, i32 1)`.
  fileprivate var withoutTrapLine: ListedLine {
    guard kind == .instruction, case .text(let text)? = pieces.last,
      text.utf8.suffix(9).starts(with: ", i32 ".utf8)
        || text.utf8.suffix(8).starts(with: ", i32 ".utf8),
      pieces.contains(where: { piece in
        if case .text(let text) = piece { text.contains(Self.trap) } else { false }
      })
    else { return self }
    var parts = text.split(separator: ", ", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[parts.count - 2].hasPrefix("i64 ") else { return self }
    parts[parts.count - 2] = "i64 …"
    var line = self
    line.pieces[pieces.count - 1] = .text(parts.joined(separator: ", "))
    return line
  }
}

/// Numbers for lines that are equal but for the names of values.
struct Shapes {
  private var numbers: [String: Int] = [:]

  /// Where a value is used, its kind stands: a load from an alloca is none from a parameter.
  mutating func number(
    of line: ListedLine, in function: ListedFunction, _ renamed: (String) -> String?
  ) -> Int {
    var shape = ""
    for piece in line.pieces {
      switch piece {
      case .text(let literal): shape += Symbols.replacing(literal, with: renamed)
      case .value(let number): shape += "%" + function.values[number].kind
      }
    }
    if let known = numbers[shape] { return known }
    numbers[shape] = numbers.count
    return numbers.count - 1
  }
}
