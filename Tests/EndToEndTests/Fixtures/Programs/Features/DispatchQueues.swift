// Dispatch: serial and concurrent queues, groups, barriers, semaphores, sources, timers, work items, specifics.

import Dispatch
import Foundation
import Synchronization

final class Owned: Sendable { static let live = Atomic(0); let n: Int; init(_ n: Int) { self.n = n; Self.live.add(1, ordering: .relaxed) }; deinit { Self.live.subtract(1, ordering: .relaxed) } }
struct Failure: Error {}

let serial = DispatchQueue(label: "serial"), concurrent = DispatchQueue(label: "concurrent", attributes: .concurrent)
func deep(_ n: Int) -> Int { n == 0 ? 0 : serial.sync { n } + (n > 1 ? concurrent.sync { deep(n - 1) } : 0) }

func run() {
  let log = Mutex<[Int]>([]), group = DispatchGroup()
  for n in 0..<10 { serial.async(group: group) { let o = Owned(n); log.withLock { $0.append(o.n) } } }
  group.wait()
  print(log.withLock { $0 }, serial.sync { "sync" }, (try? serial.sync { throw Failure() }) as Any, deep(4))
  let counter = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: 100) { counter.add($0, ordering: .relaxed) }
  print(counter.load(ordering: .relaxed))
  nonisolated(unsafe) var table: [Int: Int] = [:]
  for n in 0..<20 { concurrent.async(group: group, flags: .barrier) { table[n] = n * n } }
  for n in 0..<20 { concurrent.async(group: group) { counter.add(table[n % 3] ?? 0, ordering: .relaxed) } }
  group.wait()
  print(table.count, concurrent.sync(flags: .barrier) { table.values.reduce(0, +) })
  let key = DispatchSpecificKey<String>()
  serial.setSpecific(key: key, value: "on serial")
  print(serial.sync { DispatchQueue.getSpecific(key: key) } as Any, DispatchQueue.getSpecific(key: key) as Any)
  let item = DispatchWorkItem { log.withLock { $0.append(100) } }, cancelled = DispatchWorkItem { print("not this") }
  cancelled.cancel()
  serial.async(execute: cancelled)
  item.notify(queue: serial) { log.withLock { $0.append(200) }; group.leave() }
  group.enter()
  serial.async(execute: item)
  item.wait()
  group.wait()
  print(log.withLock { $0.suffix(2) }, cancelled.isCancelled)
  let semaphore = DispatchSemaphore(value: 0)
  serial.asyncAfter(deadline: .now() + .milliseconds(2)) { semaphore.signal() }
  semaphore.wait()
  print(semaphore.wait(timeout: .now()) == .timedOut)
  let timer = DispatchSource.makeTimerSource(queue: serial)
  let ticks = Mutex(0)
  timer.schedule(deadline: .now(), repeating: .milliseconds(1))
  timer.setCancelHandler { semaphore.signal() }
  timer.setEventHandler { let n = ticks.withLock { $0 += 1; return $0 }; if n == 3 { timer.cancel() } }
  timer.resume()
  semaphore.wait()
  print("ticks", ticks.withLock { $0 })
  let add = DispatchSource.makeUserDataAddSource(queue: serial)
  let total = Mutex<UInt>(0)
  add.setEventHandler { if total.withLock({ $0 += add.data; return $0 }) == 15 { semaphore.signal() } }
  add.activate()
  for n in 1...5 { add.add(data: UInt(n)) }
  semaphore.wait()
  add.cancel()
  print("total", total.withLock { $0 })
  var pipes: [Int32] = [0, 0]
  pipe(&pipes)
  let read = DispatchSource.makeReadSource(fileDescriptor: pipes[0], queue: concurrent)
  let descriptor = pipes[0]
  read.setEventHandler { var byte: UInt8 = 0; Glibc.read(descriptor, &byte, 1); if byte == 66 { semaphore.signal() } }
  read.resume()
  write(pipes[1], [65, 66] as [UInt8], 2)
  semaphore.wait()
  read.cancel()
  let target = DispatchQueue(label: "target", qos: .utility, target: serial)
  group.enter()
  DispatchQueue.global(qos: .background).async { target.async { semaphore.signal(); group.leave() } }
  semaphore.wait()
  group.notify(queue: target) { semaphore.signal() }
  semaphore.wait()
  let data = DispatchData.empty.count, suspended = DispatchQueue(label: "s", attributes: .initiallyInactive)
  suspended.async { semaphore.signal() }
  print(data, semaphore.wait(timeout: .now() + .milliseconds(1)) == .timedOut)
  suspended.activate()
  semaphore.wait()
  for _ in 0..<10_000 where Owned.live.load(ordering: .relaxed) > 0 { serial.sync {} }
  print("live", Owned.live.load(ordering: .relaxed))
}
run()
