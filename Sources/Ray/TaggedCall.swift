// Stage 5: a call of a primitive, as a context that tags values sees it.

/// A call of a function that rayc has no IR of, with what it was given and what it returned.
@frozen
public struct TaggedCall {
  @usableFromInline let bits, tags: UnsafePointer<UInt64>?
  @usableFromInline let types: UnsafePointer<UInt32>?

  /// How many scalars were passed.
  public let count: Int

  /// The first scalar of the result, without a tag; of type `none` where there is none.
  public let result: TaggedValue

  /// The call.
  public let site: Site

  @inlinable @inline(__always)
  public init(
    _count: UInt32, bits: UnsafePointer<UInt64>?, tags: UnsafePointer<UInt64>?,
    types: UnsafePointer<UInt32>?, result: TaggedValue, site: Site
  ) {
    count = Int(_count)
    self.bits = bits
    self.tags = tags
    self.types = types
    self.result = result
    self.site = site
  }

  /// A scalar that was passed.
  ///
  /// - Parameter index: 0 to ``count`` - 1.
  @inlinable
  public func argument(_ index: Int) -> TaggedValue {
    precondition(index >= 0 && index < count, "the call has no argument of that number")
    return TaggedValue(
      _bits: bits.unsafelyUnwrapped[index], tag: tags.unsafelyUnwrapped[index],
      type: types.unsafelyUnwrapped[index])
  }

  /// The bits of all arguments' tags.
  @inlinable
  public var union: Tag {
    var union: UInt64 = 0
    for index in 0..<count { union |= tags.unsafelyUnwrapped[index] }
    return Tag(rawValue: union)
  }
}
