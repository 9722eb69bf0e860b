protocol Shape { func area() -> Int }
struct Square: Shape { var a: Int; func area() -> Int { a * a } }
final class Disc: Shape { var r: Int; init(r: Int) { self.r = r }; func area() -> Int { 3 * r * r }; deinit { gone() } }
class Base { func run(_ n: Int) -> Int { leaf(n) } }
class Derived: Base { override func run(_ n: Int) -> Int { super.run(n) + leaf(1) } }
func gone() {}
func leaf(_ n: Int) -> Int { n + 1 }
func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) + fib(n - 2) }
func even(_ n: Int) -> Bool { n == 0 ? true : odd(n - 1) }
func odd(_ n: Int) -> Bool { n == 0 ? false : even(n - 1) }
func total(_ shapes: [any Shape]) -> Int { shapes.reduce(0) { $0 + $1.area() } }
struct Oops: Error {}
func risky(_ n: Int) throws -> Int { if n % 3 == 0 { throw Oops() }; return leaf(n) }
struct Counter { var value = 0 { didSet { noted() } }; func noted() {} 
  var twice: Int { get { value * 2 } set { value = newValue / 2 } } }
func apply(_ f: (Int) -> Int, _ n: Int) -> Int { f(n) }
func bump(_ x: inout Int) { x += leaf(1) }

var sum = 0
for i in 0..<10 { sum += leaf(i) }
sum += fib(12)
sum += even(9) ? 1 : 0
sum += total([Square(a: 2), Disc(r: 3), Square(a: 4)])
let objects: [Base] = [Base(), Derived(), Derived()]
for o in objects { sum += o.run(5) }
for i in 0..<7 { sum += (try? risky(i)) ?? 0 }
var c = Counter(); for _ in 0..<4 { c.value += 1 }; bump(&c.twice)
sum += [5, 3, 9, 1, 7].sorted { leaf($0) < leaf($1) }[0]
sum += apply({ leaf($0) }, 3) + apply(fib, 4)
print(sum)
