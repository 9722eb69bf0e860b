import RayDriver

/// The share of results and loads that a context receives in their exact Swift type, and why
/// not the rest.
struct SiteTypes {
  /// What exists only for the compiler is counted beside.
  static let plumbing = "it exists only for the compiler"

  /// Counts of one kind of values.
  struct Count {
    var exact = 0
    var plumbing = 0
    var reasons: [String: Int] = [:]
    var values: Int { exact + reasons.values.reduce(0, +) }

    mutating func add(_ record: ReportRecord) {
      if record.typed == true {
        exact += 1
      } else if let reason = record.untyped {
        if reason == SiteTypes.plumbing { plumbing += 1 } else { reasons[reason, default: 0] += 1 }
      }
    }
  }

  var results = Count()
  var loads = Count()

  init(_ records: [ReportRecord]) {
    for record in records {
      switch record.kind {
      case "call": results.add(record)
      case "load": loads.add(record)
      default: break
      }
    }
  }

  /// A line for each kind of value and for each reason.
  var table: Table {
    var table = Table(["results", "loads", "share", ""], numeric: 3)
    func add(_ result: Int, _ load: Int, _ what: String) {
      let share = Self.percent(result + load, of: results.values + loads.values)
      table.add(["\(result)", "\(load)", share, what])
    }
    add(results.exact, loads.exact, "exact Swift type")
    let reasons = results.reasons.merging(loads.reasons, uniquingKeysWith: +)
    for (reason, _) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      add(results.reasons[reason] ?? 0, loads.reasons[reason] ?? 0, reason)
    }
    table.add(["\(results.plumbing)", "\(loads.plumbing)", "-", Self.plumbing])
    return table
  }

  /// With one decimal, rounded down: 100 % means all.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "-" }
    let tenths = part * 1000 / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
