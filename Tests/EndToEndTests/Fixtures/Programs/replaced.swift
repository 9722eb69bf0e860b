// One function of each kind that a context can replace, called once and printed.

struct Problem: Error { var code: Int }
struct Five { var a = 1, b = 2, c = 3, d = 4, e = 5 }

@inline(never) func text(_ s: String, _ n: Int) -> String { s + "\(n)" }
@inline(never) func list(_ a: [Int]) -> [Int] { a + [0] }
@inline(never) func five(_ f: Five, times n: Int) -> Five {
  var f = f
  f.a *= n
  return f
}
func maybe(_ n: Int?) -> Int? { n.map { $0 + 1 } }
func maybeText(_ s: String?) -> String? { s }
func apply(_ f: (Int) -> Int, _ n: Int) -> Int { f(n) }
func change(_ s: inout String) { s += "!" }
func risky(_ n: Int) throws -> Int {
  if n == 0 { throw Problem(code: n) }
  return n
}
func broken(_ n: Int) throws -> Int { throw Problem(code: n) }
func many(
  _ a: Int8, _ b: Float, _ c: Bool, _ d: Double, _ e: UInt16, _ f: Character, _ g: (Int, String)
) -> (Int, Double, String) {
  (Int(a) + Int(e), Double(b) + d, "\(c)\(f)\(g)")
}
private func hidden(_ five: Five) -> Int { five.e }

print(text("a", 1), list([1, 2]), five(Five(), times: 3), hidden(Five()))
print(maybe(3) as Any, maybe(nil) as Any, maybeText("x") as Any, apply({ $0 * 10 }, 4))
var changed = "hey"
change(&changed)
print(changed, many(1, 2, true, 3, 4, "c", (5, "f")))
for n in 0...1 {
  do { print(try risky(n)) } catch { print("caught", error) }
}
print((try? broken(3)) as Any)

final class Node {
  var value: Int
  init(value: Int) { self.value = value }
  func add(_ n: Int) throws -> Int {
    if n < 0 { throw Problem(code: n) }
    value += n
    return value
  }
  var twice: Int {
    get { value * 2 }
    set { value = newValue / 2 }
  }
  class func make(_ n: Int) -> Int { n }
}

let node = Node(value: 20)
for n in [-1, 2] {
  do { print(try node.add(n)) } catch { print("caught", error) }
}
print(node.twice)
node.twice = 10
print(node.value, Node.make(7))

// Called through a table of methods, and through one of witnesses.
class Animal { func sound() -> String { "..." } }
class Dog: Animal { override func sound() -> String { "wuff" } }
protocol Shape { func area() -> Int }
struct Square: Shape {
  var side: Int
  func area() -> Int { side * side }
}
let animals: [Animal] = [Animal(), Dog()]
let shapes: [any Shape] = [Square(side: 3)]
print(animals.map { $0.sound() }, shapes.map { $0.area() })

struct Tally {
  var name: String
  var n = 0
  init(name: String) { self.name = name }
  mutating func bump(_ by: Int) -> Int {
    n += by
    return n
  }
  static func zero(_ s: String) -> String { s }
}
var tally = Tally(name: "a name that is too long for the registers")
print(tally.bump(2), tally.n, tally.name, Tally.zero("z"))

struct Grid {
  var cells: [Int]
  subscript(i: Int) -> Int {
    get { cells[i] }
    set { cells[i] = newValue }
  }
}
var grid = Grid(cells: [1, 2, 3])
print(grid[1])
grid[1] = 7
print(grid.cells)

struct Pair {
  var x, y: Double
  func scaled(by f: Double) -> Pair { Pair(x: x * f, y: y * f) }
}
print(Pair(x: 1, y: 2).scaled(by: 3), "abc".uppercased())
