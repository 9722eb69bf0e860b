// AsyncStream, AsyncThrowingStream, and sequences and iterators of the program's own.
// flags: -parse-as-library

import Synchronization

final class Item: Sendable, CustomStringConvertible {
  static let live = Atomic(0)
  let n: Int
  init(_ n: Int) { self.n = n; Self.live.add(1, ordering: .relaxed) }
  deinit { Self.live.subtract(1, ordering: .relaxed) }
  var description: String { "item \(n)" }
}

struct Countdown: AsyncSequence {
  let from: Int
  struct AsyncIterator: AsyncIteratorProtocol {
    var left: Int
    mutating func next() async -> Item? {
      await Task.yield()
      guard left > 0 else { return nil }
      left -= 1
      return Item(left + 1)
    }
  }
  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(left: from) }
}

struct Breaking: AsyncSequence {
  typealias Failure = Main.Failure
  let after: Int
  struct AsyncIterator: AsyncIteratorProtocol {
    let after: Int
    var n = 0
    mutating func next(isolation actor: isolated (any Actor)?) async throws(Main.Failure) -> Int? {
      if n == after { throw Main.Failure(at: n) }
      n += 1
      return n
    }
  }
  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(after: after) }
}

func collect<S: AsyncSequence>(_ sequence: S) async rethrows -> [S.Element] {
  var all: [S.Element] = []
  for try await element in sequence { all.append(element) }
  return all
}
func collect(erased sequence: any AsyncSequence<Int, Main.Failure>) async -> String {
  var all: [Int] = []
  do throws(Main.Failure) {
    for try await element in sequence { all.append(element) }
  } catch { return "\(all) then \(error)" }
  return "\(all)"
}
func evens(_ n: Int) -> some AsyncSequence<Int, Never> {
  AsyncStream { continuation in
    for i in 0..<n { continuation.yield(i) }
    continuation.finish()
  }.filter { $0.isMultiple(of: 2) }
}

@main struct Main {
  struct Failure: Error { var at: Int }

  static func streams() async throws {
    let simple = AsyncStream<String> { continuation in
      continuation.onTermination = { print("ended", $0) }
      for word in ["a", "b", "c"] { continuation.yield(word + " long enough for the heap") }
      continuation.finish()
    }
    for await word in simple { print(word) }
    let (stream, continuation) = AsyncStream.makeStream(
      of: Item.self, bufferingPolicy: .bufferingNewest(2))
    for n in 0..<5 {
      if case .dropped(let item) = continuation.yield(Item(n)) { print("dropped", item) }
    }
    continuation.finish()
    print(await collect(stream))
    let throwing = AsyncThrowingStream<Int, any Error> { continuation in
      Task {
        for n in 0..<3 {
          await Task.yield()
          continuation.yield(n)
        }
        continuation.finish(throwing: Failure(at: 3))
      }
    }
    do { for try await n in throwing { print(n) } } catch { print("caught", error) }
    var left = 3
    let pulled = AsyncStream<Int> {
      await Task.yield()
      left -= 1
      return left >= 0 ? left : nil
    }
    print(await collect(pulled))
  }

  static func main() async throws {
    try await streams()
    for await item in Countdown(from: 3) { print(item) }
    var iterator = Countdown(from: 2).makeAsyncIterator()
    while let item = await iterator.next() { print(item.n) }
    print(
      await collect(Countdown(from: 9).map { item in await Task.yield(); return item.n * item.n }
        .filter { $0 % 2 == 1 }.dropFirst().prefix(3)))
    print(
      await Countdown(from: 5).reduce(0) { $0 + $1.n }, await Countdown(from: 5).contains { $0.n == 3 },
      await Countdown(from: 5).first { $0.n < 3 } as Any, await Countdown(from: 4).max { $0.n < $1.n } as Any)
    print(await collect(Countdown(from: 3).flatMap { Countdown(from: $0.n) }))
    print(await collect(Countdown(from: 6).compactMap { $0.n > 3 ? "\($0)" : nil }))
    do {
      let numbers = Countdown(from: 5).map { item throws -> Int in
        if item.n == 3 { throw Failure(at: 3) }
        return item.n
      }
      for try await n in numbers { print(n) }
    } catch { print("caught", error) }
    print(await collect(erased: Breaking(after: 3)))
    do throws(Main.Failure) {
      for try await n in Breaking(after: 1) { print(n) }
    } catch { print("caught", error.at) }
    print(await collect(evens(7)))
    outer: for await a in Countdown(from: 3) {
      for await b in Countdown(from: 3) {
        if b.n == 2 { continue outer }
        if a.n == 1 { break outer }
        print(a, b)
      }
    }
    for _ in 0..<10000 where Item.live.load(ordering: .relaxed) > 0 { await Task.yield() }
    print("live", Item.live.load(ordering: .relaxed))
  }
}
