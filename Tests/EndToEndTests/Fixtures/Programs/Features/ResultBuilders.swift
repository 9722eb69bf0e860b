// Result builders: every build function, generic components, builders on closures and properties.

protocol Node { func render(_ depth: Int) -> String }
struct Text: Node { let text: String; init(_ text: String) { self.text = text }; func render(_ d: Int) -> String { String(repeating: " ", count: d) + text + "\n" } }
struct Group: Node { let all: [any Node]; func render(_ d: Int) -> String { all.map { $0.render(d) }.joined() } }
struct Element<Content: Node>: Node {
  let name: String, content: Content
  init(_ name: String, @TreeBuilder content: () throws -> Content) rethrows { self.name = name; self.content = try content() }
  func render(_ d: Int) -> String { Text("<\(name)>").render(d) + content.render(d + 1) + Text("</\(name)>").render(d) }
}
struct Pair<A: Node, B: Node>: Node { let a: A, b: B; func render(_ d: Int) -> String { a.render(d) + b.render(d) } }
enum Either<A: Node, B: Node>: Node { case a(A), b(B); func render(_ d: Int) -> String { switch self { case .a(let a): a.render(d); case .b(let b): "~" + b.render(d) } } }
extension Optional: Node where Wrapped: Node { func render(_ d: Int) -> String { self?.render(d) ?? "" } }
struct Nothing: Node { func render(_ d: Int) -> String { "" } }

@resultBuilder enum TreeBuilder {
  static func buildExpression(_ text: String) -> Text { Text(text) }
  static func buildExpression(_ n: Int) -> Text { Text("number \(n)") }
  static func buildExpression<N: Node>(_ node: N) -> N { node }
  static func buildBlock() -> Nothing { Nothing() }
  static func buildPartialBlock<N: Node>(first: N) -> N { first }
  static func buildPartialBlock<A: Node, B: Node>(accumulated a: A, next b: B) -> Pair<A, B> { Pair(a: a, b: b) }
  static func buildOptional<N: Node>(_ n: N?) -> N? { n }
  static func buildEither<A: Node, B: Node>(first a: A) -> Either<A, B> { .a(a) }
  static func buildEither<A: Node, B: Node>(second b: B) -> Either<A, B> { .b(b) }
  static func buildArray<N: Node>(_ all: [N]) -> Group { Group(all: all) }
  static func buildLimitedAvailability<N: Node>(_ n: N) -> N { n }
  static func buildFinalResult<N: Node>(_ n: N) -> N { n }
}
@resultBuilder struct Sum<T: AdditiveArithmetic> {
  static func buildBlock(_ all: T...) -> T { all.reduce(.zero, +) }
  static func buildOptional(_ t: T?) -> T { t ?? .zero }
  static func buildEither(first t: T) -> T { t }
  static func buildEither(second t: T) -> T { t }
  static func buildArray(_ all: [T]) -> T { all.reduce(.zero, +) }
}
@resultBuilder struct Tuple { static func buildBlock<each T>(_ t: repeat each T) -> (repeat each T) { (repeat each t) } }
@resultBuilder struct Strings {
  static func buildBlock(_ parts: [String]...) -> [String] { parts.flatMap { $0 } }
  static func buildExpression(_ s: String) -> [String] { [s] }
  static func buildExpression(_ s: [String]) -> [String] { s }
  static func buildFinalResult(_ all: [String]) -> String { all.joined(separator: ",") }
}

func sum<T: AdditiveArithmetic>(_: T.Type, @Sum<T> _ body: () throws -> T) rethrows -> T {
  try body()
}
struct Refusal: Error {}
func refused() throws -> Int { throw Refusal() }
protocol Page { associatedtype Body: Node; @TreeBuilder var body: Body { get } }
struct Home: Page {
  let items: [String], admin: Bool
  var body: some Node {
    "head"
    if admin { "admin" } else { 0 }
    Element("list") {
      for (n, item) in items.enumerated() {
        Element("item") { n; item; let upper = item.uppercased(); upper }
      }
    }
    if items.count > 2 { "many"; items.count }
    switch items.first { case "a": "starts with a"; case nil: Nothing(); default: Element("other") {} }
  }
}
@Strings func strings(_ n: Int) -> String { "a"; (0..<n).map { "\($0)" }; "z" }

for page in [Home(items: ["a", "b", "c"], admin: true), Home(items: [], admin: false), Home(items: ["x"], admin: false)] {
  print(page.body.render(0))
}
print(sum(Int.self) { 1; 2; 3 }, sum(Duration.self) { Duration.zero })
print(sum(Double.self) { if true { 1.5 }; for i in 0..<3 { Double(i) } })
do { try print(sum(Int.self) { 1; try refused(); 2 }) } catch { print("caught", error) }
@Tuple var tuple: (Int, String, [Double]) { 1; "two"; [3.5] }
print(tuple, strings(3))
func build(_ n: Int, @Strings _ body: (Int) -> String) -> String { body(n) }
print(build(2) { n in "n"; strings(n); [String](repeating: "r", count: n) })
