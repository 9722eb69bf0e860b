// 64 threads and 10,000 tasks enter and leave extents with contexts of their own, at the same
// time and on the same threads; each context has to see what it sees when it is alone.
import Foundation
import Ray

struct Calls: RayContext {
  var count = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) { count += 1 }
  mutating func merge(_ other: Calls) { count += other.count }
}

struct Loads: RayContext {
  var count = 0
  mutating func load<T>(_ value: T, at site: Site) -> T { count += 1; return value }
  mutating func merge(_ other: Loads) { count += other.count }
}

/// Not trivial: its value is copied and destroyed by reference counting. Who drops the last
/// reference to a child task's closure is a race of the program's, so no runtime calls here.
struct Names: RayContext {
  var counts: [UInt64: Int] = [:]
  mutating func didCall(_ site: Site, _ outcome: Outcome) {
    if site.kind == .call { counts[site.id, default: 0] += 1 }
  }
  mutating func merge(_ other: Names) { counts.merge(other.counts, uniquingKeysWith: +) }
}

nonisolated(unsafe) var one = 1
@inline(never) func step(_ n: Int) -> Int { n == 0 ? 0 : one + step(n - 1) }

@inline(never) func later(_ n: Int) async -> Int {
  if n == 0 { return 0 }
  await Task.yield()
  return await later(n - 1) + step(n)
}

@inline(never) func children(_ n: Int) async -> Int {
  await withTaskGroup(of: Int.self) { group in
    for i in 0..<n { group.addTask { await later(i) } }
    var sum = 0
    for await i in group { sum += i }
    return sum
  }
}

/// What one thread's contexts have seen.
func onThread(_ kind: Int) -> [Int] {
  var calls = Calls(), loads = Loads(), names = Names(), inner = Calls(), sum = 0
  for round in 0..<60 {
    sum += step(5)
    switch (round + kind) % 4 {
    case 0: sum += overdub(&calls) { step(kind) }
    case 1: sum += overdub(&loads) { step(kind + 1) }
    case 2: sum += overdub(&names) { step(3) + overdub(&inner) { step(kind) } + step(2) }
    default: sum += overdub(&calls) { overdub(&loads) { step(4) } + disabled { step(9) } }
    }
  }
  return [calls.count, loads.count, names.counts.values.reduce(0, +), inner.count, sum]
}

/// What one task's contexts have seen.
func inTask(_ kind: Int) async -> [Int] {
  var calls = Calls(), loads = Loads(), names = Names()
  switch kind % 5 {
  case 0: await overdub(&calls) { _ = await later(kind) }
  case 1: await overdub(&names) { _ = await children(kind) }
  case 2: _ = await later(kind)  // in no extent
  case 3:
    await overdub(&calls) {
      _ = await later(2)
      await overdub(&loads) { _ = await later(kind) }
      _ = await later(1)
    }
  default: await overdub(&loads) { async let a = later(3); _ = overdub(&calls) { step(kind) }; _ = await a }
  }
  return [calls.count, loads.count, names.counts.values.reduce(0, +)]
}

let lock = NSLock()
nonisolated(unsafe) var fromThreads: [Int: [Int]] = [:]

@main struct Main {
  static func main() async {
    // Not the first time: what is made once is made then.
    var alone: [[Int]] = [], aloneInTask: [[Int]] = []
    for _ in 0..<2 {
      alone = (0..<8).map(onThread)
      aloneInTask = []
      for kind in 0..<10 { aloneInTask.append(await inTask(kind)) }
    }
    print("alone:", alone[3].allSatisfy { $0 > 0 }, aloneInTask.flatMap { $0 }.contains { $0 > 100 })

    for i in 0..<64 {
      Thread { let seen = onThread(i % 8); lock.withLock { fromThreads[i] = seen } }.start()
    }
    let (expected, expectedOfThreads) = (aloneInTask, alone)
    let wrong = await withTaskGroup(of: Int.self) { group in
      for i in 0..<10_000 { group.addTask { await inTask(i % 10) == expected[i % 10] ? 0 : 1 } }
      return await group.reduce(0, +)
    }
    while lock.withLock({ fromThreads.count }) < 64 { try? await Task.sleep(for: .milliseconds(1)) }
    let wrongThreads = lock.withLock { fromThreads.filter { $1 != expectedOfThreads[$0 % 8] } }
    print("threads: \(fromThreads.count), wrong: \(wrongThreads.count)")
    print("tasks: 10000, wrong: \(wrong)")
  }
}
