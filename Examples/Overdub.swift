// Counts the calls and loads of one block, and of what the block calls. The rest of the
// program is not observed.
//
//   $ rayc run Examples/Overdub.swift
//   50
//   12 calls, 10 loads
//   fib(20) = 6765
//   21891 calls of fib(_:)

import Ray

struct Counter: RayContext {
  var calls = 0
  var loads = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) { calls += 1 }
  mutating func load<T>(_ value: T, at site: Site) -> T {
    loads += 1
    return value
  }
}

/// Counts by the name of the function that is called.
struct CallsByName: RayContext {
  var calls: [String: Int] = [:]
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    calls[site.shortCallee, default: 0] += 1
  }
}

func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) + fib(n - 2) }

var counter = Counter()
let product = overdub(&counter) { [5, 10].reduce(1, *) }
print(product)
print("\(counter.calls) calls, \(counter.loads) loads")

var names = CallsByName()
let number = overdub(&names) { fib(20) }
print("fib(20) = \(fib(20))")  // not observed
print("\(names.calls.first { $0.key.hasSuffix("fib(_:)") }!.value) calls of fib(_:)")
assert(number == fib(20))
