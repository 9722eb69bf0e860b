import Ray

/// Sees everything, says nothing: programs under it must look as they do without it.
struct Silent: RayContext {
  var events = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) { events += 1 }
  mutating func load<T>(_ value: T, at site: Site) -> T {
    events += 1
    return value
  }
  mutating func merge(_ other: Silent) { events += other.events }
}

/// Says at the end whether it saw anything, and its arguments.
struct Talking: ConfigurableContext {
  var calls = 0
  var arguments: [String] = []
  init() {}
  init(arguments: [String]) throws {
    if arguments == ["fail"] { throw Refusal() }
    self.arguments = arguments
  }
  mutating func willCall(_ site: Site, _ arguments: Arguments) { calls += 1 }
  mutating func merge(_ other: Talking) { calls += other.calls }
  func finish() { print("talking: \(calls > 0) \(arguments)") }
}

struct Refusal: Error, CustomStringConvertible {
  var description: String { "i refuse" }
}

struct NotAContext {}
struct Generic<T>: RayContext {}
private struct Hidden: RayContext {}
