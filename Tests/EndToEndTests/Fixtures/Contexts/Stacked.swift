import Ray

/// Doubles what `answer` returns.
struct Doubling: RayContext {
  var seen = 0
  init() { print("doubling") }
  mutating func result<T>(_ value: T, of site: Site) -> T {
    guard let number = value as? Int, site.calleeMangled.contains("answer") else { return value }
    seen += 1
    return number &* 2 as! T
  }
  mutating func merge(_ other: Doubling) { seen += other.seen }
  func finish() { print("doubled \(seen)") }
}

/// Prints what `answer` returns, with the words it was given.
struct Noting: ConfigurableContext {
  let words: [String]
  struct Refusal: Error, CustomStringConvertible { var description: String }

  init(arguments: [String]) throws {
    if arguments == ["bad"] { throw Refusal(description: "not these words") }
    words = arguments
    print("noting \(words)")
  }

  mutating func result<T>(_ value: T, of site: Site) -> T {
    if site.calleeMangled.contains("answer") { print("\(words) saw \(value)") }
    return value
  }
  func finish() { print("noted \(words)") }
}
