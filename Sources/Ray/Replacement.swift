// Stage 5: putting a context's value in place of a loaded one.
import Glibc

/// Puts a value in place of a loaded one, which the program has not retained.
///
/// What is loaded belongs to the memory that it came from; so the old value is not released.
/// Nobody can say for how long the program uses the new one, nor whether it takes it over; so
/// it is kept for good, once for each time that it takes the place of another.
@inlinable @inline(__always)
public func _replaceLoaded<T>(_ address: UnsafeMutablePointer<T>, with value: T) {
  if _isPOD(T.self) {
    address.pointee = value
  } else if !_isSame(address, value) {
    _keep(value, at: address)
  }
}

/// Whether a value is the one in memory, bit by bit.
@inlinable @inline(__always)
public func _isSame<T>(_ address: UnsafeMutablePointer<T>, _ value: T) -> Bool {
  let old = UnsafeRawPointer(address)
  if MemoryLayout<T>.size == 8 {
    return unsafeBitCast(value, to: UInt64.self) == old.load(as: UInt64.self)
  }
  if MemoryLayout<T>.size == 16 {
    let new = unsafeBitCast(value, to: (UInt64, UInt64).self)
    return new.0 == old.load(as: UInt64.self)
      && new.1 == old.load(fromByteOffset: 8, as: UInt64.self)
  }
  return _isSameInMemory(address, value)
}

@inline(never)
public func _isSameInMemory<T>(_ address: UnsafeMutablePointer<T>, _ value: T) -> Bool {
  withUnsafePointer(to: value) { memcmp($0, address, MemoryLayout<T>.size) == 0 }
}

/// Whether a value is the one in memory, where the bytes that hold nothing may differ: copies of
/// both are held against each other, which have zeros there.
@inline(never)
private func isEqual<T>(_ address: UnsafeMutablePointer<T>, _ value: T) -> Bool {
  withUnsafeTemporaryAllocation(of: T.self, capacity: 2) { copies in
    memset(copies.baseAddress!, 0, 2 * MemoryLayout<T>.stride)
    let (old, new) = (copies.baseAddress!, copies.baseAddress! + 1)
    old.initialize(to: address.pointee)
    new.initialize(to: value)
    defer { old.deinitialize(count: 2) }
    return memcmp(old, new, MemoryLayout<T>.size) == 0
  }
}

@inline(never)
public func _keep<T>(_ value: T, at address: UnsafeMutablePointer<T>) {
  if !isEqual(address, value) { _keepNew(value, at: address) }
}

/// The same for memory in which nothing is.
@inline(never)
public func _keepNew<T>(_ value: T, at address: UnsafeMutablePointer<T>) {
  address.initialize(to: value)
  Kept.shared.append(UnsafeRawBufferPointer(start: address, count: MemoryLayout<T>.size))
}

/// The bits of all values that were put in place of loaded ones, so that tools which look for
/// leaks find them in use.
private final class Kept: @unchecked Sendable {
  static let shared = Kept()
  private var words: [UInt] = []
  private var lock = pthread_mutex_t()

  init() { pthread_mutex_init(&lock, nil) }

  func append(_ bytes: UnsafeRawBufferPointer) {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    for offset in stride(from: 0, through: bytes.count - 8, by: 8) {
      words.append(bytes.loadUnaligned(fromByteOffset: offset, as: UInt.self))
    }
  }
}
