// @dynamicMemberLookup by name and by key path, @dynamicCallable, callAsFunction.

@dynamicMemberLookup enum Json {
  case number(Double), text(String), list([Json]), object([String: Json]), null
  subscript(dynamicMember key: String) -> Json {
    get { if case .object(let o) = self { o[key] ?? .null } else { .null } }
    set {
      var o: [String: Json] = [:]
      if case .object(let old) = self { o = old }
      o[key] = newValue
      self = .object(o)
    }
  }
  subscript(_ i: Int) -> Json { if case .list(let l) = self, l.indices.contains(i) { l[i] } else { .null } }
  var number: Double? { if case .number(let n) = self { n } else { nil } }
}
extension Json: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral value: String) { self = .text(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(arrayLiteral elements: Json...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, Json)...) { self = .object(.init(uniqueKeysWithValues: elements)) }
  init(nilLiteral: ()) { self = .null }
}
struct Style { var size = 10, font = "mono"; var bold: Bool { size > 12 } }
final class Shared { var count = 0, style = Style(); deinit { print("shared ends", count) } }
@dynamicMemberLookup struct Lens<T> {
  let get: () -> T
  let set: (T) -> Void
  subscript<V>(dynamicMember path: WritableKeyPath<T, V>) -> Lens<V> {
    Lens<V>(get: { get()[keyPath: path] }, set: { var t = get(); t[keyPath: path] = $0; set(t) })
  }
}
@dynamicMemberLookup struct Proxy<T: AnyObject> {
  let object: T
  subscript<V>(dynamicMember path: ReferenceWritableKeyPath<T, V>) -> V {
    get { object[keyPath: path] }
    nonmutating set { object[keyPath: path] = newValue }
  }
  subscript<V>(dynamicMember path: KeyPath<T, V>) -> String { "read only \(object[keyPath: path])" }
}
@dynamicMemberLookup protocol Recording { subscript(dynamicMember name: String) -> Int { get } }
struct Lengths: Recording { subscript(dynamicMember name: String) -> Int { name.count } }
@dynamicMemberLookup class Chain {
  var path: [String]
  init(_ path: [String]) { self.path = path }
  subscript(dynamicMember name: String) -> Chain { Chain(path + [name]) }
  subscript(dynamicMember name: String) -> (Int) -> String { { n in (self.path + [name, "\(n)"]).joined(separator: "/") } }
}
@dynamicCallable struct Command {
  var name: String
  func dynamicallyCall(withArguments all: [Int]) -> Int { all.reduce(name.count, +) }
  func dynamicallyCall(withKeywordArguments all: KeyValuePairs<String, Any>) throws -> String {
    if all.count == 1 { throw Refusal() }
    return name + " " + all.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
  struct Refusal: Error {}
}
struct Polynomial {
  var c: [Int]
  func callAsFunction(_ x: Int) -> Int { c.reversed().reduce(0) { $0 * x + $1 } }
  func callAsFunction<T>(_ x: T, _ body: (Int) throws -> T) rethrows -> [T] { try c.map(body) + [x] }
}

var json: Json = ["a": [1, 2.5, "three"], "b": ["c": ["d": 4]], "n": nil]
json.b.c.e = "set"
json.new.deep = 7
print(json.a[1].number as Any, json.b.c.d, json.b.c.e, json.new.deep, json.x.y.z, json.a[9])
do {
  let shared = Shared()
  let lens = Lens(get: { shared.style }, set: { shared.style = $0 })
  lens.size.set(20)
  print(lens.size.get(), shared.style.bold, lens.font.get())
  let proxy = Proxy(object: shared)
  proxy.count += 5
  proxy.style.size -= 10
  print(proxy.count as Int, proxy.style as Style, proxy.style.bold as Bool)
}
print(Lengths().hello, (Lengths() as any Recording).five)
let call: (Int) -> String = Chain(["root"]).a.b.c
print(call(5), (Chain([]).x.y as Chain).path)
let command = Command(name: "go")
print(command(1, 2, 3), command(), try command(x: 1, "two", y: [3]))
do { print(try command(alone: 1)) } catch { print("caught", error) }
let p = Polynomial(c: [1, 2, 3])
print(p(2), p("x") { "\($0)" }, [1, 2].map { p($0) }, [3].map(p.callAsFunction))
