// What is reached through tables: classes, protocols, key paths, deinitialisers.

class Animal {
  let name: String
  required init(_ name: String) { mark(); self.name = name }
  func speak() -> String { mark(); return name }
  class var legs: Int { mark(); return 4 }
  var loud: String { get { mark(); return speak() + "!" } set { mark(); print(newValue) } }
}
class Dog: Animal {
  override func speak() -> String { mark(); return super.speak() + " barks" }
  override class var legs: Int { mark(); return super.legs }
}
final class Puppy: Dog {
  override func speak() -> String { mark(); return super.speak() + " softly" }
}

protocol Shape {
  associatedtype Unit: CustomStringConvertible
  static var sides: Int { get }
  init(side: Int)
  var area: Unit { get }
  func scaled(by n: Int) -> Self
}
extension Shape { func described() -> String { mark(); return "\(Self.sides): \(scaled(by: 2).area)" } }
struct Square: Shape {
  var side: Int
  static var sides: Int { mark(); return 4 }
  init(side: Int) { mark(); self.side = side }
  var area: Int { mark(); return side * side }
  func scaled(by n: Int) -> Square { mark(); return Square(side: side * n) }
}
struct Cube<Base: Shape>: Shape {
  var base: Base
  static var sides: Int { mark(); return Base.sides + 2 }
  init(side: Int) { mark(); base = Base(side: side) }
  var area: String { mark(); return "6 x \(base.area)" }
  func scaled(by n: Int) -> Cube { mark(); var copy = self; copy.base = base.scaled(by: n); return copy }
}

@_optimize(none) @inline(never) func generic<S: Shape>(_ type: S.Type) -> String {
  S(side: 3).described()
}
@_optimize(none) @inline(never) func unit<S: Shape>(_ shape: S) -> S.Unit { shape.area }
@_optimize(none) @inline(never) func existential(_ type: any Shape.Type) -> String {
  let shape: any Shape = type.init(side: 2)
  return "\(shape.area) \(shape.scaled(by: 3).described())"
}

protocol Named: AnyObject { var title: String { get set } }
extension Animal: Named { var title: String { get { mark(); return name } set { mark() } } }

struct Point {
  var x: Int
  var computed: Int { get { mark(); return x * 2 } set { mark(); x = newValue / 2 } }
  subscript(_ n: Int) -> Int { get { mark(); return x + n } set { mark(); x = newValue - n } }
}

final class Ended {
  let n: Int
  init(_ n: Int) { self.n = n }
  deinit { mark(); last = n }
}
nonisolated(unsafe) var last = 0
struct Unique: ~Copyable { let n: Int; deinit { mark(); last = n } }

func ifShape(_ value: Any) -> String { (value as? any Shape).map { "\($0.area)" } ?? "none" }

let types: [(String, Kind)] = [
  ("class", .sync { opaque([Animal("a"), Dog("d"), Puppy("p")]).map { $0.speak() }.joined() }),
  ("class metatype", .sync { opaque([Animal.self, Puppy.self] as [Animal.Type]).map { "\($0.legs) \($0.init("x").loud)" }.joined() }),
  ("class setter", .sync { opaque(Dog("d") as Animal).loud = "wuff"; return "" }),
  ("generic", .sync { generic(Square.self) + generic(Cube<Cube<Square>>.self) }),
  ("associated type", .sync { "\(unit(Square(side: 2))) \(unit(Cube<Square>(side: 2)))" }),
  ("existential", .sync { existential(Square.self) + existential(opaque(Cube<Square>.self)) }),
  ("class existential", .sync { let n: any Named = opaque(Dog("d")); n.title += "x"; return n.title }),
  ("cast", .sync { ifShape(opaque(Square(side: 3))) + ifShape(opaque("no")) }),
  ("key path", .sync {
    var p = Point(x: opaque(3))
    let path = opaque(\Point.computed), index = opaque(\Point.[4])
    p[keyPath: path] = 20
    p[keyPath: index] += 1
    return "\(p[keyPath: path]) \(p[keyPath: index]) \([p, p].map(\.computed))"
  }),
  ("key path of a class", .sync { "\(opaque([Dog("a")])[0][keyPath: opaque(\Animal.loud)])" }),
  ("deinit", .sync { do { _ = opaque(Ended(1)) }; return "\(last)" }),
  ("deinit from an array", .sync {
    var all = opaque((0..<5).map(Ended.init))
    all.removeAll()
    return "\(last)"
  }),
  ("deinit of a struct", .sync { do { _ = Unique(n: opaque(7)) }; return "\(last)" }),
]
