// Stage 5: dynamic extents, as the runtime follows them through threads and tasks.
import CRay

/// The dynamic extent of some work: what it calls and starts runs inside.
///
/// The runtime knows an extent by the address of this object. A task's extent is bound in
/// its task-local storage, so child tasks, `Task { }` and `async let` inherit it.
///
/// Each thread has a value of the extent's context of its own, so contexts need no lock; they
/// are merged when the extent closes.
final class Extent: @unchecked Sendable {
  /// The extent around this one.
  let outer: Extent?
  /// That of the opening thread; nil: an extent without a context of its own.
  private let first: Frame?
  private let firstThread = rayc_this_thread()!

  // Guarded by the extents' lock.
  fileprivate var isClosed = false
  private var others: [UnsafeMutablePointer<ray_thread>: Frame] = [:]

  /// Where the async function returns to whose call has opened this extent.
  fileprivate var resume: UnsafeMutableRawPointer?

  init(outer: Extent?, _ first: Frame? = nil) { (self.outer, self.first) = (outer, first) }

  /// The extent that the running code is in.
  static var current: Extent? { rayc_current_extent().map(at) }

  static func at(_ address: OpaquePointer) -> Extent {
    Unmanaged<Extent>.fromOpaque(UnsafeRawPointer(address)).takeUnretainedValue()
  }

  var address: OpaquePointer { OpaquePointer(Unmanaged.passUnretained(self).toOpaque()) }

  /// What a trigger opens: only the build's own contexts see it.
  static let triggered = Extent(outer: nil)

  /// Stands for no extent, inside of one.
  static let off = Extent(outer: nil)

  /// What a thread's events go to, the innermost first; nil if no context is there.
  func frame(on thread: UnsafeMutablePointer<ray_thread>) -> Frame? {
    let around = outer?.frame(on: thread)
    guard let first else { return around }
    if let known = take(thread, around) { return known }
    if withExtentsLock({ isClosed }) { return around }
    let new = Frame(first.hooks)
    withExtentsLock { others[thread] = new }
    return take(thread, around) ?? around
  }

  private func take(_ thread: UnsafeMutablePointer<ray_thread>, _ around: Frame?) -> Frame? {
    withExtentsLock {
      let known = thread == firstThread ? first : others[thread]
      guard !isClosed, let frame = known else { return nil }
      frame.isInUse = true
      frame.outer = around
      return frame
    }
  }

  /// Ends the extent: all values are merged into the first.
  ///
  /// What a thread that is still inside has seen is lost: its task has outlived the extent.
  func close() {
    let finished = withExtentsLock {
      isClosed = true
      defer { others = [:] }
      return others.isEmpty ? [] : others.values.filter { !$0.isInUse }
    }
    guard let first else { return }
    silently { for frame in finished { first.hooks.merge(first.value, frame.value) } }
  }
}

/// Runs code of the user's contexts so that it causes no events.
func silently<Result>(_ body: () -> Result) -> Result {
  let thread = rayc_this_thread()!
  let before = thread.pointee.in_hook
  thread.pointee.in_hook = rayc_silence
  defer { thread.pointee.in_hook = before }
  return body()
}

func withExtentsLock<Result>(_ body: () -> Result) -> Result {
  rayc_extents_lock()
  defer { rayc_extents_unlock() }
  return body()
}

// What extents.c asks for -----------------------------------------------------------

@c @implementation public func rayc_extent_open(_ extent: OpaquePointer!) -> OpaquePointer! {
  guard let extent else { return nil }
  var each = Optional(Extent.at(extent))
  while let open = each {
    if open === Extent.off { return nil }
    // A stale answer is as good as one from a moment earlier.
    if !open.isClosed { return open.address }
    each = open.outer
  }
  return nil
}

@c @implementation public func rayc_trigger_extent() -> OpaquePointer! { Extent.triggered.address }

@c @implementation public func rayc_trigger_extent_for(
  _ resume: UnsafeMutableRawPointer!
) -> OpaquePointer! {
  let extent = Extent(outer: nil)
  extent.resume = resume
  return rayc_extent_retain(extent.address)
}

@c @implementation public func rayc_trigger_resume(
  _ extent: OpaquePointer!
) -> UnsafeMutableRawPointer! { Extent.at(extent).resume }

@c @implementation public func rayc_frame_give_back(_ frame: UnsafeMutableRawPointer!) {
  let frame = Unmanaged<Frame>.fromOpaque(frame)
  frame._withUnsafeGuaranteedRef { $0.giveBack() }
  frame.release()
}

@c @implementation public func rayc_extent_retain(_ extent: OpaquePointer!) -> OpaquePointer! {
  OpaquePointer(Unmanaged.passRetained(Extent.at(extent)).toOpaque())
}

@c @implementation public func rayc_extent_release(_ extent: OpaquePointer!) {
  Unmanaged<Extent>.fromOpaque(UnsafeRawPointer(extent)).release()
}

@c @implementation public func rayc_extent_type() -> UnsafeRawPointer! {
  unsafeBitCast(Extent.self, to: UnsafeRawPointer.self)
}
