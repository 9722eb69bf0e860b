import Ray

/// Looks at every result and loaded value for the one that is not a number.
struct NaNs: RayContext {
    var count = 0
    mutating func result<T>(_ value: T, of site: Site) -> T {
        note(value)
        return value
    }
    mutating func load<T>(_ value: T, at site: Site) -> T {
        note(value)
        return value
    }
    private mutating func note<T>(_ value: T) {
        if let number = value as? Double, number.isNaN { count += 1 }
    }
    mutating func merge(_ other: NaNs) { count += other.count }
}
