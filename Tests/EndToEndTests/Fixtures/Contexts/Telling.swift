import Ray

/// Exact counts, whatever the number of threads.
struct Totals: RayContext {
  var calls = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.calleeMangled.contains("work") { calls += 1 }
  }
  mutating func merge(_ other: Totals) { calls += other.calls }
  func finish() { print("work: \(calls)") }
}

/// Prints every argument and result of `area`, and what was thrown.
struct Values: RayContext {
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.shortCallee.hasSuffix("area(_:_:)") { print("area of \(Array(arguments))") }
  }
  mutating func result<T>(_ value: T, of site: Site) -> T {
    if site.shortCallee.hasSuffix("area(_:_:)") { print("is \(value)") }
    return value
  }
  mutating func didCall(_ site: Site, _ outcome: Outcome) {
    if case .threw(let error) = outcome { print("threw \(error)") }
  }
}

/// Takes the place of every Double that a call returns.
struct Doubling: RayContext {
  mutating func result<T>(_ value: T, of site: Site) -> T {
    if site.shortCallee.hasSuffix("area(_:_:)"), let area = value as? Double { return area * 2 as! T }
    return value
  }
}

/// Runs off an array inside a hook.
struct Trapping: RayContext {
  var values = [0]
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.shortCallee.hasSuffix("work(_:)") { values[1] = 1 }
  }
}

/// Overflows inside a hook that is inlined.
struct Overflowing: RayContext {
  var events: Int8 = 100
  mutating func willCall(_ site: Site, _ arguments: Arguments) { events += 1 }
}

/// Says when it is made, and changes every sum: unguarded, with an effect of its own.
nonisolated(unsafe) private var sums = 0
struct Adding: RayContext {
  init() { print("made") }
  mutating func result<T>(_ value: T, of site: Site) -> T {
    sums &+= 1
    if let number = value as? Int { return number &+ 100 as! T }
    return value
  }
  func finish() { print(sums > 0 ? "added" : "nothing added") }
}

/// Prints each place that calls `work`, once.
struct Once: RayContext {
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.shortCallee.hasSuffix("work(_:)") { print("\(site.shortFunction):\(site.line)") }
    site.disable()
  }
}
