// Continuations, checked and unsafe, resumed at once, later, from other threads, with errors.

import Dispatch
import Foundation
import Synchronization

struct Failure: Error { var why: String }
struct Wide { var a = 1, b = "text", c = 2.5, d: [Int] = [1, 2], e: Character = "e" }

func old(_ n: Int, _ queue: DispatchQueue?, _ done: @escaping @Sendable (Result<Wide, any Error>) -> Void) {
  let answer: Result<Wide, any Error> =
    n > 2 ? .failure(Failure(why: "\(n)")) : .success(Wide(a: n))
  if let queue { queue.async { done(answer) } } else { done(answer) }
}

func checked(_ n: Int, _ queue: DispatchQueue?) async throws -> Wide {
  try await withCheckedThrowingContinuation { c in old(n, queue) { c.resume(with: $0) } }
}
func unsafe(_ n: Int, _ queue: DispatchQueue?) async throws -> Wide {
  try await withUnsafeThrowingContinuation { c in old(n, queue) { c.resume(with: $0) } }
}
func number(_ n: Int) async -> Int {
  await withUnsafeContinuation { c in
    if n.isMultiple(of: 2) {
      c.resume(returning: n)
    } else {
      Thread.detachNewThread { c.resume(returning: -n) }
    }
  }
}
func nothing() async {
  await withCheckedContinuation { (c: CheckedContinuation<Void, Never>) in
    DispatchQueue.global().async { c.resume() }
  }
}
func generic<T: Sendable>(_ value: T) async -> T {
  await withCheckedContinuation { $0.resume(returning: value) }
}

/// A channel of one element, whose ends wait for each other.
final class Channel<T: Sendable>: Sendable {
  private struct State {
    var values: [T] = []
    var readers: [UnsafeContinuation<T, Never>] = []
  }
  private let state = Mutex(State())
  func send(_ value: T) {
    let reader = state.withLock { state -> UnsafeContinuation<T, Never>? in
      if state.readers.isEmpty {
        state.values.append(value)
        return nil
      }
      return state.readers.removeFirst()
    }
    reader?.resume(returning: value)
  }
  func receive() async -> T {
    await withUnsafeContinuation { continuation in
      let value = state.withLock { state -> T? in
        if state.values.isEmpty {
          state.readers.append(continuation)
          return nil
        }
        return state.values.removeFirst()
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}

let queue = DispatchQueue(label: "queue")
for n in 1..<5 {
  for queue in [nil, queue] {
    do { print(try await checked(n, queue)) } catch { print("caught", error) }
    do { print(try await unsafe(n, queue)) } catch { print("caught", error) }
  }
}
for n in 0..<6 { print(await number(n), terminator: " ") }
print()
await nothing()
print(await generic("text"), await generic(Wide()), await generic([1: "one"]))
let channel = Channel<String>()
let reader = Task {
  var all: [String] = []
  for _ in 0..<50 { all.append(await channel.receive()) }
  return all.sorted().joined(separator: ",")
}
await withTaskGroup { group in
  for n in 0..<50 { group.addTask { channel.send("\(n)") } }
}
print(await reader.value)
