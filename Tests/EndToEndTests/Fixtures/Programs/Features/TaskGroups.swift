// Task groups: of results, throwing, discarding, throwing and discarding; nested; cancelled.

import Synchronization

struct Failure: Error { var code: Int }

final class Ticket: Sendable {
  static let live = Atomic(0)
  let number: Int
  init(_ number: Int) {
    self.number = number
    Self.live.add(1, ordering: .relaxed)
  }
  deinit { Self.live.subtract(1, ordering: .relaxed) }
}

actor Log {
  private(set) var lines: Set<String> = []
  func add(_ line: String) { lines.insert(line) }
}

func results() async {
  let sum = await withTaskGroup(of: (Int, String).self, returning: Int.self) { group in
    for n in 0..<20 {
      group.addTask {
        if n % 3 == 0 { await Task.yield() }
        return (n, String(repeating: "x", count: n))
      }
    }
    var sum = 0
    for await (n, text) in group { sum += n * text.count }
    return sum
  }
  print("sum", sum)
  let objects = await withTaskGroup { group in
    for n in 0..<10 { group.addTask { Ticket(n) } }
    return await group.reduce(into: [Ticket]()) { $0.append($1) }
  }
  print(objects.map(\.number).sorted())
  let optional = await withTaskGroup(of: Ticket?.self) { group -> [Int] in
    for n in 0..<6 { group.addTask { n.isMultiple(of: 2) ? Ticket(n) : nil } }
    return await group.compactMap { $0?.number }.reduce(into: []) { $0.append($1) }.sorted()
  }
  print(optional)
}

func throwing() async {
  do {
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
      for n in 0..<5 { group.addTask { n } }
      var total = 0
      while let next = try await group.next() { total += next }
      return total
    }
    print("total", total)
    try await withThrowingTaskGroup(of: Ticket.self) { group in
      for n in 0..<5 {
        group.addTask {
          if n == 3 { throw Failure(code: n) }
          return Ticket(n)
        }
      }
      for try await _ in group {}
    }
  } catch { print("caught", error) }
  let kinds = await withThrowingTaskGroup(of: Int.self) { group in
    for n in 0..<4 {
      group.addTask { if n % 2 == 1 { throw Failure(code: n) } else { n } }
    }
    var kinds: [String] = []
    while let result = await group.nextResult() {
      switch result {
      case .success(let n): kinds.append("value \(n)")
      case .failure(let error): kinds.append("error \(error)")
      }
    }
    return kinds.sorted()
  }
  print(kinds)
}

func discarding() async {
  let log = Log()
  await withDiscardingTaskGroup { group in
    for n in 0..<10 { group.addTask { await log.add("discarded \(n)") } }
  }
  print(await log.lines.sorted())
  do {
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { throw Failure(code: 5) }
      group.addTask {
        while !Task.isCancelled { await Task.yield() }
        await log.add("cancelled by the sibling")
      }
    }
  } catch { print("caught", error) }
  print(await log.lines.count)
}

func cancelled() async {
  let seen = await withTaskGroup(of: Bool.self) { group in
    group.addTask {
      while !Task.isCancelled { await Task.yield() }
      return Task.isCancelled
    }
    group.cancelAll()
    let late = group.addTaskUnlessCancelled { false }
    var all = await group.allSatisfy { $0 }
    all = all && group.isCancelled && !late
    return all
  }
  print("cancelled", seen)
}

func nested(_ depth: Int) async -> Int {
  if depth == 0 { return Ticket(1).number }
  return await withTaskGroup(of: Int.self) { group in
    for _ in 0..<3 { group.addTask { await nested(depth - 1) } }
    return await group.reduce(0, +)
  }
}

await results()
await throwing()
await discarding()
await cancelled()
print("nested", await nested(4))
// The last objects go with the tasks that made them, which may end a little later.
for _ in 0..<10000 where Ticket.live.load(ordering: .relaxed) > 0 { await Task.yield() }
print("live", Ticket.live.load(ordering: .relaxed))
