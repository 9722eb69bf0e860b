import Ray

/// Has a hook for every point, looks at every value, and changes nothing.
struct Copying: RayContext {
  var seen = 0
  @inline(never) mutating func see(_ value: Any) { seen += 1 }
  mutating func result<T>(_ value: T, of site: Site) -> T {
    see(value)
    return value
  }
  mutating func load<T>(_ value: T, at site: Site) -> T {
    see(value)
    return value
  }
  mutating func store<T>(_ value: T, at site: Site) -> T {
    see(value)
    return value
  }
  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    see(result)
    for operand in operands { see(operand) }
    return result
  }
  mutating func runtime(_ operation: RuntimeOperation, at site: Site) { see(operation) }
}

/// Changes all that it can, in vain in a build with `--read-only`.
struct Meddling: RayContext {
  var seen = 0
  mutating func change<T>(_ value: T) -> T {
    seen += 1
    if let number = value as? Int { return number + 1 as! T }
    if let bool = value as? Bool { return !bool as! T }
    if let text = value as? String { return text + "?" as! T }
    return value
  }
  mutating func result<T>(_ value: T, of site: Site) -> T {
    site.shortCallee.hasPrefix("p.") ? change(value) : value
  }
  mutating func load<T>(_ value: T, at site: Site) -> T { change(value) }
  mutating func store<T>(_ value: T, at site: Site) -> T { change(value) }
  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    change(result)
  }
  func finish() { print("seen: \(seen > 0)") }
}

/// Tells every operator.
struct Operating: RayContext {
  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    print("\(site.line): \(site.callee)\(operands) = \(result)")
    return result
  }
}

/// Stores the opposite of every Bool, and longer texts.
struct Flipping: RayContext {
  mutating func store<T>(_ value: T, at site: Site) -> T {
    if let bool = value as? Bool { return !bool as! T }
    if let text = value as? String { return text + " and more of it" as! T }
    return value
  }
}

/// Tells what is stored, and where.
struct Storing: RayContext {
  mutating func store<T>(_ value: T, at site: Site) -> T {
    if site.typing == .exact { print("\(site.line): \(T.self) \(value)") }
    return value
  }
}

/// Counts what the runtime does.
struct Operations: RayContext {
  var counts: [RuntimeOperation.Kind: Int] = [:]
  var bytes = 0
  mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
    counts[operation.kind, default: 0] += 1
    if operation.kind == .allocation { bytes += operation.size ?? 0 }
  }
  mutating func merge(_ other: Operations) {
    counts.merge(other.counts, uniquingKeysWith: +)
    bytes += other.bytes
  }
  func finish() {
    let kinds = RuntimeOperation.Kind.allCases.filter { counts[$0] != nil }
    print(kinds.map { "\($0)" }.joined(separator: " "), bytes > 0)
  }
}
