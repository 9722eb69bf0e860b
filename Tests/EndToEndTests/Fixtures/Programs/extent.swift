#if canImport(Ray)
  import Ray

  struct Counter: RayContext {
    var calls = 0
    mutating func willCall(_ site: Site, _ arguments: Arguments) {
      if site.shortCallee.hasSuffix(".work(_:)") { calls += 1 }
    }
  }
#endif

// 2^(n+1) - 1 calls with the first.
@inline(never) func work(_ depth: Int) -> Int {
  depth == 0 ? 1 : work(depth - 1) + work(depth - 1)
}
@inline(never) func parse(_ depth: Int) -> Int { work(depth) }
@inline(never) func render(_ depth: Int) -> Int { work(depth) }

#if canImport(Ray)
  var counter = Counter()
  let inside = overdub(&counter) { work(3) }
  print(inside, work(2), counter.calls)
#else
  print(work(3), work(2))
#endif
print(parse(4), render(1))
