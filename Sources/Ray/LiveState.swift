// Stage 5: a live context on one thread.
public import CRay

/// What a thread has of a live context: the version that it has seen last, and a value of it.
///
/// A thread goes over to a new version at its next event. So no hook is ever exchanged while it
/// runs, no thread waits for another, and no lock is taken.
///
/// Cost: an event is two loads and a comparison, and a call of the hook through a table.
@frozen
public struct LiveState {
  @usableFromInline var version: UnsafeMutableRawPointer?
  @usableFromInline unowned(unsafe) var hooks: HookTable?
  @usableFromInline var value: UnsafeMutableRawPointer?

  /// Makes the value at once, so that an `init` that throws is seen before the program runs.
  public init() {
    (version, hooks, value) = (nil, nil, nil)
    if rayc_is_first_value() { rayc_live_begin() }
    goOn()
  }

  /// Goes over to the version of now.
  @inline(never) @usableFromInline
  mutating func goOn() {
    guard let new = LiveVersion.current else { return }
    let old = version.map(LiveVersion.at)
    if let old, let value, new.keepsValues(of: old) {
      self.value = value
    } else {
      if let old, let value { old.destroy(value) }
      value = new.makeValue()
    }
    (version, hooks) = (new.address, new.hooks)
  }

  /// The hooks of now with the thread's value; nil in a program that runs on its own.
  @inlinable @inline(__always)
  mutating func current() -> (hooks: HookTable, value: UnsafeMutableRawPointer)? {
    if rayc_live_version() != version { goOn() }
    guard let hooks, let value else { return nil }
    return (hooks, value)
  }

  public mutating func merge(_ other: LiveState) {
    var other = other
    goOn()
    other.goOn()
    guard let hooks, let value, let from = other.value, let version else { return }
    hooks.merge(value, from)
    LiveVersion.at(version).destroy(from)
  }

  public mutating func finish() {
    goOn()
    guard let version, let value else { return }
    LiveVersion.at(version).finish(value)
    LiveVersion.at(version).destroy(value)
  }
}

// The hooks.
extension LiveState {
  @inlinable
  public mutating func willCall(_ site: Site, _ arguments: Arguments) {
    guard let (hooks, value) = current(), hooks.willCallPresence != .absent else { return }
    hooks.willCall(value, site, arguments)
    if hooks.willCallPresence == .unknown { hooks.learn(\.willCallPresence) }
  }

  @inlinable
  public mutating func didCall(_ site: Site, _ outcome: Outcome) {
    guard let (hooks, value) = current(), hooks.didCallPresence != .absent else { return }
    hooks.didCall(value, site, outcome)
    if hooks.didCallPresence == .unknown { hooks.learn(\.didCallPresence) }
  }

  @inlinable
  public mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
    guard let (hooks, value) = current(), hooks.runtimePresence != .absent else { return }
    hooks.runtime(value, operation, site)
    if hooks.runtimePresence == .unknown { hooks.learn(\.runtimePresence) }
  }

  @inlinable
  public mutating func outcome<T>(
    _ outcome: Result<T, any Error>, of site: Site, isReadOnly: Bool
  ) -> Result<T, any Error> {
    guard let (hooks, value) = current(), hooks.outcomePresence != .absent else { return outcome }
    let new = hooks.values.outcome(value, outcome, of: site)
    if hooks.outcomePresence == .unknown { hooks.learn(\.outcomePresence) }
    return isReadOnly ? outcome : new
  }

  @inlinable
  public mutating func result<T>(_ result: T, of site: Site, isReadOnly: Bool) -> T {
    guard let (hooks, value) = current(), hooks.resultPresence != .absent else { return result }
    let new =
      if let typed = hooks.hooks(for: T.self) {
        typed.result(value, result, site)
      } else {
        hooks.values.result(value, result, of: site)
      }
    if hooks.resultPresence == .unknown { hooks.learn(\.resultPresence) }
    return isReadOnly ? result : new
  }

  @inlinable
  public mutating func load<T>(_ loaded: T, at site: Site, isReadOnly: Bool) -> T {
    guard let (hooks, value) = current(), hooks.loadPresence != .absent else { return loaded }
    let new =
      if let typed = hooks.hooks(for: T.self) {
        typed.load(value, loaded, site)
      } else {
        hooks.values.load(value, loaded, at: site)
      }
    if hooks.loadPresence == .unknown { hooks.learn(\.loadPresence) }
    return isReadOnly ? loaded : new
  }

  @inlinable
  public mutating func store<T>(_ stored: T, at site: Site, isReadOnly: Bool) -> T {
    guard let (hooks, value) = current(), hooks.storePresence != .absent else { return stored }
    let new =
      if let typed = hooks.hooks(for: T.self) {
        typed.store(value, stored, site)
      } else {
        hooks.values.store(value, stored, at: site)
      }
    if hooks.storePresence == .unknown { hooks.learn(\.storePresence) }
    return isReadOnly ? stored : new
  }

  @inlinable
  public mutating func operation<T>(
    _ result: T, of site: Site, _ operands: Arguments, isReadOnly: Bool
  ) -> T {
    guard let (hooks, value) = current(), hooks.operationPresence != .absent else { return result }
    let new =
      if let typed = hooks.hooks(for: T.self) {
        typed.operation(value, result, site, operands)
      } else {
        hooks.values.operation(value, result, of: site, operands)
      }
    if hooks.operationPresence == .unknown { hooks.learn(\.operationPresence) }
    return isReadOnly ? result : new
  }
}
