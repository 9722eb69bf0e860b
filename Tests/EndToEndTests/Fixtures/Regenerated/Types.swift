// Structs, classes, protocols, generics, properties.

struct Vector: Equatable {
  var x: Double
  var y: Double

  var length: Double { (x * x + y * y).squareRoot() }
  static let zero = Vector(x: 0, y: 0)

  static func + (left: Vector, right: Vector) -> Vector {
    Vector(x: left.x + right.x, y: left.y + right.y)
  }
  static func * (left: Vector, factor: Double) -> Vector {
    Vector(x: left.x * factor, y: left.y * factor)
  }
  mutating func turn() { (x, y) = (-y, x) }
}

func centre(_ points: [Vector]) -> Vector {
  var sum = Vector(x: 0, y: 0)
  for point in points { sum = sum + point }
  return points.isEmpty ? sum : sum * (1 / Double(points.count))
}

func turned(_ vector: Vector, times: Int) -> Vector {
  var result = vector
  for _ in 0..<times { result.turn() }
  return result
}

struct Stack<Element> {
  private var items: [Element] = []
  var count: Int { items.count }
  mutating func push(_ item: Element) { items.append(item) }
  mutating func pop() -> Element? { items.popLast() }
}

func reversed(_ text: String) -> String {
  var stack = Stack<Character>()
  for letter in text { stack.push(letter) }
  var result = ""
  while let letter = stack.pop() { result.append(letter) }
  return result + "/\(stack.count)"
}

protocol Animal {
  var name: String { get }
  func sound(_ times: Int) -> String
}

struct Dog: Animal {
  let name: String
  func sound(_ times: Int) -> String { String(repeating: "wau ", count: times) + name }
}

final class Cat: Animal {
  let name: String
  var lives = 9
  init(name: String) { self.name = name }
  func sound(_ times: Int) -> String {
    lives -= times
    return "\(name) has \(lives)"
  }
}

func chorus(_ names: [String]) -> [String] {
  var animals: [any Animal] = []
  for (index, name) in names.enumerated() {
    if index % 2 == 0 { animals.append(Dog(name: name)) } else { animals.append(Cat(name: name)) }
  }
  return animals.map { $0.sound(2) }
}

class Node {
  var value: Int
  var left: Node?
  var right: Node?
  init(_ value: Int) { self.value = value }

  func insert(_ new: Int) {
    if new < value {
      if let left { left.insert(new) } else { left = Node(new) }
    } else {
      if let right { right.insert(new) } else { right = Node(new) }
    }
  }
}

func sorted(_ values: [Int]) -> [Int] {
  guard let first = values.first else { return [] }
  let root = Node(first)
  for value in values.dropFirst() { root.insert(value) }
  var result: [Int] = []
  func walk(_ node: Node?) {
    guard let node else { return }
    walk(node.left)
    result.append(node.value)
    walk(node.right)
  }
  walk(root)
  return result
}

func largest<T: Comparable>(_ values: [T], or other: T) -> T {
  var best = other
  for value in values where value > best { best = value }
  return best
}

class Account {
  private(set) var balance = 0
  func add(_ amount: Int) { balance += amount }
}

class Bonus: Account {
  let factor: Int
  init(factor: Int) { self.factor = factor }
  override func add(_ amount: Int) { super.add(amount * factor) }
}

func balances(_ amounts: [Int]) -> Int {
  let accounts = [Account(), Bonus(factor: 3)]
  for amount in amounts { for account in accounts { account.add(amount) } }
  return accounts[0].balance * 1000 + accounts[1].balance
}
