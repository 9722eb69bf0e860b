// Extents in odd places, and what tasks inside and outside have to do with each other. Each
// line: what is done, its result, and the calls of `step` that were seen.
import Foundation
import Ray

struct Steps: RayContext {
  var count = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.calleeMangled.contains("4step") { count += 1 }
  }
  mutating func merge(_ other: Steps) { count += other.count }
}

nonisolated(unsafe) var one = 1
/// Calls itself n times.
@inline(never) func step(_ n: Int) -> Int { n == 0 ? 0 : one + step(n - 1) }
@inline(never) func later(_ n: Int) async -> Int { await Task.yield(); return step(n) }
struct Thrown: Error {}

func nested(_ depth: Int) -> Int {
  if depth == 0 { return step(4) }
  var steps = Steps()
  return overdub(&steps) { nested(depth - 1) } + steps.count
}
@inline(never) func under<Context: RayContext, R>(_ context: inout Context, _ work: () -> R) -> R {
  overdub(&context, work)
}
final class Holder { var steps = Steps() }
final class Last {
  let report: (Int) -> Void
  init(_ report: @escaping (Int) -> Void) { self.report = report }
  deinit { var steps = Steps(); overdub(&steps) { _ = step(4) }; report(steps.count) }
}
final class Class: RayContext {
  var count = 0
  func willCall(_ site: Site, _ arguments: Arguments) { count += 1 }
}

actor Gate {
  var waiting: [CheckedContinuation<Int, Never>] = []
  func wait() async -> Int { await withCheckedContinuation { waiting.append($0) } }
  func open(_ n: Int) { for each in waiting { each.resume(returning: n) }; waiting = [] }
  var count: Int { waiting.count }
}
actor Box {
  var total = 0
  func run() async {
    var steps = Steps()
    await overdub(&steps) { await Task.yield(); total += step(1); await helper() }
    total += steps.count
  }
  func helper() async { await Task.yield(); total += step(0) }
}

func synchronous() {
  print("nested: \(nested(5))")
  let holder = Holder()
  overdub(&holder.steps) { _ = step(4) }
  print("in a property: \(holder.steps.count)")
  var all = [Steps(), Steps()]
  overdub(&all[1]) { _ = step(4) }
  print("in an array: \(all.map(\.count))")
  var outer = Steps(), inner = Steps()
  do { try overdub(&outer) { try overdub(&inner) { _ = step(4); throw Thrown() } } } catch { print("threw", terminator: " ") }
  _ = step(9)
  print("through both: \(inner.count) \(outer.count)")
  do { _ = Last { print("in a deinit: \($0)") } }
  var generic = Steps()
  print("from generic code: \(under(&generic) { step(4) }) \(generic.count)")
  var object = Class()
  overdub(&object) { _ = step(4) }
  print("a class as a context: \(object.count > 4)")
}

func tasks() async {
  // One gate holds a task of the extent and one from outside; the extent opens it for both.
  let gate = Gate()
  var steps = Steps()
  async let outside: Int = { let n = await gate.wait(); return n + step(5) }()
  let inside = await overdub(&steps) { () async -> Int in
    async let mine: Int = { let n = await gate.wait(); return n + step(2) }()
    while await gate.count < 2 { await Task.yield() }
    await gate.open(100)
    return await mine
  }
  print("resumed together: \(inside) \(await outside), \(steps.count)")

  let (stream, input) = AsyncStream<Int>.makeStream()
  let producer = Task { for i in 0..<100 { input.yield(i); _ = step(i % 3); await Task.yield() }; input.finish() }
  steps = Steps()
  let sum = await overdub(&steps) { () async -> Int in
    var sum = 0
    for await i in stream { sum += i + step(1) }
    return sum
  }
  await producer.value
  print("consumer inside, producer outside: \(sum), \(steps.count)")

  let box = Box()
  steps = Steps()
  await overdub(&steps) {
    await withTaskGroup(of: Void.self) { group in for _ in 0..<200 { group.addTask { await box.run() } } }
  }
  print("200 extents on one actor: \(await box.total), \(steps.count)")

  steps = Steps()
  let result = await overdub(&steps) {
    await Task(priority: .high) { await Task { () throws -> Int in _ = await later(1); throw Thrown() }.result }.value
  }
  print("tasks of tasks: \(result), \(steps.count)")

  steps = Steps()
  let outliving = overdub(&steps) { Task { await gate.wait() + step(4) } }
  while await gate.count < 1 { await Task.yield() }
  await gate.open(1)
  print("outliving task: \(await outliving.value), \(steps.count)")
}

@main struct Main { static func main() async { synchronous(); await tasks() } }
