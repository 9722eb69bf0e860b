// Classes: inheritance, initialisers of every kind, deinit order, overriding, statics, lazy, super.

nonisolated(unsafe) var log: [String] = []
func note(_ text: String) -> String { log.append(text); return text }

class Base: CustomStringConvertible {
  nonisolated(unsafe) static var live = 0
  var name = note("base name")
  let id: Int
  class var kind: String { "base" }
  static let shared = Base(id: 99)
  init(id: Int) { self.id = id; Base.live += 1; log.append("base init \(id)"); setUp() }
  convenience init() { self.init(id: 0) }
  convenience init?(text: String) { guard let n = Int(text) else { return nil }; self.init(id: n) }
  required init(copying other: Base) throws { guard other.id >= 0 else { throw Refusal() }; id = other.id + 1; Base.live += 1 }
  func setUp() { log.append("base set up") }
  func value(_ n: Int = 1) -> Int { id + n }
  var description: String { "\(Self.kind) \(id) \(name)" }
  subscript(_ i: Int) -> String { get { "\(name)[\(i)]" } set { name = newValue } }
  final func finalOne() -> Int { value(10) * 2 }
  class func make() -> Base { Self.init_(5) }
  private class func init_(_ n: Int) -> Base { Base(id: n) }
  static func == (l: Base, r: Base) -> Bool { l.id == r.id }
  deinit { Base.live -= 1; log.append("base deinit \(id)") }
}
struct Refusal: Error {}

class Middle: Base {
  var extra = note("middle extra")
  let inner: Base?
  override class var kind: String { "middle/" + super.kind }
  lazy var costly: [Int] = { log.append("costly"); return (0..<id).map { $0 * $0 } }()
  override init(id: Int) {
    inner = id > 10 ? Base(id: id * 2) : nil
    super.init(id: id)
    log.append("middle init")
  }
  required init(copying other: Base) throws {
    inner = Base(id: 1000)
    try super.init(copying: other)
    guard other.id < 50 else { throw Refusal() }
  }
  override func setUp() { super.setUp(); log.append("middle set up \(extra)") }
  override func value(_ n: Int = 2) -> Int { super.value(n) * 10 }
  override var name: String { get { "<" + super.name + ">" } set { super.name = newValue + "'" } }
  deinit { log.append("middle deinit \(name)") }
}
final class Leaf: Middle {
  override var name: String { willSet { log.append("will \(newValue)") } didSet { log.append("did \(oldValue)") } }
  override subscript(_ i: Int) -> String { get { super[i + 1] } set { super[i] = newValue + "leaf" } }
  convenience init(_ a: Int, _ b: Int) { self.init(id: a + b) }
  override class func make() -> Base { Leaf(id: 6) }
  deinit { log.append("leaf deinit") }
}
class Generic<T>: Middle {
  var values: [T]
  init(_ values: T...) { self.values = values; super.init(id: values.count) }
  required init(copying other: Base) throws { values = (other as? Generic)?.values ?? []; try super.init(copying: other) }
  override func value(_ n: Int) -> Int { values.count + super.value(n) }
}
final class Special: Generic<String> { override var description: String { super.description + values.joined() } }

func say() { for line in log { print(" ", line) }; log = [] }

func run() {
  do {
    let leaf = Leaf(3, 4)
    leaf.name = "n"
    leaf[0] = "x"
    leaf.name += "+"
    print(leaf, leaf[2], leaf.value(), leaf.value(5), leaf.finalOne(), leaf.costly, leaf.costly.count)
    leaf.costly.append(1)
    say()
  }
  say()
  let bases: [Base] = [Base(), Middle(id: 20), Leaf(id: 2), Special("a", "b"), Generic(1.5), .make(), Leaf.make()]
  print(bases.map(\.description), bases.map { $0.value() }, bases.map { type(of: $0).kind })
  print(Base(text: "x") as Any, Base(text: "12")!.id, Middle(text: "7") as Any)
  for base in [bases[1], Base(id: -5), Base(id: 60)] {
    do { print(try type(of: bases[2]).init(copying: base)) } catch { print("caught", error) }
  }
  print(bases[3] is Generic<String>, bases[3] as? Generic<Int> == nil, (bases[3] as! Special).values)
  print(bases[0] == Base(), bases[0] === bases[0], ObjectIdentifier(bases[1]) == ObjectIdentifier(bases[1] as AnyObject))
  print(Base.shared.id, Base.live)
  let method: (Int) -> Int = bases[2].value
  let unbound = Base.value(_:)
  print(method(3), unbound(bases[1])(4), bases.map(Base.value).map { $0(1) })
  say()
}
run()
say()
print("live", Base.live)
