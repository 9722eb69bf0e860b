// Stage 5: how a call ended.

/// How a call ended.
public enum Outcome {
  /// It returned.
  case returned
  /// It threw this error.
  case threw(any Error)

  /// Reads what the pass hands over: a Swift error's box, borrowed, or nil.
  @inlinable @inline(__always)
  public init(_error error: UnsafeRawPointer?) {
    guard let error else {
      self = .returned
      return
    }
    // A `throws(E)` function that is not known sets the register to 1.
    guard UInt(bitPattern: error) > 1 else {
      self = .threw(TypedThrow())
      return
    }
    // An `any Error` is a pointer to its box; the copy is retained, the program keeps its own.
    self = .threw(
      Unmanaged<AnyObject>.fromOpaque(error)._withUnsafeGuaranteedRef {
        unsafeBitCast($0, to: (any Error).self)
      })
  }
}

/// Stands for the error of a `throws(E)` function whose signature is not known where it is called:
/// a closure, a method that is found at run time.
public struct TypedThrow: Error {
  public init() {}
}
