// Stage 5: a context of the program's own on one thread.
import CRay

/// What a thread's events go to inside an extent: the value of its context, and behind it
/// those of the extents around.
///
/// This class itself has no context.
class Frame {
  /// The frame of the extent around, on the same thread.
  var outer: Frame?

  static nonisolated(unsafe) let none = Frame()

  func willCall(_ site: Site, _ arguments: Arguments) { outer?.willCall(site, arguments) }
  func didCall(_ site: Site, _ outcome: Outcome) { outer?.didCall(site, outcome) }
  func result<T>(_ value: T, of site: Site) -> T { outer?.result(value, of: site) ?? value }
  func load<T>(_ value: T, at site: Site) -> T { outer?.load(value, at: site) ?? value }

  /// The thread goes on with something else.
  func giveBack() { outer?.giveBack() }

  /// The running thread's, found again whenever the thread has moved to another extent.
  static func withCurrent<Result>(_ body: (Frame) -> Result) -> Result {
    let thread = rayc_this_thread()!
    if thread.pointee.frame == nil { find(thread) }
    return Unmanaged<Frame>.fromOpaque(thread.pointee.frame)._withUnsafeGuaranteedRef(body)
  }

  @inline(never)
  private static func find(_ thread: UnsafeMutablePointer<ray_thread>) {
    let frame = Extent.current?.frame(on: thread) ?? .none
    // Given back, and released, by rayc_frame_release.
    thread.pointee.frame = Unmanaged.passRetained(frame).toOpaque()
  }
}

final class ContextFrame<Context: RayContext>: Frame {
  var value: Context
  /// Guarded by the extents' lock.
  var isInUse = false

  init(_ value: consuming Context) { self.value = value }

  // Inside before outside: an outer context sees what the program sees.
  override func willCall(_ site: Site, _ arguments: Arguments) {
    value.willCall(site, arguments)
    outer?.willCall(site, arguments)
  }
  override func didCall(_ site: Site, _ outcome: Outcome) {
    value.didCall(site, outcome)
    outer?.didCall(site, outcome)
  }
  override func result<T>(_ value: T, of site: Site) -> T {
    let new = self.value.result(value, of: site)
    return outer?.result(new, of: site) ?? new
  }
  override func load<T>(_ value: T, at site: Site) -> T {
    let new = self.value.load(value, at: site)
    return outer?.load(new, at: site) ?? new
  }

  override func giveBack() {
    let outer = withExtentsLock {
      isInUse = false
      defer { self.outer = nil }
      return self.outer
    }
    outer?.giveBack()
  }
}

// What the built-in context Dispatch calls -----------------------------------------

public func _dispatchWillCall(_ site: Site, _ arguments: Arguments) {
  Frame.withCurrent { $0.willCall(site, arguments) }
}
public func _dispatchDidCall(_ site: Site, _ outcome: Outcome) {
  Frame.withCurrent { $0.didCall(site, outcome) }
}
public func _dispatchResult<T>(_ value: T, of site: Site) -> T {
  Frame.withCurrent { $0.result(value, of: site) }
}
public func _dispatchLoad<T>(_ value: T, at site: Site) -> T {
  Frame.withCurrent { $0.load(value, at: site) }
}
