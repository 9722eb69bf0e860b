// Stage 5: the versions of a context that is exchanged while the program runs.
import CRay
import Glibc

/// One version of a live context: what its library offers.
///
/// Never given up, as its library is never unloaded: a thread may be in one of its hooks, and
/// values may hold on to its code.
@usableFromInline
final class LiveVersion: @unchecked Sendable {
  @usableFromInline let hooks: HookTable
  private let make: (UnsafeMutableRawPointer) throws -> Void
  private let begin: (UnsafeMutableRawPointer) -> Void
  let finish: (UnsafeMutableRawPointer) -> Void

  // Set before any other thread sees it.
  fileprivate(set) var previous: LiveVersion?
  /// Whether a value of the version before can be used as one of this.
  fileprivate(set) var keepsValues = false

  @usableFromInline
  init(
    _ hooks: HookTable, make: @escaping (UnsafeMutableRawPointer) throws -> Void,
    begin: @escaping (UnsafeMutableRawPointer) -> Void,
    finish: @escaping (UnsafeMutableRawPointer) -> Void
  ) {
    (self.hooks, self.make, self.begin, self.finish) = (hooks, make, begin, finish)
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

  /// A thread's value. Where its `init` throws, the process ends, as it does in other builds.
  func makeValue() -> UnsafeMutableRawPointer {
    do {
      let value = try tryValue()
      begin(value)
      return value
    } catch {
      _contextFailed(error)
    }
  }

  /// - Throws: what the context's `init` throws.
  fileprivate func tryValue() throws -> UnsafeMutableRawPointer {
    // The arguments are those of this context, whatever the thread has made last.
    let selected = rayc_context_selected()
    rayc_context_select(rayc_live_context())
    defer { rayc_context_select(selected) }
    let value = UnsafeMutableRawPointer.allocate(
      byteCount: max(hooks.layout.size, 1), alignment: hooks.layout.alignment)
    do {
      try make(value)
    } catch {
      value.deallocate()
      throw error
    }
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
  _: Context.Type, make: @escaping (UnsafeMutableRawPointer) throws -> Void,
  begin: @escaping (UnsafeMutableRawPointer) -> Void,
  finish: @escaping (UnsafeMutableRawPointer) -> Void
) -> UnsafeMutableRawPointer {
  let version = LiveVersion(HookTable(Context.self), make: make, begin: begin, finish: finish)
  return Unmanaged.passRetained(version).toOpaque()
}

/// What live.c calls: a version that was loaded is to be the one that events go to. One that begins
/// with new values is tried first, so that the program goes on with the old one where it cannot be
/// made.
@c @implementation public func rayc_live_install(
  _ version: UnsafeMutableRawPointer!, _ keepsValues: Bool
) -> UnsafeMutablePointer<CChar>! {
  let version = LiveVersion.at(version)
  version.previous = LiveVersion.current
  version.keepsValues = keepsValues
  guard version.previous != nil, !keepsValues else { return nil }
  do {
    version.destroy(try version.tryValue())
    return nil
  } catch {
    return strdup("its init throws: \(error)")
  }
}
