// Strong, weak and unowned references; cycles, capture lists, and the order in which objects end.

nonisolated(unsafe) var live = 0
nonisolated(unsafe) var ends: [String] = []

class Person {
  let name: String
  weak var friend: Person? { didSet { if friend == nil { ends.append("\(name) alone") } } }
  unowned let home: House
  unowned(unsafe) var neighbour: Person?
  unowned var maybe: Person?
  var strong: Person?
  var action: (() -> String)?
  init(_ name: String, _ home: House) { self.name = name; self.home = home; live += 1 }
  deinit { live -= 1; ends.append("end \(name)") }
}
final class House {
  var people: [Person] = []
  weak var owner: Person?
  weak var other: (any AnyObject)?
  init() { live += 1 }
  func add(_ name: String) -> Person { let p = Person(name, self); people.append(p); return p }
  deinit { live -= 1; ends.append("house") }
}
final class Node {
  var next: Node?
  weak var previous: Node?
  let n: Int
  init(_ n: Int) { self.n = n; live += 1 }
  deinit { live -= 1; if n % 1000 == 0 { ends.append("node \(n)") } }
}
struct Weak<T: AnyObject> { weak var object: T? }
struct Holding { weak var a: Person?; unowned var b: House; var c = "text" }
enum Reference { case strong(Person), weak(Weak<Person>), none }

func list(_ n: Int) -> (Node, Node) {
  let first = Node(0)
  var last = first
  for i in 1..<n { let node = Node(i); last.next = node; node.previous = last; last = node }
  return (first, last)
}
func brief(_ house: House) -> Person { Person("brief", house) }
func say() { print(ends.joined(separator: ", "), "live", live); ends = [] }

func run() {
  let house: House? = House()
  var ann: Person? = house!.add("ann"), bob: Person? = house!.add("bob")
  ann!.friend = bob
  bob!.friend = ann
  house!.owner = ann
  house!.other = bob
  ann!.neighbour = bob
  ann!.maybe = bob
  print(ann!.friend!.name, bob!.friend!.friend!.name, house!.owner!.name, ann!.home === house!, ann!.neighbour!.name, ann!.maybe!.name)
  ann!.action = { [weak bob, unowned house = house!] in "\(bob?.name ?? "nobody") of \(house.people.count)" }
  bob!.action = { [name = bob!.name + "?", unowned(unsafe) me = ann!] in name + me.name }
  print(ann!.action!(), bob!.action!())
  house!.people.removeLast()
  ann!.neighbour = nil
  ann!.maybe = nil
  bob = nil
  say()
  print(ann!.friend == nil, ann!.action!(), house!.other == nil)
  let held = Holding(a: ann, b: house!)
  var copies = [held, held, held]
  copies[1].a = nil
  print(copies.map { $0.a?.name ?? "nil" }, copies[2].b.people.count)
  copies = []
  var boxes = house!.people.map { Weak(object: $0) }
  boxes.append(Weak(object: brief(house!)))
  print(boxes.map { $0.object?.name ?? "gone" })
  say()
  let references: [Reference] = [.strong(Person("kept", house!)), .weak(boxes[0]), .weak(boxes[1]), .none]
  for reference in references {
    switch reference {
    case .strong(let p): print(p.name)
    case .weak(let w): print(w.object?.name ?? "gone")
    case .none: print("none")
    }
  }
  // A cycle, broken by hand.
  let a = Person("a", house!), b = Person("b", house!)
  a.strong = b
  b.strong = a
  a.action = { a.name + b.name }
  print(a.action!())
  a.action = nil
  b.strong = nil
  weak let watched = ann
  ann = nil
  print(watched?.name ?? "nil", house!.people.count)
  house!.people = []
  print(watched?.name ?? "nil")
  do {
    var (first, last): (Node?, Node?) = list(2500)
    var count = 0, node = last
    while let n = node { count += 1; node = n.previous }
    print(count, last!.n)
    node = nil
    last = nil
    say()
    // Ends one after another, not in a recursion.
    while let n = first { first = n.next; n.next = nil }
  }
  // When an object that is not used any more ends is the optimiser's to choose.
  withExtendedLifetime((a, b)) { say() }
  withExtendedLifetime(house) {}
}
run()
ends.sort()
say()
