// Stage 5: which types' values generic code can receive.
import Glibc

/// Whether generic code can receive a type's values: whether they can be copied, and escape.
/// Cost: some loads; for a type that says `~Copyable` or `~Escapable` somewhere, a lookup in a
/// table, and the first time a question to the runtime.
func isCopyable(_ metadata: UnsafeRawPointer) -> Bool {
  let witnesses = (metadata - MemoryLayout<UnsafeRawPointer>.size).load(as: UnsafeRawPointer.self)
  let flags = (witnesses + 10 * MemoryLayout<UnsafeRawPointer>.size).load(as: UInt32.self)
  if flags & 0x80_0000 != 0 { return false }
  // The flags of a generic type's values do not have it, and none have `~Escapable`.
  let kind = metadata.load(as: UInt.self)
  guard kind == 0x200 || kind == 0x201 else { return true }
  let descriptor = (metadata + MemoryLayout<UnsafeRawPointer>.size).load(as: UnsafeRawPointer.self)
  let hasInverses = descriptor.load(as: UInt32.self) & 0x20 != 0
  return !hasInverses || Copyability.shared.isCopyable(metadata)
}

/// What the runtime said about types.
private final class Copyability: @unchecked Sendable {
  static let shared = Copyability()
  private var known: [UnsafeRawPointer: Bool] = [:]
  private var lock = pthread_mutex_t()

  init() { pthread_mutex_init(&lock, nil) }

  func isCopyable(_ metadata: UnsafeRawPointer) -> Bool {
    pthread_mutex_lock(&lock)
    let answer = known[metadata]
    pthread_mutex_unlock(&lock)
    if let answer { return answer }
    // Not under the lock: looking a type up may run the program's code.
    let found = Self.hasArray(of: metadata)
    pthread_mutex_lock(&lock)
    known[metadata] = found
    pthread_mutex_unlock(&lock)
    return found
  }

  /// Only copyable and escapable types have arrays: `SayxG` is `Array<x>`.
  private static func hasArray(of metadata: UnsafeRawPointer) -> Bool {
    let name: StaticString = "SayxG"
    return withUnsafePointer(to: Optional(metadata)) {
      _getTypeByMangledNameInContext(
        name.utf8Start, UInt(name.utf8CodeUnitCount), genericContext: parameterContext,
        genericArguments: $0) != nil
    }
  }
}
