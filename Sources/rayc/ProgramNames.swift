import RayDriver
import SystemPackage

/// Names of a program's own, as a context sees them.
struct ProgramNames: Equatable {
  /// Names in the order of the source, as many as someone wants to read.
  struct List: Equatable {
    static let limit = 30
    var shown: [String] = []
    /// How many are not shown.
    var left = 0

    init() {}

    init(_ names: [String]) {
      var seen: Set<String> = []
      let distinct = names.filter { seen.insert($0).inserted }
      shown = Array(distinct.prefix(Self.limit))
      left = distinct.count - shown.count
    }
  }

  /// Those that are called somewhere, as `site.shortCallee` has them.
  var functions = List()
  /// Those that are read, as `site.variable` has them.
  var variables = List()

  init() {}

  /// - Parameter records: sites and functions, as `rayc list` gets them.
  init(_ records: [ReportRecord]) {
    let own = Set(
      records.filter { $0.record == .function && $0.location != "-" }.compactMap(\.function))
    let sites = records.filter { $0.record == .site && $0.location != "-" }
      .sorted {
        ($0.file ?? "", $0.line ?? 0, $0.column ?? 0) < (
          $1.file ?? "", $1.line ?? 0, $1.column ?? 0
        )
      }
    functions = List(
      sites.filter { $0.kind == "call" }.compactMap(\.callee).filter(own.contains)
        .map { ShortName.shortened(demangled($0)) }.filter(Self.isFromTheSource))
    variables = List(
      sites.filter { $0.kind == "load" }.compactMap(\.variable)
        .filter { !$0.isEmpty && !$0.hasPrefix("$") && !$0.hasPrefix("_") })
  }

  /// Thunks and what else the compiler makes have names with words in front.
  private static func isFromTheSource(_ name: String) -> Bool {
    !name.contains(" for ") && !name.contains(" of ") && !name.hasPrefix("__")
  }
}
