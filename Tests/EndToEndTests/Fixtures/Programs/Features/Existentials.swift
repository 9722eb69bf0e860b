// Values whose type is a protocol: opaque, class-bound, compositions, with primary associated
// types, of metatypes; opened, cast, copied, replaced, in collections and in optionals.

protocol Shape { var area: Double { get }; mutating func grow(_ by: Double); static var sides: Int { get } }
protocol Named { var name: String { get set } }
protocol Watched: AnyObject { var watchers: Int { get set } }
protocol Stored<Element> { associatedtype Element; var all: [Element] { get }; func with(_ e: Element) -> Self }
protocol Copying { func copy() -> Self }

final class Count { nonisolated(unsafe) static var live = 0; init() { Count.live += 1 }; deinit { Count.live -= 1 } }

struct Square: Shape, Named, Equatable {
  var side = 2.0, name = "square"
  var area: Double { side * side }
  mutating func grow(_ by: Double) { side += by }
  static let sides = 4
}
/// Too large for the three words of an existential, so it lives in a box.
struct Polygon: Shape, Named {
  var points = [1.0, 2, 3], name = "polygon", a = 1, b = 2, c = 3, owner = Count()
  var area: Double { points.reduce(0, *) + points.reduce(0, +) }
  mutating func grow(_ by: Double) { for i in points.indices { points[i] += by } }
  static var sides: Int { 3 }
}
class Circle: Shape, Named, Watched {
  var radius = 1.0, name = "circle", watchers = 0
  let owner = Count()
  var area: Double { radius * radius * 3 }
  func grow(_ by: Double) { radius += by }
  class var sides: Int { 0 }
}
final class Disc: Circle, Copying {
  override var area: Double { super.area * 10 }
  override class var sides: Int { 1 }
  func copy() -> Disc { let d = Disc(); d.radius = radius; return d }
}
struct Bag<Element>: Stored { var all: [Element]; func with(_ e: Element) -> Bag { Bag(all: all + [e]) } }
struct One: Stored { var value: Int; var all: [Int] { [value] }; func with(_ e: Int) -> One { One(value: value + e) } }

func opened<S: Shape>(_ shape: S) -> String { "\(S.self) \(shape.area) \(S.sides)" }
func grown<S: Shape>(_ shape: inout S, _ by: Double) { shape.grow(by) }
func rename(_ named: inout any Named) { named.name += "!" }
func total(_ stored: any Stored<Int>) -> Int { stored.all.reduce(0, +) }
func both(_ value: any Shape & Named) -> String { "\(value.name) \(value.area)" }
func watch(_ value: any Watched & Named) { value.watchers += 1; print(value.name, value.watchers) }
func circle(_ value: any Circle & Copying) -> Double { (value.copy() as Circle).area + value.radius }
func describe(_ value: Any) -> String {
  switch value {
  case let number as Int: "int \(number)"
  case let text as String: "text \(text)"
  case let shape as any Shape & Watched: "watched shape \(shape.area) \(shape.watchers)"
  case let shape as any Shape: "shape \(shape.area)"
  case let array as [Any]: "array \(array.map(describe))"
  case let pair as (Int, String): "pair \(pair.0) \(pair.1)"
  case let function as (Int) -> Int: "function \(function(20))"
  case Optional<Any>.none: "nil"
  case let type as any Shape.Type: "type with \(type.sides)"
  case let type as Any.Type: "type \(type)"
  default: "other \(type(of: value))"
  }
}
func temporary() -> any Watched { Circle() }
func make(_ n: Int) -> (any Shape)? { switch n { case 0: Square(); case 1: Polygon(); case 2: Disc(); default: nil } }

func run() {
  var shapes: [any Shape] = [Square(), Polygon(), Circle(), Disc()]
  for i in shapes.indices {
    shapes[i].grow(Double(i))
    grown(&shapes[i], 0.5)
    print(opened(shapes[i]), type(of: shapes[i]).sides)
  }
  var copy = shapes[1]
  copy.grow(100)
  print(shapes[1].area, copy.area)
  shapes.swapAt(0, 3)
  shapes[1] = shapes[2]
  print(shapes.map(\.area), shapes.compactMap { $0 as? any Watched }.count)
  var named: any Named = Polygon()
  rename(&named)
  rename(&named)
  print(named.name)
  named = Disc()
  rename(&named)
  print(named.name, (named as? any Shape)?.area ?? -1, named is Circle, named is Square)
  print(total(Bag(all: [1, 2])), total(One(value: 5)))
  let stored: any Stored<Int> = One(value: 1)
  print(stored.with(4).all, (Bag(all: ["x"]) as any Stored).all)
  print(both(Square()), both(Disc()))
  let disc = Disc()
  watch(disc)
  watch(disc)
  print(circle(disc), describe(disc))
  let values: [Any] = [
    1, "two", Square(), disc, [1, "x", [2.5]] as [Any], (3, "three"), { (n: Int) in n + 1 } as (Int) -> Int,
    Optional<Any>.none as Any, Square.self as any Shape.Type, Int.self, 2.5, Polygon(),
  ]
  for value in values { print(describe(value)) }
  for n in 0..<4 { print(make(n)?.area as Any, make(n).map { opened($0) } ?? "none") }
  let types: [any Shape.Type] = [Square.self, Disc.self, Polygon.self]
  print(types.map { $0.sides }, types.map { "\($0)" })
  var dictionary: [String: any Shape] = ["a": Square(), "b": Polygon()]
  dictionary["a"]?.grow(1)
  dictionary["b"]?.grow(1)
  dictionary["c"] = disc
  print(dictionary.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.area)" })
  let hashable: Set<AnyHashable> = [1, "1", 1.0, [1], 2 as Int8]
  print(hashable.count, hashable.contains(1 as UInt8), hashable.contains([1]))
  let functions: [String: any (Sendable & CustomStringConvertible)] = ["x": 1, "y": "text"]
  print(functions["x"]!.description + functions["y"]!.description)
  var optional: (any Named & Watched)? = disc
  optional?.name = "changed"
  optional?.watchers += 1
  print(disc.name, disc.watchers)
  optional = nil
  weak var gone: (any Watched)? = temporary()
  weak var kept: (any Watched)? = disc
  print(gone == nil, kept === disc)
  gone = disc
  kept = nil
}
run()
print("live", Count.live)
