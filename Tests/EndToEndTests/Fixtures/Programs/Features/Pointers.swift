// Unsafe pointers: withUnsafe…, raw and bound memory, buffers, managed and unmanaged, pointers given to C.

import Foundation

struct Wide { var a: Int8 = 1, b = 2.5, c = "c", d: [Int] = [4] }
final class Owned { nonisolated(unsafe) static var live = 0; let n: Int; init(_ n: Int) { self.n = n; Self.live += 1 }; deinit { Self.live -= 1 } }
struct Failure: Error {}
final class Buffer<T>: ManagedBuffer<Int, T> { deinit { withUnsafeMutablePointers { header, elements in print("buffer ends", header.pointee); elements.deinitialize(count: header.pointee) } } }
func bump(_ p: UnsafeMutablePointer<Int>, _ n: Int) -> Int { for i in 0..<n { p[i] += i }; return p.pointee }
func sum(_ p: UnsafePointer<Double>, _ n: Int) -> Double { (0..<n).reduce(0) { $0 + p[$1] } }
func bytes(_ p: UnsafeRawPointer, _ n: Int) -> [UInt8] { (0..<n).map { p.load(fromByteOffset: $0, as: UInt8.self) } }
func hex(_ b: UnsafeRawBufferPointer) -> String { b.map { String(format: "%02x", $0) }.joined() }

func run() throws {
  var n = 5, list = [10, 20, 30], wide = Wide()
  print(withUnsafeMutablePointer(to: &n) { $0.pointee += 1; return bump($0, 1) }, bump(&list, 3), list, sum([1.5, 2.5], 2), bytes(&n, 2))
  withUnsafeMutablePointer(to: &wide) { p in
    p.pointee.c += "changed"
    p.pointer(to: \.d)!.pointee.append(5)
    UnsafeMutableRawPointer(p).storeBytes(of: 9, as: Int8.self)
  }
  print(wide, withUnsafeBytes(of: &wide.b) { hex($0) }, withUnsafeBytes(of: (1 as Int16, 2 as Int8)) { hex($0) })
  print(list.withUnsafeBufferPointer { $0.reduce(0, +) }, list.withUnsafeMutableBufferPointer { b in b.sort(by: >); b[1...].swapAt(1, 2); return b.count }, list)
  do { try list.withUnsafeMutableBufferPointer { b in b[0] = -1; throw Failure() } } catch { print("caught", list) }
  let p = UnsafeMutablePointer<Owned>.allocate(capacity: 3)
  p.initialize(to: Owned(1))
  (p + 1).initialize(repeating: Owned(2), count: 2)
  p[1] = Owned(3)
  let moved = p.move()
  p.initialize(to: (p + 2).pointee)
  swap(&p[0], &p[1])
  print(moved.n, p[0].n, p[1].n, p[2].n, Owned.live)
  p.deinitialize(count: 3)
  p.deallocate()
  print(Owned.live)
  let raw = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 16)
  defer { raw.deallocate() }
  raw.storeBytes(of: 0x0102_0304, toByteOffset: 4, as: UInt32.self)
  let ints = (raw + 8).bindMemory(to: Int.self, capacity: 4)
  ints.initialize(from: [1, 2, 3, 4], count: 4)
  memmove(ints + 1, ints, 24)
  ints.withMemoryRebound(to: UInt.self, capacity: 4) { $0[0] = 77 }
  print((0..<4).map { ints[$0] }, raw.load(fromByteOffset: 4, as: UInt16.self), ints.distance(to: ints.successor()), UnsafeRawPointer(raw).loadUnaligned(fromByteOffset: 5, as: UInt16.self))
  let buffer = UnsafeMutableBufferPointer<String>.allocate(capacity: 4)
  _ = buffer.initialize(from: ["a", "b long enough to be on the heap", "c", "d"])
  buffer[2] += "!"
  print(Array(buffer[1...2]), buffer.first!, Array(UnsafeBufferPointer(rebasing: buffer[2...])))
  buffer.deinitialize().deallocate()
  let managed = Buffer<Owned>.create(minimumCapacity: 4) { _ in 2 } as! Buffer<Owned>
  managed.withUnsafeMutablePointerToElements { $0.initialize(to: Owned(5)); ($0 + 1).initialize(to: Owned(6)) }
  print(managed.header, managed.withUnsafeMutablePointers { $1[0].n + $1[1].n + $0.pointee })
  let unmanaged = Unmanaged.passRetained(Owned(8))
  print(Unmanaged<Owned>.fromOpaque(unmanaged.toOpaque()).takeUnretainedValue().n, Owned.live)
  unmanaged.release()
  let text = "text é"
  print(text.withCString { strlen($0) }, text.utf8.withContiguousStorageIfAvailable { $0.count } as Any, Array(text.utf8CString.suffix(2)), text.withCString(encodedAs: UTF16.self) { $0[5] })
  var data = Data([1, 2, 3, 4])
  data.withUnsafeMutableBytes { $0.storeBytes(of: 0xFFFF, toByteOffset: 1, as: UInt16.self) }
  print(data.withUnsafeBytes { hex($0) }, data.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) })
  print(withUnsafeTemporaryAllocation(of: Double.self, capacity: 3) { b in b.initialize(repeating: 1.5); b[1] = 4; return b.max()! }, withUnsafeTemporaryAllocation(byteCount: 1 << 12, alignment: 64) { Int(bitPattern: $0.baseAddress!) % 64 })
  print(Array<Int>(unsafeUninitializedCapacity: 5) { b, c in for i in 0..<3 { b.initializeElement(at: i, to: i * i) }; c = 3 }, String(unsafeUninitializedCapacity: 3) { b in _ = b.initialize(from: "xyz".utf8); return 3 })
  var pair = (1, 2.5)
  print(withUnsafeMutablePointer(to: &pair.1) { $0.pointee *= 2; return $0.pointee }, pair, OpaquePointer(bitPattern: 8)!, UnsafeRawPointer(bitPattern: 0) as Any)
  print(MemoryLayout<Wide>.offset(of: \.c)!, withExtendedLifetime(managed) { $0.capacity >= 2 })
}
try run()
print("live", Owned.live)
