import Ray

/// Takes every call's result and every loaded value through memory and gives it back unchanged.
///
/// Unlike an identity that just returns its argument, this one does not vanish when it is
/// inlined: the optimiser cannot see that the place that is read is the one that was written.
struct Identity: RayContext {
  mutating func result<T>(_ value: T, of site: Site) -> T {
    withUnsafePointer(to: value) { hidden($0).load(as: T.self) }
  }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    withUnsafePointer(to: value) { hidden($0).load(as: T.self) }
  }
}

@inline(never) @_optimize(none)
private func hidden(_ place: UnsafeRawPointer) -> UnsafeRawPointer { place }
