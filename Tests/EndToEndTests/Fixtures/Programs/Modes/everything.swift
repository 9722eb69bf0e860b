/// A little of everything that a build mode may compile in another way.
protocol Shape { var area: Double { get }; func scaled(by factor: Double) -> any Shape }

struct Square: Shape, Hashable {
  var side: Double
  var area: Double { side * side }
  func scaled(by factor: Double) -> any Shape { Square(side: side * factor) }
}

final class Circle: Shape {
  let radius: Double
  init(radius: Double) { self.radius = radius }
  deinit { print("circle \(radius) is gone") }
  var area: Double { 3 * radius * radius }
  func scaled(by factor: Double) -> any Shape { Circle(radius: radius * factor) }
}

class Animal {
  var name: String
  init(name: String) { self.name = name }
  func sound() -> String { "\(name) is silent" }
}
class Dog: Animal { override func sound() -> String { "\(name) barks" } }

enum Failure: Error { case negative(Int), odd }

func half(_ value: Int) throws -> Int {
  guard value >= 0 else { throw Failure.negative(value) }
  guard value.isMultiple(of: 2) else { throw Failure.odd }
  return value / 2
}

func largest<T: Comparable>(_ values: some Sequence<T>) -> T? { values.max() }

func update<T>(_ place: inout T, _ body: (inout T) -> Void) { body(&place) }

actor Account {
  private var balance = 0
  func deposit(_ amount: Int) -> Int {
    balance += amount
    return balance
  }
}

func slow(_ value: Int) async throws -> Int {
  await Task.yield()
  return try half(value)
}

func concurrent() async -> String {
  async let four = slow(8)
  async let failing = slow(-1)
  let account = Account()
  let sum = await withTaskGroup(of: Int.self) { group in
    for index in 1...4 { group.addTask { await account.deposit(index) * 0 + index } }
    return await group.reduce(0, +)
  }
  let first = (try? await four) ?? -1
  let second = (try? await failing) ?? -2
  return "\(first) \(second) \(sum) \(await account.deposit(0))"
}

func synchronous() {
  let shapes: [any Shape] = [Square(side: 2), Circle(radius: 1)]
  print(shapes.map { $0.scaled(by: 2).area })
  print([Animal(name: "fish"), Dog(name: "dog")].map { $0.sound() })
  for value in [8, 7, -3] {
    do { print(try half(value)) } catch { print("failed: \(error)") }
  }
  print(largest([3, 1, 2]) ?? 0, largest(["b", "a"]) ?? "")
  var counts: [String: Int] = [:]
  for word in "the cat and the dog and the fish".split(separator: " ") {
    counts[String(word), default: 0] += 1
  }
  print(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key)=\($0.value)" })
  var numbers = Array(1...10)
  update(&numbers) { $0.removeAll { $0 % 3 == 0 } }
  numbers.withUnsafeMutableBufferPointer { buffer in buffer[0] = 41 }
  print(numbers, numbers[keyPath: \.count], Set([Square(side: 1), Square(side: 1)]).count)
}

@main enum Program {
  static func main() async {
    synchronous()
    print(await concurrent())
  }
}
