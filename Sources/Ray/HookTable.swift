// Stage 5: the hooks of a context of the program's own, to be called without knowing its type.
import CRay

/// What `overdub` hands to the runtime: the hooks of one type of context.
///
/// Made in the caller's module, where the context's type is known: there the compiler makes
/// each of these closures a function of its own with the hook inlined, and a call of it costs
/// what a call through a function pointer costs. A hook that the context does not implement
/// is found out by its first call, and not called again.
@usableFromInline
final class HookTable: @unchecked Sendable {
  @usableFromInline typealias Value = UnsafeMutableRawPointer

  @usableFromInline let make: (Value) -> Void
  @usableFromInline let merge: (Value, Value) -> Void
  @usableFromInline let destroy: (Value) -> Void
  @usableFromInline let layout: (size: Int, alignment: Int)

  @usableFromInline let willCall: (Value, Site, Arguments) -> Void
  @usableFromInline let didCall: (Value, Site, Outcome) -> Void
  @usableFromInline let runtime: (Value, RuntimeOperation, Site) -> Void
  @usableFromInline let values: any ValueHooks

  // Values of these types come far more often than any others.
  @usableFromInline let bool: TypedHooks<Bool>
  @usableFromInline let int: TypedHooks<Int>
  @usableFromInline let int8: TypedHooks<Int8>
  @usableFromInline let int32: TypedHooks<Int32>
  @usableFromInline let int64: TypedHooks<Int64>
  @usableFromInline let double: TypedHooks<Double>
  @usableFromInline let pointer: TypedHooks<UnsafeRawPointer?>

  /// Whether the context has a hook. Threads may learn it at the same time; they learn the
  /// same.
  @usableFromInline enum Presence { case unknown, present, absent }
  @usableFromInline var willCallPresence = Presence.unknown
  @usableFromInline var didCallPresence = Presence.unknown
  @usableFromInline var outcomePresence = Presence.unknown
  @usableFromInline var resultPresence = Presence.unknown
  @usableFromInline var loadPresence = Presence.unknown
  @usableFromInline var storePresence = Presence.unknown
  @usableFromInline var operationPresence = Presence.unknown
  @usableFromInline var runtimePresence = Presence.unknown

  /// Says after the first call of a hook whether it was one of the context's own.
  @usableFromInline @inline(never)
  func learn(_ presence: ReferenceWritableKeyPath<HookTable, Presence>) {
    self[keyPath: presence] = rayc_take_absence() ? .absent : .present
  }

  @inlinable
  init<Context: RayContext>(_ type: Context.Type) {
    make = { $0.initializeMemory(as: Context.self, to: Context()) }
    merge = {
      $0.assumingMemoryBound(to: Context.self).pointee.merge(
        $1.assumingMemoryBound(to: Context.self).pointee)
    }
    destroy = { $0.assumingMemoryBound(to: Context.self).deinitialize(count: 1) }
    layout = (MemoryLayout<Context>.size, MemoryLayout<Context>.alignment)
    willCall = { $0.assumingMemoryBound(to: Context.self).pointee.willCall($1, $2) }
    didCall = { $0.assumingMemoryBound(to: Context.self).pointee.didCall($1, $2) }
    runtime = { $0.assumingMemoryBound(to: Context.self).pointee.runtime($1, at: $2) }
    values = AnyValueHooks<Context>()
    bool = TypedHooks(type)
    int = TypedHooks(type)
    int8 = TypedHooks(type)
    int32 = TypedHooks(type)
    int64 = TypedHooks(type)
    double = TypedHooks(type)
    pointer = TypedHooks(type)
  }

  /// The hooks for values of a type, if it is one of the frequent ones. The comparisons go
  /// where the type is known at compile time.
  @inlinable @inline(__always)
  func hooks<T>(for type: T.Type) -> TypedHooks<T>? {
    if T.self == Bool.self { return bool as? TypedHooks<T> }
    if T.self == Int.self { return int as? TypedHooks<T> }
    if T.self == Int8.self { return int8 as? TypedHooks<T> }
    if T.self == Int32.self { return int32 as? TypedHooks<T> }
    if T.self == Int64.self { return int64 as? TypedHooks<T> }
    if T.self == Double.self { return double as? TypedHooks<T> }
    if T.self == UnsafeRawPointer?.self { return pointer as? TypedHooks<T> }
    return nil
  }
}

/// The hooks for values of one type.
@usableFromInline @frozen
struct TypedHooks<T> {
  @usableFromInline let result: (UnsafeMutableRawPointer, T, Site) -> T
  @usableFromInline let load: (UnsafeMutableRawPointer, T, Site) -> T
  @usableFromInline let store: (UnsafeMutableRawPointer, T, Site) -> T
  @usableFromInline let operation: (UnsafeMutableRawPointer, T, Site, Arguments) -> T

  @inlinable
  init<Context: RayContext>(_: Context.Type) {
    result = { $0.assumingMemoryBound(to: Context.self).pointee.result($1, of: $2) }
    load = { $0.assumingMemoryBound(to: Context.self).pointee.load($1, at: $2) }
    store = { $0.assumingMemoryBound(to: Context.self).pointee.store($1, at: $2) }
    operation = { $0.assumingMemoryBound(to: Context.self).pointee.operation($1, of: $2, $3) }
  }
}

/// The hooks for values of all other types.
@usableFromInline
protocol ValueHooks: Sendable {
  func outcome<T>(
    _ context: UnsafeMutableRawPointer, _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error>
  func result<T>(_ context: UnsafeMutableRawPointer, _ value: T, of site: Site) -> T
  func load<T>(_ context: UnsafeMutableRawPointer, _ value: T, at site: Site) -> T
  func store<T>(_ context: UnsafeMutableRawPointer, _ value: T, at site: Site) -> T
  func operation<T>(
    _ context: UnsafeMutableRawPointer, _ value: T, of site: Site, _ operands: Arguments
  ) -> T
}

@usableFromInline @frozen
struct AnyValueHooks<Context: RayContext>: ValueHooks {
  @inlinable init() {}

  @inlinable
  func outcome<T>(
    _ context: UnsafeMutableRawPointer, _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error> {
    context.assumingMemoryBound(to: Context.self).pointee.outcome(outcome, of: site)
  }

  @inlinable
  func result<T>(_ context: UnsafeMutableRawPointer, _ value: T, of site: Site) -> T {
    context.assumingMemoryBound(to: Context.self).pointee.result(value, of: site)
  }

  @inlinable
  func load<T>(_ context: UnsafeMutableRawPointer, _ value: T, at site: Site) -> T {
    context.assumingMemoryBound(to: Context.self).pointee.load(value, at: site)
  }

  @inlinable
  func store<T>(_ context: UnsafeMutableRawPointer, _ value: T, at site: Site) -> T {
    context.assumingMemoryBound(to: Context.self).pointee.store(value, at: site)
  }

  @inlinable
  func operation<T>(
    _ context: UnsafeMutableRawPointer, _ value: T, of site: Site, _ operands: Arguments
  ) -> T {
    context.assumingMemoryBound(to: Context.self).pointee.operation(value, of: site, operands)
  }
}
