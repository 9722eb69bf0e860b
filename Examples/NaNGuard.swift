import Ray

/// Turns NaN into 0 where it comes up, and says where.
///
///     $ rayc run -W Examples/NaNGuard.swift:NaNGuard Examples/Ratios.swift
///     NaN from Ratios.ratio(_:_:) at Ratios.swift:9:39
///     [2.0, 0.0, 0.5]
///     the sum is 2.5
struct NaNGuard: RayContext {
  mutating func result<T>(_ value: T, of site: Site) -> T {
    if let number = value as? Double, number.isNaN {
      print("NaN from \(site.shortCallee) at \(site.location)")
      return 0.0 as! T
    }
    return value
  }
}
