// Synchronization: Mutex, Atomic of every width, ordering and operation, atomic references, under threads.

import Foundation
import Synchronization

final class Owned: Sendable { static let live = Atomic(0); let n: Int; init(_ n: Int) { self.n = n; Self.live.add(1, ordering: .relaxed) }; deinit { Self.live.subtract(1, ordering: .relaxed) } }
struct Failure: Error { var n: Int }
struct State { var names: [String] = [], owned: Owned? = Owned(1), count = 0 }
enum Phase: UInt8, AtomicRepresentable { case idle, running, done }
struct Pair: AtomicRepresentable { typealias AtomicRepresentation = WordPair.AtomicRepresentation
  var a: UInt, b: UInt
  static func encodeAtomicRepresentation(_ v: consuming Pair) -> AtomicRepresentation { WordPair.encodeAtomicRepresentation(WordPair(first: v.a, second: v.b)) }
  static func decodeAtomicRepresentation(_ s: consuming AtomicRepresentation) -> Pair { let w = WordPair.decodeAtomicRepresentation(s); return Pair(a: w.first, b: w.second) } }
final class Bank: Sendable {
  private let accounts = Mutex<[String: Int]>([:])
  let transfers = Atomic<UInt32>(0)
  let lazily = AtomicLazyReference<Owned>()
  func move(_ n: Int, _ from: String, _ to: String) throws(Failure) -> Int { try accounts.withLock { all throws(Failure) in
    guard all[from, default: 100] >= n else { throw Failure(n: n) }
    all[from, default: 100] -= n; all[to, default: 100] += n; transfers.wrappingAdd(1, ordering: .acquiringAndReleasing); return all[to]! } }
  var total: Int { accounts.withLock { $0.values.reduce(0, +) } }
  var shared: Owned { lazily.load() ?? lazily.storeIfNil(Owned(77)) }
}
struct Spin: ~Copyable { private let flag = Atomic(false); func with<R: ~Copyable, E: Error>(_ body: () throws(E) -> sending R) throws(E) -> sending R { while flag.exchange(true, ordering: .acquiring) { sched_yield() }; defer { flag.store(false, ordering: .releasing) }; return try body() } }
final class Box: @unchecked Sendable { let spin = Spin(); var value = 0 }
func threads(_ n: Int, _ body: @escaping @Sendable (Int) -> Void) { let group = DispatchGroup(); for i in 0..<n { group.enter(); Thread.detachNewThread { body(i); group.leave() } }; group.wait() }

func run() {
  let mutex = Mutex(State())
  threads(4) { i in for k in 0..<100 { mutex.withLock { $0.count += k; if k == 0 { $0.names.append("t\(i)") } } } }
  print(mutex.withLock { ($0.count, $0.names.sorted()) }, mutex.withLockIfAvailable { $0.owned?.n } as Any)
  let old = mutex.withLock { state in let o = state.owned; state.owned = Owned(2); return o }
  print(old!.n, Owned.live.load(ordering: .relaxed), (try? mutex.withLock { s throws(Failure) -> Int in s.count = -1; throw Failure(n: 5) }) as Any, mutex.withLock { $0.count })
  let bank = Bank()
  threads(4) { i in for k in 0..<50 { _ = try? bank.move(k, i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "b" : "a") } }
  do { _ = try bank.move(10_000, "a", "b") } catch { print("caught", error) }
  print(bank.total, bank.shared.n, bank.shared === bank.shared)
  let a8 = Atomic<Int8>(5), a16 = Atomic<UInt16>(5), a32 = Atomic<Int32>(5), a64 = Atomic<UInt64>(5), ab = Atomic(true), ad = Atomic(1.5), ap = Atomic(UnsafeRawPointer(bitPattern: 8)), ae = Atomic(Phase.idle), aw = Atomic(Pair(a: 1, b: 2))
  print(a8.wrappingAdd(127, ordering: .relaxed), a16.bitwiseXor(3, ordering: .acquiring), a32.min(-4, ordering: .releasing), a64.max(9, ordering: .sequentiallyConsistent), a8.subtract(1, ordering: .relaxed), ab.logicalXor(true, ordering: .relaxed), ab.exchange(true, ordering: .relaxed))
  print(ad.exchange(2.5, ordering: .acquiring), ad.load(ordering: .relaxed), ap.load(ordering: .relaxed) as Any, ae.compareExchange(expected: .idle, desired: .running, ordering: .acquiringAndReleasing), ae.compareExchange(expected: .idle, desired: .done, successOrdering: .acquiring, failureOrdering: .relaxed), ae.weakCompareExchange(expected: .done, desired: .idle, ordering: .relaxed).exchanged)
  print(aw.exchange(Pair(a: 3, b: 4), ordering: .acquiringAndReleasing), aw.load(ordering: .acquiring))
  let sum = Atomic(0), box = Box()
  threads(4) { i in for k in 0..<200 { sum.add(k, ordering: .relaxed); box.spin.with { box.value += k } } }
  atomicMemoryFence(ordering: .sequentiallyConsistent)
  print(sum.load(ordering: .acquiring), box.value)
}
run()
print("live", Owned.live.load(ordering: .relaxed))
