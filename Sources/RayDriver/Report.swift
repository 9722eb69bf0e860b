import FoundationEssentials

/// A record of what the plugin did or would do, one JSON line of `-rayc-report`.
public struct ReportRecord: Codable, Equatable, Sendable {
  public enum Record: String, Codable, Sendable {
    case site, function, skipped, rule, trigger
  }

  public var record: Record
  public var id: String?
  public var kind: String?
  public var function: String?
  public var callee: String?
  public var what: String?
  public var reason: String?
  public var file: String?
  public var line: Int?
  public var column: Int?
  public var valueType: String?
  public var variable: String?
  /// What the runtime does, of a `runtime` site.
  public var operation: String?
  /// Whether the value has its exact Swift type.
  public var typed: Bool?
  /// Why it has not, in words; neither for a call that returns nothing.
  public var untyped: String?
  public var calls: Int?
  public var runtimeCalls: Int?
  public var loads: Int?
  /// Only if they were asked for.
  public var stores: Int?
  public var operators: Int?
  public var runtime: Int?
  /// A rule with its sign, or a trigger.
  public var pattern: String?
  /// How many of the module's functions it matches.
  public var functions: Int?
  /// Which ones, of a trigger.
  public var names: [String]?

  /// Decodes all lines; those that are no record are left out.
  public static func decode(_ text: String) -> [ReportRecord] {
    let decoder = JSONDecoder()
    return text.split(separator: "\n").compactMap {
      try? decoder.decode(ReportRecord.self, from: Data($0.utf8))
    }
  }
}
