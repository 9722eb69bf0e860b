// Async functions, tasks, actors, continuations, sequences.
import Dispatch

@inline(never) func later(_ n: Int) async -> Int { mark(); await Task.yield(); return n == 0 ? 0 : 1 + (await later(n - 1)) }
@inline(never) func failingLater(_ n: Int) async throws -> Int { await Task.yield(); mark(); if n > 1 { throw Thrown(code: n) }; return n }
@inline(never) func typedLater(_ n: Int) async throws(Thrown) -> Large { mark(); await Task.yield(); if n > 1 { throw Thrown(code: n) }; return Large() }
@inline(never) func applyLater(_ f: (Int) async throws -> Int) async rethrows -> Int { await Task.yield(); return try await f(3) }
@inline(never) func anyLater<T, R>(_ f: (T) async -> R, _ value: T) async -> R { await f(value) }

protocol Source: Sendable { associatedtype Item; func item() async throws -> Item; var size: Int { get async } }
struct Numbers: Source {
  func item() async throws -> (Int, String) { mark(); await Task.yield(); mark(); return (1, "one") }
  var size: Int { get async { mark(); await Task.yield(); return 1 } }
}
@_optimize(none) @inline(never) func take<S: Source>(_ source: S) async throws -> S.Item { try await source.item() }

class Service { func call() async -> String { mark(); await Task.yield(); return "base" } }
class Remote: Service { override func call() async -> String { mark(); return "remote " + (await super.call()) } }

actor Bank {
  var total = 0
  func add(_ n: Int) -> Int { mark(); total += n; return total }
  func slowly(_ n: Int) async -> Int { mark(); await Task.yield(); return add(n) }
  nonisolated func both() async -> Int { let a = await add(1); mark(); return a + (await slowly(2)) }
}
@globalActor actor Special { static let shared = Special() }
@Special func special() -> Int { mark(); return 1 }
@MainActor func onMain() -> Int { mark(); return 2 }

struct Ticks: AsyncSequence, AsyncIteratorProtocol {
  var n: Int
  mutating func next() async -> Int? { mark(); await Task.yield(); defer { n -= 1 }; return n > 0 ? n : nil }
  func makeAsyncIterator() -> Ticks { mark(); return self }
}
enum Local { @TaskLocal static var value = 0 }

final class Threaded: SerialExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    mark()
    let job = UnownedJob(job)
    DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
actor Pinned {
  let executor = Threaded()
  nonisolated var unownedExecutor: UnownedSerialExecutor { mark(); return executor.asUnownedSerialExecutor() }
  func call(_ n: Int) async -> Int { mark(); return await later(n) }
}
@concurrent nonisolated func concurrently(_ n: Int) async -> Int { mark(); await Task.yield(); return n }
nonisolated(nonsending) func callers(_ n: Int) async -> Int { mark(); await Task.yield(); return n }
@Special final class Isolated { nonisolated init() { mark() }; isolated deinit { mark() } }

let concurrency: [(String, Kind)] = [
  ("async function", .async { "\(await later(3))" }),
  ("async closure", .async { "\(await applyLater { mark(); return await later($0) })" }),
  ("async reabstraction", .async { "\(await anyLater({ mark(); await Task.yield(); return $0 + 1 }, 3))" }),
  ("async throws", .async { "\((try? await failingLater(1)) as Any) \((try? await applyLater(failingLater)) as Any)" }),
  ("async typed throws", .async {
    do throws(Thrown) { _ = try await typedLater(1); return "\(try await typedLater(2))" } catch { return "code \(error.code)" }
  }),
  ("async witness", .async { "\(try await take(Numbers())) \(await (opaque(Numbers()) as any Source).size)" }),
  ("async method", .async { let s = opaque(Remote() as Service); return await s.call() }),
  ("continuation", .async {
    await withCheckedContinuation { c in mark(); DispatchQueue.global().async { c.resume(returning: "resumed") } } + "\(await later(1))"
  }),
  ("async let", .async { async let a = later(2); async let b = failingLater(1); return "\(await a + (try await b))" }),
  ("task group", .async {
    let sum = await withTaskGroup(of: Int.self) { group in
      for n in 0..<20 { group.addTask { await later(n % 3) } }
      return await group.reduce(0, +)
    }
    return "\(sum)"
  }),
  ("throwing task group", .async {
    let failed = await withThrowingTaskGroup(of: Int.self) { group in
      for n in 0..<3 { group.addTask { try await failingLater(n) } }
      var all = 0
      while let next = await group.nextResult() { all += (try? next.get()) ?? 100 }
      return all
    }
    return "\(failed as Any)"
  }),
  ("discarding task group", .async {
    await withDiscardingTaskGroup { group in for n in 0..<5 { group.addTask { _ = await later(n % 2) } } }
    return "done"
  }),
  ("task", .async { "\(await Task { mark(); return await later(2) }.value)" }),
  ("nested tasks", .async { "\(await Task { await Task { await later(2) }.value + 1 }.value)" }),
  ("cancellation handler", .async {
    await withTaskCancellationHandler { mark(); return "\(await later(1))" } onCancel: { mark() }
  }),
  ("cancelled task", .async {
    let task = Task { await withTaskCancellationHandler { while !Task.isCancelled { await Task.yield() } } onCancel: { mark() } }
    task.cancel()
    await task.value
    return "done"
  }),
  ("task local", .async { await Local.$value.withValue(3) { mark(); return "\(Local.value) \(await later(1))" } }),
  ("actor", .async { let bank = Bank(); return "\(await bank.both()) \(await bank.total)" }),
  ("global actors", .async { "\(await special() + onMain())" }),
  ("main actor and back", .async { await MainActor.run { mark() }; return "\(await later(1))" }),
  ("async sequence", .async {
    var all: [Int] = []
    for await n in Ticks(n: 3) { all.append(n) }
    for await n in Ticks(n: 3).map({ mark(); return $0 * 2 }) { all.append(n) }
    return "\(all)"
  }),
  ("async stream", .async {
    let (stream, c) = AsyncStream<Int>.makeStream()
    let producer = Task { for i in 0..<3 { mark(); c.yield(i); await Task.yield() }; c.finish() }
    var all: [Int] = []
    for await n in stream { mark(); all.append(n) }
    await producer.value
    return "\(all)"
  }),
  ("async stream that unfolds", .async {
    let box = Bank()
    var all: [Int] = []
    for await n in AsyncStream(unfolding: { mark(); let n = await box.add(1); return n < 4 ? n : nil }) { all.append(n) }
    return "\(all)"
  }),
  ("async throwing stream", .async {
    let stream = AsyncThrowingStream<Int, any Error> { c in mark(); c.yield(1); c.finish(throwing: Thrown(code: 2)) }
    do { for try await n in stream { mark(); print(n) }; return "no" } catch { return "\(error)" }
  }),
  ("executor of the program's own", .async { "\(await Pinned().call(2))" }),
  ("immediate task", .async { "\(await Task.immediate { mark(); return await later(1) }.value)" }),
  ("concurrent and caller's", .async { "\(await concurrently(1) + callers(2))" }),
  ("isolated deinit", .async { do { _ = opaque(Isolated()) }; await Task { @Special in }.value; return "done" }),
  ("async let that is not awaited", .async { async let a = failingLater(3); mark(); return "done" }),
  ("sleep", .async { try await Task.sleep(for: .milliseconds(1)); mark(); return "\(await later(1))" }),
  ("detached task", .async { "\(await Task.detached { mark(); return await later(1) }.value)" }),
]
