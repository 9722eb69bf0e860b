// Mirror, dump, String(describing:), type(of:), dynamic casts, metatypes, _typeName, ObjectIdentifier.

struct Point { var x = 1, y = 2.5; private let hidden = "h" }
class Base { var a = 1; weak var w: Base?; unowned var u: Base? }
final class Derived: Base, CustomReflectable { let b = [1, 2]; var customMirror: Mirror { Mirror(self, children: ["b": b, "twice": b.count * 2], displayStyle: .struct, ancestorRepresentation: .generated) } }
enum Kind { case none, one(Int), two(String, label: Double), closure(() -> Void) }
struct Named: CustomStringConvertible, CustomDebugStringConvertible { var n: Int; var description: String { "named \(n)" }; var debugDescription: String { "debug \(n)" } }
struct Generic<T, U> { var t: T, u: U?; var nested: [Generic<Int, Int>] = [] }
private struct Private { fileprivate enum Deep { case here }; var deep = Deep.here }
actor Agent { var n = 5 }
struct Empty {}

func show(_ value: Any, _ depth: Int = 0) {
  let mirror = Mirror(reflecting: value)
  let style = mirror.displayStyle.map { "\($0)" } ?? "none"
  print(String(repeating: "  ", count: depth) + "\(mirror.subjectType) \(style) \(mirror.children.count)")
  guard depth < 3 else { return }
  for child in mirror.children {
    print(String(repeating: "  ", count: depth) + "- \(child.label ?? "_")")
    show(child.value, depth + 1)
  }
  if let parent = mirror.superclassMirror { print(String(repeating: "  ", count: depth) + "super \(parent.subjectType) \(parent.children.map { $0.label! })") }
}
func name<T>(_ type: T.Type) -> String { "\(type) \(String(reflecting: type))" }
func cast<T>(_ value: Any, _: T.Type) -> String { (value as? T).map { "\(type(of: $0)) yes" } ?? "no" }

let values: [Any] = [
  Point(), Derived(), Base(), Kind.one(1), Kind.two("t", label: 2), Kind.none, Named(n: 3), [1: "one"], Set([5]), (1, b: "two", Point()),
  Optional<Int>.none as Any, Optional(Point()) as Any, Generic(t: 1, u: "u", nested: [Generic(t: 1, u: nil)]), Private(), Agent(), Empty(), "text", 5, 1...3, [Empty(), 1, nil as Int?] as [Any?],
]
for value in values { show(value) }
var text = ""
dump(Generic(t: Point(), u: [1, 2]), to: &text, name: "dumped", maxDepth: 3)
print(text)
print(values.map { "\(type(of: $0))" })
print(String(describing: Named(n: 1)), String(reflecting: Named(n: 1)), [Named(n: 2)], Optional(Named(n: 4)) as Any, (Named(n: 5), "x"))
print(name(Int.self), name(Generic<[String?], (Int, Base) -> Void>.self), name((any Error & Sendable).self), name(Point.Type.self))
print(cast(5, Int.self), cast(5, (any BinaryInteger).self), cast(Derived(), Base.self), cast(Base(), Derived.self), cast([1, 2], [Any].self), cast([1, "x"] as [Any], [Int].self),
  cast(["a": 1], [String: Any].self), cast(Optional(3) as Any, Int.self), cast((1, "x"), (Int, String).self), cast(5, AnyHashable.self), cast(AnyHashable(5), Int.self), cast(Point.self, Any.Type.self))
let types: [Any.Type] = [Int.self, Point.self, (Int, String).self, [Int].self, (() -> Void).self, (any Equatable).self]
print(types.map { "\($0)" }, types[1] == Point.self, ObjectIdentifier(types[0]) == ObjectIdentifier(Int.self), _typeName(Private.self, qualified: false))
print(_typeByName("SaySiG").map { "\($0)" } ?? "nil", type(of: Derived() as Base) == Derived.self, (type(of: Derived() as Base) as Base.Type) == Base.self)
