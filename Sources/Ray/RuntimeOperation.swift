// Stage 5: what the Swift runtime is about to do, as a context sees it.

/// What the Swift runtime is about to do.
@frozen
public struct RuntimeOperation {
  /// The kinds of operations; the raw values are RAY_RUNTIME_… of ray_abi.h.
  public enum Kind: UInt8, Sendable, CaseIterable {
    /// A reference is taken: of an object, an error, a weak or unowned one.
    case retain = 0
    /// A reference is given up.
    case release = 1
    /// Memory is allocated on the heap: an object, a box, an error, an async frame.
    case allocation = 2
    /// Memory is given back.
    case deallocation = 3
    /// A cast that is decided at run time: `as?`, `as!`, `is`.
    case cast = 4
    /// An access to a variable or property begins, and is checked for exclusivity.
    case beginAccess = 5
    /// It ends.
    case endAccess = 6
    /// Memory is copied, as bytes or value by value.
    case copy = 7
    /// Memory is filled with a byte.
    case fill = 8
    /// Values in memory are destroyed, one by one.
    case destruction = 9
  }

  public let kind: Kind

  /// The object, or where the memory is; nil where that is not known before: an allocation, a
  /// cast.
  public let address: UnsafeRawPointer?

  /// The size in bytes of what is allocated, deallocated, copied or filled; nil for everything
  /// else and where the call does not say.
  public let size: Int?

  /// Wraps what the pass hands over; a size below 0 is none.
  @inlinable @inline(__always)
  public init(_kind: UInt8, address: UnsafeRawPointer?, size: Int) {
    kind = Kind(rawValue: _kind).unsafelyUnwrapped
    self.address = address
    self.size = size < 0 ? nil : size
  }
}
