import Glibc

/// Rows in aligned columns; the last two share what a terminal leaves them.
struct Table {
  private var rows: [[String]]
  private let numeric: Int

  /// - Parameter numeric: how many columns, from the left, are numbers and aligned right.
  init(_ header: [String], numeric: Int = 0) {
    rows = [header]
    self.numeric = numeric
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// - Parameter width: where lines are cut; nil for no limit, as when piped.
  func text(width: Int?) -> String {
    let count = rows[0].count
    var widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
    if let width { fit(&widths, into: width) }
    var text = ""
    for row in rows {
      var line = ""
      for (column, cell) in row.enumerated() {
        let cut =
          cell.count > widths[column] ? cell.prefix(max(widths[column] - 1, 0)) + "…" : cell[...]
        let padding = String(repeating: " ", count: max(widths[column] - cut.count, 0))
        line += column < numeric ? padding + cut : cut + padding
        line += "  "
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }

  /// Narrows the widest column until all fit, but none below what can be read.
  private func fit(_ widths: inout [Int], into width: Int) {
    while widths.reduce(0, +) + 2 * (widths.count - 1) > width {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 12
      else { return }
      widths[widest] -= 1
    }
  }

  /// The terminal's width; nil if stdout is none.
  static var terminalWidth: Int? { width(of: STDOUT_FILENO) }

  /// The width of the terminal behind a stream; nil if there is none.
  static func width(of stream: Int32) -> Int? {
    var size = winsize()
    guard isatty(stream) == 1, ioctl(stream, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }
}
