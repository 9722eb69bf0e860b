// Stage 5: a call's arguments, decoded only when asked for.

/// The arguments of a call, each decoded when asked for.
///
/// Valid only inside `willCall`: what it reads lies in the caller's frame.
@frozen
public struct Arguments: RandomAccessCollection {
  @usableFromInline let addresses: UnsafePointer<UnsafeRawPointer>?
  @usableFromInline let site: Site

  /// Wraps what the pass hands over: the addresses of the values, in order.
  @inlinable @inline(__always)
  public init(_addresses: UnsafeRawPointer?, site: Site) {
    addresses = _addresses?.assumingMemoryBound(to: UnsafeRawPointer.self)
    self.site = site
  }

  public var startIndex: Int { 0 }

  /// How many arguments there are.
  public var endIndex: Int { addresses == nil ? 0 : site.argumentTypes.count }

  /// An argument as a machine-level type. Cost: a type lookup and a boxed copy.
  public subscript(position: Int) -> Any {
    let types = site.argumentTypes
    precondition(types.indices.contains(position), "argument \(position) of \(types.count)")
    guard let type = TypeNames.type(named: types[position]) else { return () }
    func load<T>(_: T.Type) -> Any {
      addresses![position].assumingMemoryBound(to: T.self).pointee
    }
    return _openExistential(type, do: load)
  }
}
