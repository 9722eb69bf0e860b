import Ray

/// Takes every call's result and every loaded value into an `Any` and gives back what a cast to
/// its type finds there.
///
/// What is copied, retained and released then goes by the type that the value came with: one
/// that is wrong does not survive it. Most values are allocated on the way, so this is slow.
struct Boxing: RayContext {
  mutating func result<T>(_ value: T, of site: Site) -> T { boxed(value) }
  mutating func load<T>(_ value: T, at site: Site) -> T { boxed(value) }
}

@inline(never)
private func boxed<T>(_ value: T) -> T {
  let box: Any = value
  return box as! T
}
