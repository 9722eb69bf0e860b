/// The candidate a misspelt name was probably meant to be.
public enum Suggestion {
  /// - Returns: nil if nothing is close: more than a third of the letters would have to change.
  public static func closest(to name: String, in candidates: [String]) -> String? {
    let letters = Array(name.lowercased())
    let scored = candidates.map { ($0, distance(letters, Array($0.lowercased()))) }
    guard let best = scored.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(1, max(letters.count, best.0.count) / 3) ? best.0 : nil
  }

  /// How many letters to insert, remove, replace or swap with their neighbour.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
