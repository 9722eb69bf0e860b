// Parameter packs: functions, types, same-type requirements, expansions of closures and metatypes.

struct Failure: Error { var at: Int }
final class Owned: CustomStringConvertible {
  nonisolated(unsafe) static var live = 0
  let n: Int
  init(_ n: Int) { self.n = n; Self.live += 1 }
  deinit { Self.live -= 1 }
  var description: String { "owned \(n)" }
}

func tuple<each T>(_ value: repeat each T) -> (repeat each T) { (repeat each value) }
func describe<each T>(_ value: repeat each T) -> [String] {
  var all: [String] = []
  for item in repeat each value { all.append("\(type(of: item)): \(item)") }
  return all
}
func count<each T>(_ value: repeat each T) -> Int {
  var n = 0
  repeat n += ((each value), 1).1
  return n
}
func arrays<each T>(_ value: repeat each T, times n: Int) -> (repeat [each T]) {
  (repeat Array(repeating: each value, count: n))
}
func equal<each T: Equatable>(_ a: (repeat each T), _ b: (repeat each T)) -> Bool {
  for (x, y) in repeat (each a, each b) { if x != y { return false } }
  return true
}
func zipped<each A, each B>(_ a: repeat each A, with b: repeat each B) -> (repeat (each A, each B))
where (repeat (each A, each B)): Any { (repeat (each a, each b)) }
func apply<each T, each R>(_ function: repeat (each T) throws -> each R, to value: repeat each T)
  throws -> (repeat each R) { (repeat try (each function)(each value)) }
func sizes<each T>(_ type: repeat (each T).Type) -> [Int] {
  var all: [Int] = []
  repeat all.append(MemoryLayout<each T>.stride)
  return all
}
func erased<each T: CustomStringConvertible>(_ value: repeat each T) -> [any CustomStringConvertible] {
  var all: [any CustomStringConvertible] = []
  repeat all.append(each value)
  return all
}
func firsts<each S: Sequence>(_ s: repeat each S) -> (repeat (each S).Element?) {
  func first<X: Sequence>(_ x: X) -> X.Element? { x.first { _ in true } }
  return (repeat first(each s))
}
func swapEnds<A, each M, B>(_ a: A, _ middle: repeat each M, last b: B) -> (B, repeat each M, A) {
  (b, repeat each middle, a)
}

struct Row<each Column> {
  var columns: (repeat each Column)
  init(_ column: repeat each Column) { columns = (repeat each column) }
  func adding<New>(_ new: New) -> Row<repeat each Column, New> { Row<repeat each Column, New>(repeat each columns, new) }
  func map<each R>(_ body: repeat (each Column) -> each R) -> Row<repeat each R> {
    Row<repeat each R>(repeat (each body)(each columns))
  }
  var types: [Any.Type] {
    var all: [Any.Type] = []
    repeat all.append((each Column).self)
    return all
  }
}
final class Signal<each Value> {
  struct Listener { let body: (repeat each Value) -> Void }
  private var listeners: [Listener] = []
  func listen(_ body: @escaping (repeat each Value) -> Void) { listeners.append(Listener(body: body)) }
  func send(_ value: repeat each Value) {
    for listener in listeners { listener.body(repeat each value) }
  }
}
struct Caller<Input: Sendable, each Output> {
  let functions: (repeat (Input) async throws -> each Output)
  init(_ function: repeat @escaping (Input) async throws -> each Output) { functions = (repeat each function) }
  func callAsFunction(_ input: Input) async throws -> (repeat each Output) {
    (repeat try await (each functions)(input))
  }
}

func run() async throws {
  print(tuple(1), tuple(1, "two", 3.5), tuple())
  print(describe(1, "two", [3], Owned(4), (5, 6)), describe())
  print(count(), count(1), count("a", Owned(1), 2.5))
  print(arrays(1, "x", Owned(2), times: 2))
  print(equal((1, "a", 2.5), (1, "a", 2.5)), equal((1, "a"), (1, "b")))
  print(zipped(1, "a", with: 2.5, Owned(3)))
  print(try apply({ $0 + 1 }, { $0.count }, { "\($0)" }, to: 1, "four", Owned(7)))
  do {
    print(try apply({ n throws -> Int in throw Failure(at: n) }, { $0 }, to: 8, Owned(9)))
  } catch { print("caught", error) }
  print(sizes(Int8.self, String.self, Owned.self, (Int, Int8).self), sizes())
  print(erased(1, "b", 2.5, Owned(3)))
  print(firsts([1, 2], "xyz", 5..<9, [String: Int]()))
  print(swapEnds(1, "m", 2.5, last: Owned(8)), swapEnds(1, last: 2))
  let row = Row(1, "a", Owned(5))
  let wider = row.adding(2.5)
  print(wider.columns, row.types, Row(1).columns, Row().types)
  print(row.map({ $0 * 2 } as (Int) -> Int, { $0.count } as (String) -> Int, { $0.n } as (Owned) -> Int).columns)
  let signal = Signal<Int, String, Owned>()
  var heard: [String] = []
  signal.listen { heard.append("\($0) \($1) \($2)") }
  signal.listen { heard.append("again \($0 + $2.n)") }
  signal.send(1, "one", Owned(11))
  print(heard)
  let caller = Caller<Int, String, [Int], Owned>(
    { "\($0)" }, { await Task.yield(); return [$0, $0] }, { if $0 < 0 { throw Failure(at: $0) } else { Owned($0) } })
  print(try await caller(3))
  do { print(try await caller(-3)) } catch { print("caught", error) }
}
try await run()
print("live", Owned.live)
