import Glibc
import Ray

/// What is said at the end.
struct WhyReport {
  private let steps: WhySteps
  private let options: WhyOptions

  init(_ steps: WhySteps, _ options: WhyOptions) {
    self.steps = steps
    self.options = options
  }

  func write() {
    let text = text()
    guard let file = options.file else {
      _write(text, to: 2)
      return
    }
    guard let stream = fopen(file, "w") else {
      _write("rayc why: cannot write '\(file)': \(String(cString: strerror(errno)))\n", to: 2)
      return
    }
    fputs(text, stream)
    fclose(stream)
  }

  private func text() -> String {
    let value = options.value.text
    let births = steps.births
    guard let first = births.first else {
      return "rayc why: no value was \(value) in what rayc sees of the program\n"
    }
    let way =
      options.place.map { place in
        steps.way {
          $0.site.line == place.line && $0.site.file.isPath(endingIn: place.file)
        }
      } ?? steps.way { $0.birth == first.birth }
    guard let birth = way.first else {
      let (file, line) = options.place!
      return "rayc why: no value was \(value) at \(file):\(line); the first was made at "
        + "\(first.site.location)\n"
    }
    var text =
      "rayc why: \(value), \(options.place == nil ? "first made" : "made") at "
      + "\(birth.site.location) in \(birth.site.shortFunction)\n\n"
    text += table(way)
    let others = births.filter { $0.birth != birth.birth }
    if !others.isEmpty { text += "\nalso made at:\n" + others.prefix(10).map(line(of:)).joined() }
    if others.count > 10 { text += "  and \(others.count - 10) more places\n" }
    return text + losses
  }

  // What came out of these is not followed.
  private var losses: String {
    let lost = Tags.lost
    guard !lost.isEmpty else { return "" }
    let named = lost.prefix(5).map { "\(_names(of: $0.callee).short)\(times($0.count))" }
    return "\nnot followed through: \(named.joined(separator: ", "))"
      + (lost.count > 5 ? " and \(lost.count - 5) more functions\n" : "\n")
  }

  private func line(of other: WhyStep) -> String {
    "  \(other.site.location)  \(other.text)\(times(other.count))\n"
  }

  private func times(_ count: Int) -> String { count == 1 ? "" : " × \(_grouped(UInt64(count)))" }

  // A line for each line of the source that the way goes through.
  private func table(_ way: [WhyStep]) -> String {
    var rows: [(place: String, source: String, steps: [String])] = []
    for step in way {
      let place = step.site.line == 0 ? "" : "\(step.site.fileName):\(step.site.line)"
      let text = step.text + times(step.count)
      if let last = rows.last, place.isEmpty || last.place == place {
        if last.steps.last != text { rows[rows.count - 1].steps.append(text) }
      } else {
        rows.append((place, WhySource.line(step.site.line, of: step.site.file), [text]))
      }
    }
    let place = rows.map(\.place.count).max() ?? 0
    let source = min(rows.map(\.source.count).max() ?? 0, 60)
    return rows.map { row in
      "  \(row.place.padded(to: place))  \(row.source.padded(to: source))  "
        + row.steps.joined(separator: "; ") + "\n"
    }.joined()
  }
}

/// The text of source files, for who reads the report where the program was built.
enum WhySource {
  nonisolated(unsafe) private static var files: [String: [String]] = [:]

  static func line(_ number: Int, of path: String) -> String {
    guard number > 0 else { return "" }
    let lines = files[path] ?? read(path)
    files[path] = lines
    return number <= lines.count ? lines[number - 1] : ""
  }

  private static func read(_ path: String) -> [String] {
    guard let stream = fopen(path, "r") else { return [] }
    defer { fclose(stream) }
    var lines: [String] = []
    var buffer: UnsafeMutablePointer<CChar>?
    var size = 0
    defer { free(buffer) }
    while getline(&buffer, &size, stream) > 0, let buffer {
      let text = String(cString: buffer)
      let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
      lines.append(String(text[..<end].drop { $0.isWhitespace }))
    }
    return lines
  }
}

extension Site {
  /// The file's last path component.
  fileprivate var fileName: Substring { file.split(separator: "/").last ?? file[...] }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// Whether this is a path whose last components are these.
  fileprivate func isPath(endingIn end: String) -> Bool {
    self == end || hasSuffix("/" + end)
  }
}
