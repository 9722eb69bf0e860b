import Statistics

public struct Answers {
  var groups: [String: [Double]]

  public init(groups: [String: [Double]]) { self.groups = groups }

  public func means() -> [(name: String, mean: Double)] {
    groups.keys.sorted().map { ($0, mean(of: groups[$0]!)) }
  }
}
