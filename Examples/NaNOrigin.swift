import Ray

/// Where does a NaN come from? The tag of a NaN is the place in the source that made it, also when it
/// has gone through other operations since; functions named `output` are asked.
///
///     $ rayc run -W Examples/NaNOrigin.swift:NaNOrigin Examples/Averages.swift
///     a NaN that was made at Averages.swift:6:32
///     -nan
struct NaNOrigin: TaggingContext {
  private var origins: [Site] = []

  static var tagsAllOperations: Bool { true }

  mutating func tag(of operation: TagOperation) -> Tag {
    guard operation.result.isFloatingPoint, operation.result.double.isNaN else { return .none }
    guard operation.union.isNone else { return Tag(rawValue: firstTag(operation)) }
    origins.append(operation.site)
    return Tag(origins.count)
  }

  private func firstTag(_ operation: TagOperation) -> UInt64 {
    (0..<operation.count).map { operation.operand($0).tag.rawValue }.first { $0 != 0 } ?? 0
  }

  mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site) {
    guard !value.tag.isNone, site.shortCallee.contains(".output(") else { return }
    let origin = origins[Int(value.tag.rawValue) - 1]
    print("a NaN that was made at \(origin.location)")
  }
}
