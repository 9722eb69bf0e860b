import Ray

/// Interval arithmetic for a program that knows nothing of it: what a function `measured` returns is
/// known to 1 %, and every number that comes from it has the bounds that follow. The tag of a number
/// is the place of its bounds in a table.
///
///     $ rayc run -W Examples/Intervals.swift:Intervals Examples/Pendulum.swift
///     between 2.4324723067372918 and 2.4816131614188572
///     2.456919878869914 s
struct Intervals: TaggingContext {
  private var bounds: [ClosedRange<Double>] = []

  private func bounds(of value: TaggedValue) -> ClosedRange<Double> {
    value.tag.isNone ? value.double...value.double : bounds[Int(value.tag.rawValue) - 1]
  }

  // Outwards to the next number: an end is rounded too.
  private mutating func tag(for ends: [Double]) -> Tag {
    guard let lower = ends.min(), let upper = ends.max(), lower <= upper else { return .none }
    bounds.append(lower.nextDown...upper.nextUp)
    return Tag(bounds.count)
  }

  mutating func tag(of operation: TagOperation) -> Tag {
    guard operation.resultType == .double else { return .none }
    let a = bounds(of: operation.operand(0))
    let ends = [a.lowerBound, a.upperBound]
    func pairs(_ apply: (Double, Double) -> Double) -> [Double] {
      let b = bounds(of: operation.operand(1))
      return ends.flatMap { [apply($0, b.lowerBound), apply($0, b.upperBound)] }
    }
    switch operation.kind {
    case .floatAdd: return tag(for: pairs { $0 + $1 })
    case .floatSubtract: return tag(for: pairs { $0 - $1 })
    case .floatMultiply: return tag(for: pairs { $0 * $1 })
    case .floatDivide:
      // A divisor that may be 0 leaves no bounds.
      guard !bounds(of: operation.operand(1)).contains(0) else { return .none }
      return tag(for: pairs { $0 / $1 })
    case .floatNegate: return tag(for: ends.map { -$0 })
    case .squareRoot where a.lowerBound >= 0: return tag(for: ends.map { $0.squareRoot() })
    case .select: return operation.operand(operation.operand(0).bool ? 1 : 2).tag
    default: return .none
    }
  }

  mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag {
    guard site.shortCallee.contains(".measured(") else { return value.tag }
    let x = value.double
    return tag(for: [x * 0.99, x * 1.01])
  }

  mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site) {
    guard index == 0, site.shortCallee.contains(".report(") else { return }
    let range = bounds(of: value)
    print("between \(range.lowerBound) and \(range.upperBound)")
  }
}
