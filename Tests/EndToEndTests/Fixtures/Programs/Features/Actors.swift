// Actors: isolation, reentrancy, global actors, executors of the program's own, isolated deinit.

import Dispatch
import Foundation
import Synchronization

actor Account {
  let owner: String
  private(set) var balance = 0
  var history: [String] = []
  struct Overdrawn: Error { var by: Int }

  init(owner: String) { self.owner = owner }
  func deposit(_ amount: Int) { balance += amount; history.append("+\(amount)") }
  func withdraw(_ amount: Int) throws -> Int {
    guard balance >= amount else { throw Overdrawn(by: amount - balance) }
    balance -= amount
    history.append("-\(amount)")
    return balance
  }
  func transfer(_ amount: Int, to other: Account) async throws {
    _ = try withdraw(amount)
    await other.deposit(amount)
  }
  nonisolated var title: String { "account of \(owner)" }
  subscript(_ index: Int) -> String { history[index] }
  func change<R: Sendable>(_ body: (isolated Account) throws -> R) rethrows -> R { try body(self) }
  deinit { print("closed", owner) }
}

/// While one call waits, others come in between.
actor Turnstile {
  private var waiting: [CheckedContinuation<Int, Never>] = []
  private var entered = 0
  func enter() async -> Int {
    entered += 1
    let before = entered
    if entered == 3 {
      for (index, continuation) in waiting.enumerated() { continuation.resume(returning: index) }
      waiting = []
      return 100
    }
    let number = await withCheckedContinuation { waiting.append($0) }
    return number + before
  }
}

@globalActor actor Storage {
  static let shared = Storage()
}
@Storage enum Store {
  static var stored: [String: Int] = [:]
  static func store(_ key: String, _ value: Int) -> Int {
    Storage.shared.assertIsolated()
    stored[key, default: 0] += value
    return stored[key]!
  }
}
@Storage final class Shelf {
  var books: [String] = []
  func add(_ book: String) -> Int { books.append(book); return books.count }
}

@MainActor final class Model {
  var value = 0 { didSet { changes.append(oldValue) } }
  var changes: [Int] = []
  func run(_ n: Int) async -> Int {
    for i in 1...n {
      await Task.yield()
      value += i
    }
    return value
  }
}

final class QueueExecutor: SerialExecutor {
  let queue = DispatchQueue(label: "executor")
  let jobs = Atomic(0)
  func enqueue(_ job: consuming ExecutorJob) {
    jobs.add(1, ordering: .relaxed)
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
actor OnQueue {
  let executor = QueueExecutor()
  var count = 0
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  func work(_ n: Int) async -> Bool {
    dispatchPrecondition(condition: .onQueue(executor.queue))
    count += n
    await Task.yield()
    dispatchPrecondition(condition: .onQueue(executor.queue))
    count += n
    return executor.jobs.load(ordering: .relaxed) > 0
  }
}
final class Preferred: TaskExecutor {
  let queue = DispatchQueue(label: "preferred")
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

@MainActor final class Screen {
  static let gone = Atomic(false)
  let name: String
  init(_ name: String) { self.name = name }
  isolated deinit {
    MainActor.assertIsolated()
    Self.gone.store(true, ordering: .sequentiallyConsistent)
  }
}

func on(_ account: isolated Account, _ n: Int) -> Int {
  account.deposit(n)
  return account.balance
}
func here(_ isolation: isolated (any Actor)? = #isolation) async -> String {
  await Task.yield()
  return isolation == nil ? "nowhere" : "\(type(of: isolation!))"
}

nonisolated func prefer(_ executor: Preferred) async {
  await withTaskExecutorPreference(executor) {
    dispatchPrecondition(condition: .onQueue(executor.queue))
    print("preferred", await here(nil))
    dispatchPrecondition(condition: .onQueue(executor.queue))
  }
}

nonisolated func finish(_ model: Model) {
  MainActor.assumeIsolated { print("still here", model.value) }
}

@MainActor func main() async throws {
  let a = Account(owner: "ann")
  let b = Account(owner: "bob")
  await a.deposit(100)
  try await a.transfer(30, to: b)
  do { try await b.transfer(50, to: a) } catch { print("caught", error) }
  print(await a.balance, await b.balance, a.title, await a[1])
  print(await on(a, 5), await a.change { $0.history.count })
  await withTaskGroup { group in
    for n in 1...200 { group.addTask { await b.deposit(n) } }
  }
  print(await b.balance, await b.history.count)

  let turnstile = Turnstile()
  print(
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<3 { group.addTask { await turnstile.enter() } }
      return await group.reduce(0, +)
    })

  print(await Store.store("a", 1), await Store.store("a", 2), await Store.stored)
  let shelf = await Shelf()
  print(await shelf.add("one"), await shelf.add("two"))
  let model = Model()
  async let r = model.run(4)
  print(await r, model.changes)
  let queued = OnQueue()
  print(await queued.work(3), await queued.count)
  await prefer(Preferred())
  print(await here(), await here(a))

  do { let screen = Screen("main"); print(screen.name) }
  print("gone", Screen.gone.load(ordering: .sequentiallyConsistent))
  Screen.gone.store(false, ordering: .sequentiallyConsistent)
  await Task.detached {
    let screen = await Screen("elsewhere")
    print(screen.name)
  }.value
  for _ in 0..<100_000 where !Screen.gone.load(ordering: .sequentiallyConsistent) {
    await Task.yield()
  }
  print("gone", Screen.gone.load(ordering: .sequentiallyConsistent))
  finish(model)
}
try await main()
