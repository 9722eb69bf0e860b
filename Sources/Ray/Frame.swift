// Stage 5: a context of the program's own on one thread.
public import CRay

/// What a thread's events go to inside an extent: a value of the extent's context.
///
/// Behind it come the frames of the extents around, on the same thread.
@usableFromInline
final class Frame {
  @usableFromInline let hooks: HookTable
  @usableFromInline let value: UnsafeMutableRawPointer
  private let ownsValue: Bool
  /// Kept alive by its extent.
  @usableFromInline unowned(unsafe) var outer: Frame?
  /// Whether a thread's events go here just now. Guarded by the extents' lock.
  var isInUse = false

  /// A frame of the value that `overdub` was given.
  init(_ hooks: HookTable, _ value: UnsafeMutableRawPointer) {
    (self.hooks, self.value, ownsValue) = (hooks, value, false)
  }

  /// A frame of a value of its own, made by the context's `init`.
  init(_ hooks: HookTable) {
    let value = UnsafeMutableRawPointer.allocate(
      byteCount: hooks.layout.size, alignment: hooks.layout.alignment)
    silently { hooks.make(value) }
    (self.hooks, self.value, ownsValue) = (hooks, value, true)
  }

  deinit {
    guard ownsValue else { return }
    silently { hooks.destroy(value) }
    value.deallocate()
  }

  /// The running thread's, found again whenever the thread has moved to another extent.
  @inlinable @inline(__always)
  static func withCurrent(_ body: (Frame) -> Void) {
    let thread = rayc_this_thread()!
    if thread.pointee.frame == nil { find(thread) }
    guard ray_has_frame(thread), let first = thread.pointee.frame else { return }
    var each = Optional(Unmanaged<Frame>.fromOpaque(first))
    while let frame = each {
      each = frame._withUnsafeGuaranteedRef {
        body($0)
        return $0.outer.map { .passUnretained($0) }
      }
    }
  }

  @inline(never) @usableFromInline
  static func find(_ thread: UnsafeMutablePointer<ray_thread>) {
    guard let frame = Extent.current?.frame(on: thread) else {
      thread.pointee.frame = UnsafeMutableRawPointer(bitPattern: 1)  // RAY_NO_FRAME
      return
    }
    // Given back, and released, by rayc_frame_release.
    thread.pointee.frame = Unmanaged.passRetained(frame).toOpaque()
  }

  /// The thread goes on with something else.
  func giveBack() {
    withExtentsLock {
      var each = Optional(self)
      while let frame = each {
        frame.isInUse = false
        each = frame.outer
        frame.outer = nil
      }
    }
  }
}

// What the built-in context Dispatch calls. Inside before outside: an outer context sees
// what the program sees.

@inlinable
public func _dispatchWillCall(_ site: Site, _ arguments: Arguments) {
  Frame.withCurrent { frame in
    if frame.hooks.willCallPresence == .absent { return }
    frame.hooks.willCall(frame.value, site, arguments)
    if frame.hooks.willCallPresence == .unknown { frame.hooks.learn(\.willCallPresence) }
  }
}

@inlinable
public func _dispatchDidCall(_ site: Site, _ outcome: Outcome) {
  Frame.withCurrent { frame in
    if frame.hooks.didCallPresence == .absent { return }
    frame.hooks.didCall(frame.value, site, outcome)
    if frame.hooks.didCallPresence == .unknown { frame.hooks.learn(\.didCallPresence) }
  }
}

@inlinable
public func _dispatchOutcome<T>(
  _ outcome: Result<T, any Error>, of site: Site, isReadOnly: Bool
) -> Result<T, any Error> {
  var outcome = outcome
  Frame.withCurrent { frame in
    if frame.hooks.outcomePresence == .absent { return }
    let new = frame.hooks.values.outcome(frame.value, outcome, of: site)
    if !isReadOnly { outcome = new }
    if frame.hooks.outcomePresence == .unknown { frame.hooks.learn(\.outcomePresence) }
  }
  return outcome
}

@inlinable
public func _dispatchResult<T>(_ value: T, of site: Site, isReadOnly: Bool) -> T {
  var value = value
  Frame.withCurrent { frame in
    if frame.hooks.resultPresence == .absent { return }
    let new =
      if let hooks = frame.hooks.hooks(for: T.self) {
        hooks.result(frame.value, value, site)
      } else {
        frame.hooks.values.result(frame.value, value, of: site)
      }
    if !isReadOnly { value = new }
    if frame.hooks.resultPresence == .unknown { frame.hooks.learn(\.resultPresence) }
  }
  return value
}

@inlinable
public func _dispatchLoad<T>(_ value: T, at site: Site, isReadOnly: Bool) -> T {
  var value = value
  Frame.withCurrent { frame in
    if frame.hooks.loadPresence == .absent { return }
    let new =
      if let hooks = frame.hooks.hooks(for: T.self) {
        hooks.load(frame.value, value, site)
      } else {
        frame.hooks.values.load(frame.value, value, at: site)
      }
    if !isReadOnly { value = new }
    if frame.hooks.loadPresence == .unknown { frame.hooks.learn(\.loadPresence) }
  }
  return value
}

@inlinable
public func _dispatchStore<T>(_ value: T, at site: Site, isReadOnly: Bool) -> T {
  var value = value
  Frame.withCurrent { frame in
    if frame.hooks.storePresence == .absent { return }
    let new =
      if let hooks = frame.hooks.hooks(for: T.self) {
        hooks.store(frame.value, value, site)
      } else {
        frame.hooks.values.store(frame.value, value, at: site)
      }
    if !isReadOnly { value = new }
    if frame.hooks.storePresence == .unknown { frame.hooks.learn(\.storePresence) }
  }
  return value
}

@inlinable
public func _dispatchRuntime(_ operation: RuntimeOperation, at site: Site) {
  Frame.withCurrent { frame in
    if frame.hooks.runtimePresence == .absent { return }
    frame.hooks.runtime(frame.value, operation, site)
    if frame.hooks.runtimePresence == .unknown { frame.hooks.learn(\.runtimePresence) }
  }
}

@inlinable
public func _dispatchOperation<T>(
  _ result: T, of site: Site, _ operands: Arguments, isReadOnly: Bool
) -> T {
  var result = result
  Frame.withCurrent { frame in
    if frame.hooks.operationPresence == .absent { return }
    let new =
      if let hooks = frame.hooks.hooks(for: T.self) {
        hooks.operation(frame.value, result, site, operands)
      } else {
        frame.hooks.values.operation(frame.value, result, of: site, operands)
      }
    if !isReadOnly { result = new }
    if frame.hooks.operationPresence == .unknown { frame.hooks.learn(\.operationPresence) }
  }
  return result
}
