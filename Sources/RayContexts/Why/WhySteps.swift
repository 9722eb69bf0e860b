import Glibc
import Ray

/// A step on a value's way.
struct WhyStep {
  enum Kind: UInt8 {
    case operation, result, load, argument
  }
  let kind: Kind
  let site: Site
  /// The number of the step before; 0: the value was made here.
  let origin: Int
  /// The same of the first step.
  let birth: Int
  let text: String
  var count = 1
  /// When it was taken last, in steps.
  var time: Int
}

/// The steps of all values in question, of all threads.
final class WhySteps: @unchecked Sendable {
  static let shared = WhySteps()

  private struct Key: Hashable {
    let site: Site
    let kind: WhyStep.Kind
    let origin: Int
  }
  // A loop goes through the same sites again: so far back a step is taken for the same.
  private static let loopLength = 64

  private var lock = pthread_mutex_t()
  private var steps: [WhyStep] = []
  private var known: [Key: Int] = [:]
  private var time = 0

  private init() { pthread_mutex_init(&lock, nil) }

  /// Notes a step behind another, and returns its tag: its number, from 1.
  func note(_ kind: WhyStep.Kind, _ site: Site, behind tag: Tag, text: () -> String) -> Tag {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    time += 1
    let origin = Int(tag.rawValue)
    let key = Key(site: site, kind: kind, origin: origin)
    if let number = known[key] ?? earlier(kind, site, from: origin) {
      steps[number - 1].count += 1
      steps[number - 1].time = time
      return Tag(number)
    }
    let number = steps.count + 1
    steps.append(
      WhyStep(
        kind: kind, site: site, origin: origin,
        birth: origin == 0 ? number : steps[origin - 1].birth, text: text(), time: time))
    known[key] = number
    return Tag(number)
  }

  private func earlier(_ kind: WhyStep.Kind, _ site: Site, from origin: Int) -> Int? {
    var number = origin
    for _ in 0..<Self.loopLength where number != 0 {
      let step = steps[number - 1]
      if step.site == site, step.kind == kind { return number }
      number = step.origin
    }
    return nil
  }

  /// Where values were made, in order.
  var births: [WhyStep] { steps.filter { $0.origin == 0 } }

  /// The way to the step that was taken last, of those that are looked for.
  func way(where isWanted: (WhyStep) -> Bool) -> [WhyStep] {
    guard
      let last = steps.indices.filter({ isWanted(steps[$0]) }).max(by: {
        steps[$0].time < steps[$1].time
      })
    else { return [] }
    var way: [WhyStep] = []
    var number = last + 1
    while number != 0 {
      way.append(steps[number - 1])
      number = steps[number - 1].origin
    }
    return way.reversed()
  }
}
