import Ray

/// Counts the sites that run, and ends the events of each at its first.
struct Once: RayContext {
    var calls = 0, loads = 0
    mutating func willCall(_ site: Site, _ arguments: Arguments) {
        calls += 1
        site.disable()
    }
    mutating func load<T>(_ value: T, at site: Site) -> T {
        loads += 1
        site.disable()
        return value
    }
    mutating func merge(_ other: Once) { calls += other.calls; loads += other.loads }
    func finish() { print("\(calls) calls, \(loads) loads") }
}
