// Stage 5: the types of values, found from the records that the pass emits.
import CRay
import Glibc

/// A generic type whose parameters stand for those of a function, whatever they were called.
private enum Parameters<A, B, C, D, E, F, G, H> {
  /// The type's context descriptor, which the runtime wants to see parameters in.
  static var descriptor: UnsafeRawPointer {
    // An enum's metadata: its kind, then its descriptor.
    unsafeBitCast(self as Any.Type, to: UnsafePointer<UnsafeRawPointer>.self)[1]
  }
}

/// The context that a mangled name's generic parameters are looked up in.
nonisolated(unsafe) let parameterContext = Parameters<
  Int, Int, Int, Int, Int, Int, Int, Int
>.descriptor

/// Marks a type record whose type this process does not have.
nonisolated(unsafe) private let unknown = UnsafeRawPointer(bitPattern: 1)!

/// The type behind a type record of the pass; nil where this process does not have it, or where
/// generic code cannot receive its values. Cost: a few loads, after the first time.
///
/// - Parameter record: A `ray_type`.
@inline(never)
public func _type(at record: UnsafeMutableRawPointer) -> Any.Type? {
  let type = record.assumingMemoryBound(to: ray_type.self)
  guard let known = type.pointee.metadata else { return find(type) }
  if known == unknown { return nil }
  // A record on the stack has the program's own metadata, which may be of any type, and of which
  // the program may have asked for less than the whole.
  let whole = isOnStack(type) ? rayc_whole_metadata(known)! : known
  return isCopyable(whole) ? unsafeBitCast(whole, to: Any.Type.self) : nil
}

/// Of a record on the stack, only what says where the type is has been written.
private func isOnStack(_ type: UnsafeMutablePointer<ray_type>) -> Bool {
  type.pointee.name_offset == 0
}

/// Whether the type behind a record is the one that it names, and not the one that stands in.
func _isExact(_ record: UnsafeMutablePointer<ray_type>) -> Bool {
  guard let type = _type(at: record) else { return false }
  if isOnStack(record), record.pointee.metadata != nil { return true }
  let named = UnsafePointer(isOnStack(record) ? record.pointee.base! : record)
  guard named.pointee.name_length > 0, let fallback = string(at: named, \.fallback_offset) else {
    return true
  }
  return string(at: named, \.name_offset) == fallback || type != TypeNames.type(named: fallback)
}

private func find(_ type: UnsafeMutablePointer<ray_type>) -> Any.Type? {
  if let base = type.pointee.base { return composed(base, type.pointee.parameters!) }
  let found = lookUp(type, nil)
  type.pointee.metadata = found.map { unsafeBitCast($0, to: UnsafeRawPointer.self) } ?? unknown
  return found
}

private func lookUp(
  _ type: UnsafeMutablePointer<ray_type>, _ parameters: UnsafePointer<UnsafeRawPointer?>?
) -> Any.Type? {
  let record = UnsafeRawPointer(type)
  let name = ray_string(
    (record + MemoryLayout<ray_type>.offset(of: \.name_offset)!)
      .assumingMemoryBound(to: Int32.self))!
  let found = _getTypeByMangledNameInContext(
    UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self), UInt(type.pointee.name_length),
    genericContext: parameters == nil ? nil : parameterContext, genericArguments: parameters)
  if let found, fits(found, size: Int(type.pointee.size)) { return found }
  let fallback = ray_string(
    (record + MemoryLayout<ray_type>.offset(of: \.fallback_offset)!)
      .assumingMemoryBound(to: Int32.self))
  return fallback.flatMap { TypeNames.type(named: String(cString: $0)) }
}

/// Whether a value of a type can be handed to generic code, and lies in registers of that size.
private func fits(_ type: Any.Type, size: Int) -> Bool {
  guard isCopyable(unsafeBitCast(type, to: UnsafeRawPointer.self)) else { return false }
  // Registers together are padded to their alignment, a type's size is not.
  func open<T>(_: T.Type) -> Bool {
    let slack = max(8, MemoryLayout<T>.alignment)
    return (size - slack + 1...size).contains(MemoryLayout<T>.size)
  }
  return size == 0 || _openExistential(type, do: open)
}

/// A type that depends on generic parameters, and what they are.
private struct Composition: Hashable {
  let base: UnsafeMutablePointer<ray_type>
  let parameters: [UnsafeRawPointer?]
}

private final class Compositions: @unchecked Sendable {
  static let shared = Compositions()
  private var types: [Composition: (any Any.Type)?] = [:]
  private var lock = pthread_mutex_t()

  init() { pthread_mutex_init(&lock, nil) }

  func type(for composition: Composition, otherwise work: () -> Any.Type?) -> Any.Type? {
    pthread_mutex_lock(&lock)
    if let known = types[composition] {
      pthread_mutex_unlock(&lock)
      return known
    }
    pthread_mutex_unlock(&lock)
    // Not under the lock: looking a type up may run the program's code.
    let found = work()
    pthread_mutex_lock(&lock)
    types[composition] = .some(found)
    pthread_mutex_unlock(&lock)
    return found
  }
}

private func composed(
  _ base: UnsafeMutablePointer<ray_type>, _ parameters: UnsafePointer<UnsafeRawPointer?>
) -> Any.Type? {
  let known = Composition(
    base: base, parameters: Array(UnsafeBufferPointer(start: parameters, count: 8)))
  return Compositions.shared.type(for: known) { lookUp(base, parameters) }
}
