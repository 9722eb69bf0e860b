// Does the same work outside an extent and then inside, for every kind of code, and says on
// stderr how often the work inside called `mark`, and how many of these calls were seen.
//
// Usage: Twins [kind…]
import Glibc
import Ray
import Synchronization

/// Counts the calls of `mark` that it sees, and hands every value through.
struct Seen: RayContext {
  var marks = 0
  var values = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.calleeMangled.contains("4markyy") { marks += 1 }
  }
  mutating func result<T>(_ value: T, of site: Site) -> T { values += 1; return value }
  mutating func load<T>(_ value: T, at site: Site) -> T { values += 1; return value }
  mutating func didCall(_ site: Site, _ outcome: Outcome) { if case .threw(let error) = outcome { _ = "\(error)" } }
  mutating func merge(_ other: Seen) { marks += other.marks }
}

let marks = Atomic<Int>(0)

/// Called by the code of each kind, once each time it runs.
@inline(never) func mark() { marks.add(1, ordering: .relaxed) }

/// Hides from the optimiser what a value is.
@inline(never) @_optimize(none) func opaque<T>(_ value: T) -> T { value }

struct Thrown: Error { var code: Int }

enum Kind {
  case sync(() throws -> String)
  case async(() async throws -> String)
}

@main struct Main {
  static func main() async throws {
    let wanted = Set(CommandLine.arguments.dropFirst())
    Stored.make()
    for (name, kind) in calls + types + accessors + callbacks + concurrency
    where wanted.isEmpty || wanted.contains(name) {
      try await run(name, kind)
    }
  }

  static func run(_ name: String, _ kind: Kind) async throws {
    var seen = Seen()
    var before = 0
    print("\(name):")
    switch kind {
    case .sync(let work):
      print(try work())
      before = marks.load(ordering: .relaxed)
      print(try overdub(&seen) { try work() })
    case .async(let work):
      print(try await work())
      before = marks.load(ordering: .relaxed)
      print(try await overdub(&seen) { try await work() })
    }
    let inside = marks.load(ordering: .relaxed) - before
    fputs("\(name): \(seen.marks) of \(inside)\n", stderr)
  }
}
