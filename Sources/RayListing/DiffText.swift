/// A diff as lines of text.
public struct DiffText {
  public var colors = false
  /// Where lines are cut with `sideBySide`.
  public var width = 160
  public var sideBySide = false
  /// Marks the words that changed: `[-old-]{+new+}`.
  public var words = false
  /// Only how many lines of each function changed.
  public var onlyCounts = false
  /// Also what is folded.
  public var showsAll = false
  /// Unchanged lines around changed ones.
  public var surroundings = 3
  public var sources: SourceLines
  public var name: (String) -> String

  public init(sources: SourceLines, name: @escaping (String) -> String) {
    self.sources = sources
    self.name = name
  }

  /// The sides, the functions with their changed lines, and what is folded or hidden.
  public func text(_ diff: ModuleDiff, before: String, after: String) -> String {
    var text = paint("--- \(before)", .removed) + "\n" + paint("+++ \(after)", .added) + "\n"
    text += functions(diff)
    if showsAll {
      text += diff.removedGlobals.map { paint("-\($0)", .removed) + "\n" }.joined()
      text += diff.addedGlobals.map { paint("+\($0)", .added) + "\n" }.joined()
    }
    return text + summary(diff) + "\n"
  }

  /// The functions alone.
  public func functions(_ diff: ModuleDiff) -> String {
    var text = ""
    for function in diff.functions where showsAll || !function.isHook {
      text += title(function) + "\n"
      if onlyCounts { continue }
      text += sideBySide ? columns(function) : lines(function)
    }
    return text
  }

  /// A line that stands out.
  public func heading(_ text: String) -> String { paint(text, .title) }

  /// `1 function changed, 12 the same; …`
  public func summary(_ diff: ModuleDiff) -> String {
    var parts: [String] = []
    for status in [FunctionDiff.Status.changed, .renamed, .added, .removed] {
      let count = diff.functions.count { $0.status == status && !$0.isHook }
      if count > 0 { parts.append("\(count) \(status.rawValue)") }
    }
    parts.append("\(diff.unchanged) the same")
    let hooks = diff.functions.count(where: \.isHook)
    if hooks > 0 { parts.append("\(hooks) of the context") }
    let globals = diff.addedGlobals.count + diff.removedGlobals.count
    let folded = showsAll || hooks + globals == 0 ? "" : " (--all shows them)"
    let rest =
      globals > 0 ? "; other lines: +\(diff.addedGlobals.count) -\(diff.removedGlobals.count)" : ""
    return "functions: " + parts.joined(separator: ", ") + rest + folded
      + "\nhidden on both sides: \(Self.hidden)"
  }

  /// What no comparison shows.
  public static let hidden =
    "debug information, metadata, groups of attributes, the lines that traps report"

  private func title(_ function: FunctionDiff) -> String {
    let symbol = function.after ?? function.before ?? ""
    var title = name(symbol)
    if function.status == .renamed, let before = function.before {
      title = "\(name(before)) -> \(title)"
    }
    let moved = function.moved > 0 ? ", \(function.moved) moved" : ""
    let counts = "+\(function.added) -\(function.removed)\(moved)"
    return paint("\n\(title)  \(function.status.rawValue)  \(counts)", .title)
  }

  // One column -----------------------------------------------------------------------

  private func lines(_ function: FunctionDiff) -> String {
    var text = ""
    var place: SourcePlace?
    for hunk in function.hunks(surroundings) {
      if hunk.lowerBound > 0 { text += paint("  …", .quiet) + "\n" }
      var index = hunk.lowerBound
      while index < hunk.upperBound {
        let row = function.rows[index]
        if let new = row.place, new.line != place?.line || new.file != place?.file {
          text += source(new)
          place = new
        }
        if words, row.kind == .removed, let (lines, end) = wordLines(function.rows, from: index) {
          text += lines
          index = end
          continue
        }
        text += paint(row.sign + row.text, Paint(row.kind)) + "\n"
        index += 1
      }
    }
    return text
  }

