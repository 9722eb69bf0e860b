// Accessors and coroutines, observers, wrappers, lazy values.

struct Stack {
  private var items = [1, 2, 3]
  var top: Int {
    _read { mark(); yield items[items.count - 1] }
    _modify { mark(); defer { mark() }; yield &items[items.count - 1] }
  }
  subscript(_ i: Int) -> Int {
    _read { mark(); yield items[i] }
    _modify { mark(); yield &items[i] }
  }
  subscript(safe i: Int) -> Int? { get { mark(); return i < 3 ? items[i] : nil } set { mark() } }
  static subscript(_ s: String) -> String { mark(); return s + s }
}

protocol Holder { var held: [Int] { get set } }
struct Box: Holder { var items = [0]; var held: [Int] { _read { mark(); yield items } _modify { mark(); yield &items } } }
class Shelf: Holder { var items = [0]; var held: [Int] { get { mark(); return items } set { mark(); items = newValue } } }
final class Locked: Shelf { override var held: [Int] { didSet { mark() } } }
@_optimize(none) @inline(never) func fill<H: Holder>(_ h: inout H) { h.held.append(1); h.held[0] += 2 }
@_optimize(none) @inline(never) func fillAny(_ h: inout any Holder) { h.held.append(3) }
@inline(never) func bump(_ n: inout Int) throws { n += 1; if n == 5 { throw Thrown(code: n) } }

struct Observed {
  var n = 0 { willSet { mark() } didSet { mark(); if n > 5 { n = 5 } } }
}

@propertyWrapper struct Clamped {
  private var value: Int
  init(wrappedValue: Int) { mark(); value = wrappedValue }
  var wrappedValue: Int { get { mark(); return value } set { mark(); value = min(newValue, 10) } }
  var projectedValue: String { mark(); return "<\(value)>" }
}
struct Wrapped { @Clamped var n = 3 }

final class Slow {
  lazy var value: Int = { mark(); return 42 }()
  static let shared: Slow = { mark(); return Slow() }()
}
let global: [Int] = { mark(); return [1, 2, 3] }()

@dynamicMemberLookup struct Loose { subscript(dynamicMember name: String) -> String { mark(); return name } }
@dynamicCallable struct Callable { func dynamicallyCall(withArguments n: [Int]) -> Int { mark(); return n.count } }
struct Function { func callAsFunction(_ n: Int) -> Int { mark(); return -n } }

let accessors: [(String, Kind)] = [
  ("read and modify", .sync { var s = opaque(Stack()); s.top += 5; s[0] *= 7; return "\(s.top) \(s[0])" }),
  ("modify that is left by an error", .sync {
    var s = opaque(Stack())
    for _ in 0..<3 { try? bump(&s.top) }
    return "\(s.top)"
  }),
  ("subscript", .sync { var s = opaque(Stack()); s[safe: 2]? += 1; return "\(s[safe: 9] as Any) \(Stack["a"])" }),
  ("modify through a protocol", .sync {
    var b = opaque(Box()), s = opaque(Locked() as Shelf)
    fill(&b)
    fill(&s)
    var any: any Holder = s
    fillAny(&any)
    return "\(b.items) \(s.items)"
  }),
  ("observers", .sync { var o = opaque(Observed()); o.n = 3; o.n += 10; return "\(o.n)" }),
  ("property wrapper", .sync { var w = opaque(Wrapped()); w.n += 40; return "\(w.n) \(w.$n)" }),
  ("lazy var", .sync { let s = opaque(Slow()); return "\(s.value + s.value)" }),
  ("dynamic members and calls", .sync { "\(Loose().hello) \(Callable()(1, 2)) \(Function()(3))" }),
]
