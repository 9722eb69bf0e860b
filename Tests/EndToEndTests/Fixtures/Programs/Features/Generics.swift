// Generics: associated types, conditional conformances, extensions, class constraints, generic
// classes and subclasses, defaults of requirements, recursion over types.

protocol Container {
  associatedtype Element
  associatedtype Index: Comparable = Int
  var count: Int { get }
  subscript(_ index: Index) -> Element { get set }
  mutating func append(_ element: Element)
  init()
  static var kind: String { get }
  func described() -> String
}
extension Container {
  static var kind: String { "container of \(Element.self)" }
  func described() -> String { "\(Self.kind): \(count)" }
  init(_ elements: Element...) { self.init(); for e in elements { append(e) } }
}
extension Container where Element: Equatable, Index == Int {
  func firstIndex(of element: Element) -> Int? { (0..<count).first { self[$0] == element } }
}
extension Container where Element == String {
  func described() -> String { "strings: \(count)" }
}

struct Stack<Element>: Container {
  private var storage: [Element] = []
  init() {}
  var count: Int { storage.count }
  subscript(_ index: Int) -> Element {
    get { storage[index] }
    set { storage[index] = newValue }
  }
  mutating func append(_ element: Element) { storage.append(element) }
  mutating func pop() -> Element? { storage.popLast() }
}
extension Stack: Equatable where Element: Equatable {}
extension Stack: Hashable where Element: Hashable {}
extension Stack: CustomStringConvertible where Element: CustomStringConvertible {
  var description: String { "<" + storage.map(\.description).joined(separator: " ") + ">" }
}

struct Pair<A, B> {
  var a: A
  var b: B
  func swapped() -> Pair<B, A> { .init(a: b, b: a) }
  func map<C>(_ body: (A) throws -> C) rethrows -> Pair<C, B> { .init(a: try body(a), b: b) }
}
extension Pair where A == B {
  var both: [A] { [a, b] }
}
extension Pair: Comparable, Equatable where A: Comparable, B: Comparable {
  static func < (l: Self, r: Self) -> Bool { (l.a, l.b) < (r.a, r.b) }
}

class Node<T> {
  static var made: Int { 0 }
  var value: T
  var next: Node<T>?
  init(_ value: T, _ next: Node<T>? = nil) { self.value = value; self.next = next }
  func each(_ body: (T) -> Void) { body(value); next?.each(body) }
  func convert<U>(_ body: (T) -> U) -> Node<U> { Node<U>(body(value), next?.convert(body)) }
  class func make(_ value: T) -> Self { fatalError("abstract") }
  deinit { print("node", value) }
}
final class Named<T: Numeric>: Node<[T]> {
  let name: String
  required init(name: String, _ numbers: T...) { self.name = name; super.init(numbers) }
  override func each(_ body: ([T]) -> Void) { print(name); super.each { body($0.map { $0 * 2 }) } }
  override class func make(_ value: [T]) -> Self { let made = Self(name: "made"); made.value = value; return made }
}
class Fixed: Node<Int> { override var value: Int { get { super.value + 1 } set { super.value = newValue } } }

protocol Animal: AnyObject { var name: String { get }; init(name: String) }
extension Animal { func greet(_ other: some Animal) -> String { "\(name) greets \(other.name)" } }
class Cat: Animal { let name: String; required init(name: String) { self.name = name } }
final class Kitten: Cat {}
func make<A: Cat & Animal>(_ type: A.Type, _ name: String) -> A { type.init(name: name) }
func same<A: AnyObject>(_ a: A, _ b: A) -> Bool { a === b }

func combine<C: Container, D: Container>(_ c: C, _ d: D) -> [C.Element]
where C.Element == D.Element, C.Index == Int, D.Index == Int {
  (0..<c.count).map { c[$0] } + (0..<d.count).map { d[$0] }
}
func depth<T>(_ value: T, _ n: Int) -> Int { n == 0 ? MemoryLayout<T>.size : depth((value, value), n - 1) }
func largest<S: Sequence>(_ s: S) -> S.Element? where S.Element: Comparable { s.max() }
func sum<T: AdditiveArithmetic>(_ values: T...) -> T { values.reduce(.zero, +) }
func zip3<A, B, C>(_ a: [A], _ b: [B], _ c: [C], _ body: (A, B, C) -> String) -> [String] {
  zip(a, zip(b, c)).map { body($0, $1.0, $1.1) }
}
func exchange<T>(_ a: inout T, _ b: inout T) { (a, b) = (b, a) }
func modify<C: Container>(_ c: inout C, _ i: C.Index, _ body: (inout C.Element) -> Void) { body(&c[i]) }

protocol Monoid { static var empty: Self { get }; static func + (l: Self, r: Self) -> Self }
extension Int: Monoid { static var empty: Int { 0 } }
extension String: Monoid { static var empty: String { "" } }
extension Optional: Monoid where Wrapped: Monoid {
  static var empty: Self { .none }
  static func + (l: Self, r: Self) -> Self {
    switch (l, r) {
    case (let l?, let r?): l + r
    case (let l, nil): l
    case (nil, let r): r
    }
  }
}
extension Array: Monoid { static var empty: [Element] { [] } }
func fold<M: Monoid>(_ all: [M]) -> M { all.reduce(.empty) { $0 + $1 } }

var stack = Stack<Int>(1, 2, 3)
stack.append(4)
stack[0] = 10
modify(&stack, 1) { $0 *= 7 }
print(stack, stack.described(), stack.firstIndex(of: 3) as Any, stack.pop() as Any, Stack<Any>.kind)
print(Stack("a", "b").described(), Stack(stack, Stack(5)), [Stack("x"): 1][Stack("x")] as Any)
print(Pair(a: 1, b: "one").swapped(), Pair(a: 1, b: 2).both, Pair(a: 2, b: 1) > Pair(a: 1, b: 9))
print(Pair(a: [1.5], b: Int8(3)).map { "\($0)" }, [Pair(a: "b", b: 1), Pair(a: "a", b: 2)].min()!)
do {
  let list = Node(1, Node(2, Fixed(3)))
  list.each { print($0, terminator: " ") }
  list.convert { "<\($0)>" }.each { print($0, terminator: " ") }
  let named = Named(name: "numbers", 1.5, 2.5)
  named.next = Named.make([3])
  named.each { print($0) }
}
print(make(Kitten.self, "tom").greet(make(Cat.self, "kit")), same(Cat(name: "a"), Cat(name: "a")))
print(combine(Stack(1, 2), Stack(3)), depth("x", 5), largest([3, 9, 2]) as Any, largest(Set<String>()) ?? "none")
print(sum(1, 2, 3), sum(1.5, 2), sum(Duration.seconds(1), .seconds(2)), sum() as Int)
print(zip3([1, 2], ["a", "b"], [true, false]) { "\($0)\($1)\($2)" })
var left = Pair(a: "left", b: [1]), right = Pair(a: "right", b: [2, 3])
exchange(&left, &right)
print(left, right)
print(fold([1, 2, 3]), fold(["a", "b"]), fold([1, nil, 3]) as Any, fold([[1], [], [2]]), fold([["a"], nil]) as Any)