  private func source(_ place: SourcePlace) -> String {
    let line = sources.text(at: place).map { ": \($0)" } ?? ""
    return paint(" ; \(place.fileName):\(place.line)\(line)", .quiet) + "\n"
  }

  /// Lines that went and as many that came, as lines with marked words; nil if there are none.
  private func wordLines(
    _ rows: [FunctionDiff.Row], from start: Int
  ) -> (text: String, end: Int)? {
    let removed = rows[start...].prefix { $0.kind == .removed }
    let added = rows[removed.endIndex...].prefix { $0.kind == .added }
    guard removed.count == added.count else { return nil }
    let text = zip(removed, added).map { old, new in
      "~"
        + WordDiff(old.text, new.text).text(
          removed: { paint("[-\($0)-]", .removed) }, added: { paint("{+\($0)+}", .added) }) + "\n"
    }
    return (text.joined(), added.endIndex)
  }

  // Two columns ----------------------------------------------------------------------

  private func columns(_ function: FunctionDiff) -> String {
    let column = max(20, (width - 3) / 2)
    func cell(_ text: String?) -> String {
      let text = text ?? ""
      let cut = text.count > column ? text.prefix(column - 1) + "…" : text[...]
      return cut + String(repeating: " ", count: column - cut.count)
    }
    var text = ""
    for hunk in function.hunks(surroundings) {
      if hunk.lowerBound > 0 { text += paint(cell("  …"), .quiet) + "\n" }
      var index = hunk.lowerBound
      while index < hunk.upperBound {
        let rows = function.rows[index..<hunk.upperBound]
        if rows.first?.kind == .same {
          let same = rows[index].text
          text += "\(cell(same))   \(cell(same).trimmingEnd())\n"
          index += 1
          continue
        }
        if rows.first?.kind == .moved {
          text += "\(cell(nil)) > " + paint(cell(rows[index].text).trimmingEnd(), .moved) + "\n"
          index += 1
          continue
        }
        let old = rows.prefix { $0.kind == .removed }
        let new = rows[old.endIndex...].prefix { $0.kind == .added }
        for line in 0..<max(old.count, new.count) {
          let left = line < old.count ? old[old.startIndex + line].text : nil
          let right = line < new.count ? new[new.startIndex + line].text : nil
          let sign = left == nil ? ">" : right == nil ? "<" : "|"
          text +=
            paint(cell(left), .removed) + " \(sign) "
            + paint(cell(right).trimmingEnd(), .added) + "\n"
        }
        index = new.endIndex
      }
    }
    return text
  }

  // Colours --------------------------------------------------------------------------

  private enum Paint {
    case none, removed, added, moved, quiet, title

    init(_ kind: FunctionDiff.Row.Kind) {
      switch kind {
      case .same: self = .none
      case .removed: self = .removed
      case .added: self = .added
      case .moved: self = .moved
      }
    }

    var code: String? {
      switch self {
      case .none: nil
      case .removed: "31"
      case .added: "32"
      case .moved: "36"
      case .quiet: "2"
      case .title: "1"
      }
    }
  }

  private func paint(_ text: String, _ paint: Paint) -> String {
    guard colors, let code = paint.code else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }
}

extension FunctionDiff {
  /// Whether it is the context's, inlined later: rayc brings it, not the program.
  public var isHook: Bool {
    status == .added && rows.first?.text.hasPrefix("define available_externally") == true
  }

  /// Stretches of changed rows with some around them.
  func hunks(_ surroundings: Int) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, row) in rows.enumerated() where row.kind != .same {
      let range = max(0, index - surroundings)..<min(rows.count, index + surroundings + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }
}

extension FunctionDiff.Row {
  var sign: String {
    switch kind {
    case .same: " "
    case .removed: "-"
    case .added: "+"
    case .moved: ">"
    }
  }
}

extension String {
  func trimmingEnd() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
