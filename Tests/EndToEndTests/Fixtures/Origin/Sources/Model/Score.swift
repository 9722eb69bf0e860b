import Survey

public final class Score {
  private let answers: Answers
  public private(set) var total = 1.0

  public init(_ answers: Answers) { self.answers = answers }

  public func compute() {
    for group in answers.means() {
      let weighted = group.mean * 2.5
      total += weighted
    }
  }
}
