// async and await: calls of every kind that suspend, or could and do not; `async let`.
// flags: -parse-as-library

struct Failure: Error, Equatable { var code: Int }
struct Wide: Equatable { var a = 1, b = 2.5, c = "three", d: [Int] = [4], e: Int8 = 5 }

func twice(_ n: Int) async -> Int {
  await Task.yield()
  return n * 2
}

func neverSuspends(_ n: Int) async -> Int { n + 1 }

func wide(_ n: Int) async -> Wide {
  await Task.yield()
  return Wide(a: n)
}

func failing(_ n: Int) async throws -> String {
  await Task.yield()
  if n > 2 { throw Failure(code: n) }
  return "ok \(n)"
}

func typed(_ n: Int) async throws(Failure) -> Wide {
  await Task.yield()
  if n > 2 { throw Failure(code: n) }
  return Wide(a: n)
}

/// More arguments than there are registers.
func many(
  _ a: Int, _ b: Double, _ c: String, _ d: Int8, _ e: [Int], _ f: Bool, _ g: Float, _ h: Int?,
  _ i: (Int, String), _ j: Character, _ k: Wide, _ l: Int
) async -> String {
  await Task.yield()
  return "\(a) \(b) \(c) \(d) \(e) \(f) \(g) \(h ?? -1) \(i) \(j) \(k) \(l)"
}

func fibonacci(_ n: Int) async -> Int {
  if n < 2 { return n }
  async let left = fibonacci(n - 1)
  return await fibonacci(n - 2) + left
}

func countDown(_ n: Int, _ trail: inout [Int]) async {
  trail.append(n)
  if n > 0 { await countDown(n - 1, &trail) }
}

func generic<T: Sendable>(_ value: T, _ n: Int) async -> [T] {
  await Task.yield()
  return Array(repeating: value, count: n)
}

protocol Source: Sendable {
  associatedtype Item: Sendable
  func next(_ n: Int) async -> Item
  var name: String { get async }
  subscript(_ n: Int) -> Item { get async throws }
}

struct Numbers: Source {
  func next(_ n: Int) async -> Int { await twice(n) }
  var name: String { get async { await Task.yield(); return "numbers" } }
  subscript(_ n: Int) -> Int {
    get async throws {
      if n < 0 { throw Failure(code: n) }
      return await twice(n) + 1
    }
  }
}

final class Texts: Source {
  let prefix: String
  init(_ prefix: String) { self.prefix = prefix }
  func next(_ n: Int) async -> String { try! await prefix + failing(n % 3) }
  var name: String { get async { "texts" } }
  subscript(_ n: Int) -> String { get async throws { try await failing(n) } }
}

func use<S: Source>(_ source: S) async -> String {
  let value = await source.next(4)
  let other = try? await source[-3]
  return await "\(source.name) \(value) \(other.map { "\($0)" } ?? "none")"
}

func use(any source: any Source) async -> String {
  await "\(source.name) \(source.next(1))"
}

class Base: @unchecked Sendable {
  func work(_ n: Int) async throws -> Int { await twice(n) }
  deinit { print("base ends") }
}
final class Derived: Base, @unchecked Sendable {
  override func work(_ n: Int) async throws -> Int {
    if n == 0 { throw Failure(code: 0) }
    return try await super.work(n) + 100
  }
}

func apply(_ body: (Int) async throws -> Int, _ n: Int) async rethrows -> Int {
  try await body(n) + body(n + 1)
}

func structured() async throws {
  async let a = twice(10)
  async let b = wide(3)
  async let c = failing(1)
  async let d = failing(7)
  async let _ = twice(99)
  print(await a, await b)
  print(try await c)
  do { print(try await d) } catch { print("caught", error) }
  async let (first, second) = (twice(1), failing(2))
  print(try await first, try await second)
}

func errors() async {
  for n in 1..<5 {
    do { print(try await failing(n)) } catch { print("caught", error) }
    do throws(Failure) { print(try await typed(n)) } catch { print("typed", error.code) }
  }
  print(await (try? failing(9)) ?? "nil", await (try? typed(1)) as Any)
}

func cleanUp(_ n: Int) async throws -> Int {
  defer { print("deferred", n) }
  let object = Base()
  defer { withExtendedLifetime(object) {} }
  if n == 1 { throw Failure(code: 1) }
  return try await object.work(n)
}

@main struct Main {
  static func main() async throws {
    print(await twice(4), await neverSuspends(1), await wide(9))
    print(
      await many(1, 2.5, "c", 4, [5, 6], true, 7.5, nil, (8, "nine"), "j", Wide(), 12))
    print(await fibonacci(12))
    var trail: [Int] = []
    await countDown(5, &trail)
    print(trail)
    print(await generic("x", 3), await generic(Wide(), 1), await generic((1), 2))
    print(await use(Numbers()), await use(Texts("t ")))
    for source in [Numbers(), Texts("e ")] as [any Source] { print(await use(any: source)) }
    let objects = [Base(), Derived()]
    for object in objects {
      for n in 0..<2 {
        do { print(try await object.work(n)) } catch { print("caught", error) }
      }
    }
    print(await apply({ await twice($0) }, 5))
    print(await apply({ $0 + 1 }, 5))
    do { print(try await apply({ if $0 > 5 { throw Failure(code: $0) } else { $0 } }, 5)) } catch {
      print("caught", error)
    }
    try await structured()
    await errors()
    for n in 0..<2 {
      do { print(try await cleanUp(n)) } catch { print("caught", error) }
    }
    let closures: [@Sendable () async -> String] = [{ await "\(twice(3))" }, { "plain" }]
    for closure in closures { print(await closure()) }
    let task = Task { () async throws -> Int in try await Derived().work(1) }
    print(try await task.value, await task.result)
    var values: [Int] = []
    for n in 0..<2000 { values.append(await neverSuspends(n)) }
    print(values.reduce(0, +))
  }
}
