// Stage 5: the versions of a context that is exchanged while the program runs.
import CRay

/// One version of a live context: what its library offers.
///
/// Never given up, as its library is never unloaded: a thread may be in one of its hooks, and
/// values may hold on to its code.
@usableFromInline
final class LiveVersion: @unchecked Sendable {
  @usableFromInline let hooks: HookTable
  let make: (UnsafeMutableRawPointer) -> Void
  let finish: (UnsafeMutableRawPointer) -> Void

  // Set before any other thread sees it.
  fileprivate(set) var previous: LiveVersion?
  /// Whether a value of the version before can be used as one of this.
  fileprivate(set) var keepsValues = false

  @usableFromInline
  init(
    _ hooks: HookTable, make: @escaping (UnsafeMutableRawPointer) -> Void,
    finish: @escaping (UnsafeMutableRawPointer) -> Void
  ) {
    (self.hooks, self.make, self.finish) = (hooks, make, finish)
  }

  @usableFromInline
  var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// The one that events go to from now on; nil: the program was not started by `rayc run --live`.
  static var current: LiveVersion? { rayc_live_version().map(at) }

  static func at(_ address: UnsafeMutableRawPointer) -> LiveVersion {
    Unmanaged<LiveVersion>.fromOpaque(address).takeUnretainedValue()
  }

  /// Whether a value of an older version can be used as one of this.
  func keepsValues(of older: LiveVersion) -> Bool {
    var each = self
    while each !== older {
      guard each.keepsValues, let previous = each.previous else { return false }
      each = previous
    }
    return true
  }

  func makeValue() -> UnsafeMutableRawPointer {
    let value = UnsafeMutableRawPointer.allocate(
      byteCount: max(hooks.layout.size, 1), alignment: hooks.layout.alignment)
    make(value)
    return value
  }

  func destroy(_ value: UnsafeMutableRawPointer) {
    hooks.destroy(value)
    value.deallocate()
  }
}

/// Called in a library, where the context's type is known.
@inlinable
public func _liveVersion<Context: RayContext>(
  _: Context.Type, make: @escaping (UnsafeMutableRawPointer) -> Void,
  finish: @escaping (UnsafeMutableRawPointer) -> Void
) -> UnsafeMutableRawPointer {
  let version = LiveVersion(HookTable(Context.self), make: make, finish: finish)
  return Unmanaged.passRetained(version).toOpaque()
}

/// What live.c calls: a version that was loaded becomes the one that events go to.
@c @implementation public func rayc_live_install(
  _ version: UnsafeMutableRawPointer!, _ keepsValues: Bool
) -> UnsafeMutableRawPointer! {
  let version = LiveVersion.at(version)
  version.previous = LiveVersion.current
  version.keepsValues = keepsValues
  return version.address
}
