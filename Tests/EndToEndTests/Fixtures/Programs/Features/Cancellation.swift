// Cancellation: seen by polling, by throwing, by handlers; passed on to children, not to others.
// flags: -parse-as-library

import Synchronization

final class Flag: Sendable {
  private let state = Mutex<[String]>([])
  func note(_ text: String) { state.withLock { $0.append(text) } }
  var all: [String] { state.withLock { $0 } }
}

func spin() async -> String {
  while !Task.isCancelled { await Task.yield() }
  return "polled"
}

func sleepLong() async throws {
  try await Task.sleep(for: .seconds(1000))
}

func handled(_ flag: Flag) async -> Int {
  await withTaskCancellationHandler {
    while !flag.all.contains("handler") { await Task.yield() }
    return 7
  } onCancel: {
    flag.note("handler")
  }
}

/// A continuation that the handler resumes.
func waiting(_ flag: Flag) async throws -> String {
  let box = Mutex<CheckedContinuation<String, any Error>?>(nil)
  let cancelled = Atomic(false)
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      if cancelled.load(ordering: .sequentiallyConsistent) {
        continuation.resume(throwing: CancellationError())
      } else {
        box.withLock { $0 = continuation }
      }
    }
  } onCancel: {
    cancelled.store(true, ordering: .sequentiallyConsistent)
    flag.note("waiting")
    let continuation = box.withLock { held in
      defer { held = nil }
      return held
    }
    continuation?.resume(throwing: CancellationError())
  }
}

func nestedHandlers(_ flag: Flag) async {
  await withTaskCancellationHandler {
    await withTaskCancellationHandler {
      withUnsafeCurrentTask { $0?.cancel() }
    } onCancel: {
      flag.note("inner")
    }
  } onCancel: {
    flag.note("outer")
  }
}

func checked(_ n: Int) async throws -> Int {
  defer { print("left", n) }
  try Task.checkCancellation()
  return n
}

@main struct Main {
  static func main() async throws {
    let polled = Task { await spin() }
    polled.cancel()
    print(await polled.value, polled.isCancelled)

    let slept = Task { try await sleepLong() }
    slept.cancel()
    do { try await slept.value } catch { print("sleep:", error is CancellationError) }

    let flag = Flag()
    let handling = Task { await handled(flag) }
    handling.cancel()
    print(await handling.value, flag.all)

    let held = Task { try await waiting(flag) }
    for _ in 0..<20 { await Task.yield() }
    held.cancel()
    do { print(try await held.value) } catch { print("waiting:", error, flag.all.count) }

    let nested = Flag()
    await Task { await nestedHandlers(nested) }.value
    print(nested.all)

    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      async let child = checked(1)
      let shared = try? await child
      let other = Task { try await checked(2) }
      return (shared, try await other.value, await Task.detached { Task.isCancelled }.value)
    }
    late.cancel()
    print(try await late.value)

    let tree = Task {
      await withTaskGroup(of: Int.self) { group in
        for n in 0..<4 {
          group.addTask {
            await withTaskGroup(of: Int.self) { inner in
              inner.addTask { await spin().count }
              return await inner.reduce(n, +)
            }
          }
        }
        return await group.reduce(0, +)
      }
    }
    tree.cancel()
    print(await tree.value)
    print(Task.isCancelled)
  }
}
