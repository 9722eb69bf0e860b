import Ray

struct Counter: RayContext {
    var calls = 0, loads = 0
    mutating func willCall(_ site: Site, _ arguments: Arguments) { calls += 1 }
    mutating func load<T>(_ value: T, at site: Site) -> T { loads += 1; return value }
    mutating func merge(_ other: Counter) { calls += other.calls; loads += other.loads }
    func finish() { print("\(calls) calls, \(loads) loads") }
}
