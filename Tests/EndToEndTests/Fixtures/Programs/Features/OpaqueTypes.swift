// Opaque result types and parameters.

protocol Shape { associatedtype Part: Equatable; var parts: [Part] { get }; func area() -> Double }
struct Square: Shape { var side: Double; var parts: [String] { ["side"] }; func area() -> Double { side * side } }
struct Both<A: Shape, B: Shape>: Shape {
  var a: A, b: B
  struct Part: Equatable { var a: A.Part?; var b: B.Part? }
  var parts: [Part] { a.parts.map { Part(a: $0) } + b.parts.map { Part(b: $0) } }
  func area() -> Double { a.area() + b.area() }
}
final class Scaled<S: Shape>: Shape {
  let shape: S, by: Double
  init(_ shape: S, _ by: Double) { self.shape = shape; self.by = by }
  var parts: [S.Part] { shape.parts + shape.parts }
  func area() -> Double { shape.area() * by }
  deinit { print("scaled", by) }
}
extension Shape {
  func joined(_ other: some Shape) -> some Shape { Both(a: self, b: other) }
  func scaled(_ by: Double) -> some Shape { Scaled(self, by) }
}

func square(_ side: Double) -> some Shape { Square(side: side) }
func pair() -> (some Shape, some Equatable) { (square(3).scaled(2), [1, 2]) }
func optional(_ n: Int) -> (some Equatable)? { n > 0 ? Optional("text \(n)") : nil }
func counter() -> some Sequence<Int> { sequence(first: 1) { $0 < 100 ? $0 * 3 : nil } }
func lazily(_ n: Int) -> some Collection<String> { (0..<n).lazy.filter { $0 % 2 == 0 }.map { "<\($0)>" } }
func generic<T: Hashable>(_ values: [T]) -> some Hashable { Set(values) }
func adder(_ n: Int) -> some Any { let add: (Int) -> Int = { $0 + n }; return add }
func sum<N: BinaryInteger>(_ values: some Sequence<N>) -> Int { values.reduce(0) { $0 + Int($1) } }
func longest<C: Collection<String>>(_ texts: C...) -> String { texts.joined().max { $0.count < $1.count } ?? "" }
func mutate(_ value: inout some RangeReplaceableCollection<Character>) { value.append("!") }

struct Holder {
  var content: some Shape { square(4).joined(square(1)) }
  subscript(_ n: Double) -> some Shape { content.scaled(n) }
  let stored: some CustomStringConvertible = [1: "one"]
  static var shared: some Collection<Int> { 1...4 }
}
class Maker { func make() -> some Shape { Square(side: 1) }; var twice: some Shape { make().joined(make()) } }

print(square(2).area(), square(2).parts.count, square(1) as? Square as Any)
do {
  let (shape, list) = pair()
  print(shape.area(), shape.parts.count, list == list, shape.joined(shape).scaled(0.5).area())
}
print(optional(1) == optional(1), optional(0) == nil, optional(2) as Any)
print(Array(counter()), Array(lazily(7)), lazily(3).count, sum(counter()), sum([1, 2] as [Int8]))
print(generic([1, 2]) == generic([2, 1]), (adder(5) as! (Int) -> Int)(6))
print(longest(["a", "bbb"], ["cc"]), Holder().content.area(), Holder()[10].area(), Holder().stored)
print(Holder.shared.reduce(0, +), Maker().twice.area(), Maker().twice.parts.count)
var text = "text"
mutate(&text)
print(text)
