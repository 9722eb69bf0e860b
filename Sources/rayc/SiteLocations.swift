import FoundationEssentials

/// The share of sites whose location really is that call or variable in the source, as
/// rayc-source judges it.
struct SiteLocations {
  /// What rayc-source says of one site.
  struct Verdict: Codable {
    var holds: Bool
    /// Whether the site has a name to hold the source against: a callee that is known, a
    /// variable.
    var named: Bool
    /// Whether the place of another site in the file would do as well, which is chance.
    var chance: Bool
    /// The rule by which it holds, or why it does not.
    var rule: String
    var file: String
    var line: Int
    var column: Int
    /// What the site is about, and the word that the source has there.
    var what: String
    var text: String
  }

  var verdicts: [Verdict]

  /// - Parameter lines: what rayc-source prints.
  init(_ lines: String) {
    let decoder = JSONDecoder()
    verdicts = lines.split(separator: "\n").compactMap {
      try? decoder.decode(Verdict.self, from: Data($0.utf8))
    }
  }

  /// A line for the share, and one for each rule and each reason, the most frequent first.
  var table: Table {
    var table = Table(["named", "others", "share", ""], numeric: 3)
    func add(_ group: [Verdict], _ what: String) {
      let named = group.count(where: \.named)
      table.add([
        "\(named)", "\(group.count - named)",
        SiteTypes.percent(group.count, of: verdicts.count), what,
      ])
    }
    add(verdicts.filter(\.holds), "the source there is that call or variable")
    for (holds, sign) in [(true, "  "), (false, "")] {
      let groups = Dictionary(grouping: verdicts.filter { $0.holds == holds }, by: \.rule)
      for (rule, group) in groups.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      ) {
        add(group, sign + rule)
      }
    }
    add(verdicts.filter(\.chance), "the place of another site would do as well")
    return table
  }
}
