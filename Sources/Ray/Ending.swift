// Stage 5: a call's result or error in the program's own memory, read and changed.
public import CRay

/// What a call has left behind: its result or its error, both owned by the program.
public struct _Ending {
  private let record: UnsafeMutablePointer<ray_outcome>

  public init(_ record: UnsafeMutableRawPointer) {
    self.record = record.assumingMemoryBound(to: ray_outcome.self)
  }

  /// The result's type; that of nothing where it is not known.
  public var type: Any.Type {
    record.pointee.type.flatMap { _type(at: $0) } ?? Void.self
  }

  /// A copy of what is there.
  public func read<T>(_: T.Type) -> Result<T, any Error> {
    if record.pointee.threw != 0 { return .failure(error) }
    // Nothing has no bytes to look at.
    guard MemoryLayout<T>.size > 0 else { return .success(unsafeBitCast((), to: T.self)) }
    return .success(value(T.self).pointee)
  }

  /// Puts an outcome in the place of what is there, if the program can be given it.
  public func leave<T>(_ new: Result<T, any Error>) {
    switch (record.pointee.threw != 0, new) {
    case (false, .success(let value)):
      guard MemoryLayout<T>.size > 0 else { return }
      if isBorrowed {
        _replaceLoaded(self.value(T.self), with: value)
      } else {
        self.value(T.self).pointee = value
      }
    case (false, .failure(let error)):
      guard initialize(error) else { return }
      if record.pointee.is_known != 0, !isBorrowed { value(T.self).deinitialize(count: 1) }
      record.pointee.threw = 1
    case (true, .success(let value)):
      guard isWhole(T.self), destroyError() else { return }
      if isBorrowed {
        _keepNew(value, at: self.value(T.self))
      } else {
        self.value(T.self).initialize(to: value)
      }
      record.pointee.threw = 0
    case (true, .failure(let error)):
      replace(error)
    }
  }

  /// Whether the program has yet to retain the result: what it gets instead is kept for good.
  private var isBorrowed: Bool { record.pointee.is_borrowed != 0 }

  private func value<T>(_: T.Type) -> UnsafeMutablePointer<T> {
    record.pointee.value.assumingMemoryBound(to: T.self)
  }

  /// Whether a value of that type is what the program expects. A type that this process does not
  /// have comes as a machine-level one, or as nothing.
  private func isWhole<T>(_: T.Type) -> Bool {
    guard record.pointee.is_known != 0, let type = record.pointee.type else { return false }
    return _isExact(type)
  }
}

// The error: the box of any, or a value of a type of its own.
extension _Ending {
  private var box: UnsafeMutablePointer<any Error> {
    record.pointee.error.assumingMemoryBound(to: (any Error).self)
  }

  private var error: any Error {
    guard let type = record.pointee.error_type else { return box.pointee }
    return _error(at: record.pointee.error, type) ?? TypedThrow()
  }

  /// Puts an error where none is. False: it is not of the type that is thrown.
  private func initialize(_ error: any Error) -> Bool {
    guard let type = record.pointee.error_type else {
      box.initialize(to: error)
      return true
    }
    let address = record.pointee.error!
    func open<E>(_: E.Type) -> Bool {
      guard let error = error as? E else { return false }
      address.assumingMemoryBound(to: E.self).initialize(to: error)
      return true
    }
    return _type(at: type).map { _openExistential($0, do: open) } ?? false
  }

  private func replace(_ error: any Error) {
    guard let type = record.pointee.error_type else {
      box.pointee = error
      return
    }
    let address = record.pointee.error!
    func open<E>(_: E.Type) {
      if let error = error as? E { address.assumingMemoryBound(to: E.self).pointee = error }
    }
    if let type = _type(at: type) { _openExistential(type, do: open) }
  }

  private func destroyError() -> Bool {
    guard let type = record.pointee.error_type else {
      box.deinitialize(count: 1)
      return true
    }
    let address = record.pointee.error!
    func open<E>(_: E.Type) -> Bool {
      address.assumingMemoryBound(to: E.self).deinitialize(count: 1)
      return true
    }
    return _type(at: type).map { _openExistential($0, do: open) } ?? false
  }
}

/// A copy of an error of a type of its own, in a box; nil where its type is not found.
private func _error(
  at address: UnsafeRawPointer, _ type: UnsafeMutablePointer<ray_type>
) -> (any Error)? {
  func open<E>(_: E.Type) -> (any Error)? {
    address.assumingMemoryBound(to: E.self).pointee as? any Error
  }
  return _type(at: type).flatMap { _openExistential($0, do: open) }
}

@c @implementation public func rayc_error_box(
  _ error: UnsafeRawPointer!, _ type: UnsafeMutablePointer<ray_type>!
) -> UnsafeMutableRawPointer! {
  guard let error = _error(at: error, type) else { return UnsafeMutableRawPointer(bitPattern: 1) }
  return Unmanaged.passRetained(unsafeBitCast(error, to: AnyObject.self)).toOpaque()
}

@c @implementation public func rayc_error_release(_ box: UnsafeMutableRawPointer!) {
  if UInt(bitPattern: box) > 1 { Unmanaged<AnyObject>.fromOpaque(box).release() }
}
