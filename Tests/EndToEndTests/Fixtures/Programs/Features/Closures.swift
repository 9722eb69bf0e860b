// Closures: escaping or not, autoclosures, captures, C functions, functions as values, reabstraction.

import Foundation

final class Owned { nonisolated(unsafe) static var live = 0; var n: Int; init(_ n: Int) { self.n = n; Self.live += 1 }; deinit { Self.live -= 1 } }
struct Wide { var a = 1, b = 2.5, c = "c", d: [Int] = [4], e = 5, f = 6 }
struct Failure: Error {}

func failing() throws -> Int { throw Failure() }
func twice(_ body: (Int) -> Int) -> Int { body(1) + body(2) }
func counter() -> (up: () -> Int, reset: (Int) -> Void) { var n = 0; return ({ n += 1; return n }, { n = $0 }) }
func either(_ flag: Bool, _ value: @autoclosure () throws -> Int) rethrows -> Int { flag ? try value() : -1 }
func delayed(_ value: @autoclosure @escaping () -> String) -> () -> String { value }
func compose<A, B, C>(_ f: @escaping (A) -> B, _ g: @escaping (B) -> C) -> (A) -> C { { g(f($0)) } }
func curry<A, B, C>(_ f: @escaping (A, B) -> C) -> (A) -> (B) -> C { { a in { b in f(a, b) } } }
func apply<T, R>(_ value: T, _ f: (T) throws -> R) rethrows -> R { try f(value) }
func fix<A, R>(_ f: @escaping ((A) -> R, A) -> R) -> (A) -> R { { f(fix(f), $0) } }
func callC(_ f: @convention(c) (Int32, Double) -> Double, _ n: Int32) -> Double { f(n, 2) }
func thin(_ f: @convention(thin) (Int) -> Int) -> Int { f(5) }
func inout_(_ f: (inout Wide, inout Int) -> Void) -> Wide { var w = Wide(), n = 3; f(&w, &n); w.a = n; return w }
func nested(_ depth: Int) -> (Int) -> Int { depth == 0 ? { $0 } : { [inner = nested(depth - 1)] in inner($0) * 2 + depth } }
func withoutEscaping(_ body: (Int) -> Int) -> [Int] { withoutActuallyEscaping(body) { escaping in [1, 2].lazy.map(escaping).map { $0 } } }
func many(_ a: (Int) -> Int, then b: (String) -> String, _ c: () -> Wide, last d: ((Int, Int)) -> Int) -> String { "\(a(1)) \(b("b")) \(c().f) \(d((3, 4)))" }
func pair(_ n: Int) -> (Int, () -> Int) { (n, { n * n }) }
@MainActor func onMain(_ body: @MainActor () -> Int) -> Int { body() }

struct Handlers { var onChange: (Wide) -> Wide = { $0 }; var onError: ((any Error) throws -> Never)?; var list: [(String) -> String] = [] }
class Button {
  var handler: (() -> Void)?
  var presses = 0
  lazy var press: () -> Int = { [unowned self] in presses += 1; handler?(); return presses }
  func method(_ n: Int) -> Int { presses + n }
  static func make(_ n: Int) -> Button { let b = Button(); b.presses = n; return b }
  deinit { print("button ends", presses) }
}
enum Op { case add(Int), apply((Int) -> Int) }
protocol Mapper { associatedtype Out; func map(_ n: Int) -> Out; var function: (Out) -> String { get } }
struct Texts: Mapper { func map(_ n: Int) -> String { "t\(n)" }; var function: (String) -> String { { $0 + "!" } } }
func use<M: Mapper>(_ m: M) -> String { apply(m.map(4), m.function) }

@MainActor func run() {
  let n = 10
  var sum = 0
  print(twice { $0 + n }, twice { sum += $0; return sum }, sum, twice(abs), twice(-), [3, 1, 2].sorted(by: >))
  let (up, reset) = counter()
  print(up(), up(), { reset(10); return up() }())
  print(either(true, 5), either(false, try! failing()), (try? either(true, failing())) ?? -2)
  var text = "before"
  let later = delayed(text + "!")
  text = "after"
  print(later())
  print(compose({ $0 + 1 }, { "\($0)" })(4), compose(String.init(_:), \.count)(12345 as Int), curry(+)(3)(4) as Int)
  print(fix { (f: (Int) -> Int, n: Int) in n < 2 ? 1 : n * f(n - 1) }(10))
  print(callC({ Double($0) * $1 }, 7), callC({ pow($1, Double($0)) }, 3))
  print(inout_ { $0.c += "\($1)"; $1 *= 3; $0.d.append($1) }, nested(5)(1), withoutEscaping { $0 * n })
  print(many { $0 + 1 } then: { $0 + $0 } _: { Wide(f: 9) } last: { $0 * $1 })
  print(pair(7).1(), onMain { n * 2 })
  let owned = Owned(1)
  let captures: [() -> Int] = [{ owned.n }, { [n = owned.n + 1] in n }, { [weak owned] in owned?.n ?? 0 }, { [unowned owned] in owned.n + 3 }]
  owned.n = 10
  print(captures.map { $0() })
  var handlers = Handlers()
  handlers.onChange = { [old = handlers.onChange] w in var w = old(w); w.e += n; return w }
  handlers.onChange = { [old = handlers.onChange] w in var w = old(w); w.e *= 2; return w }
  handlers.list.append { $0.uppercased() }
  handlers.list.append(contentsOf: [{ String($0.reversed()) }, { $0 + "." }])
  print(handlers.onChange(Wide()).e, handlers.list.reduce("abc") { $1($0) }, handlers.onError == nil)
  let button = Button.make(4)
  button.handler = { [weak button] in print("pressed", button?.presses ?? -1) }
  print(button.press(), button.press(), Button.method(button)(5), [1, 2].map(button.method), [1].map(Button.make).map(\.presses))
  let ops: [Op] = [.add(5), .apply { $0 * $0 }, .apply(abs)]
  print(ops.reduce(-3) { switch $1 { case .add(let k): $0 + k; case .apply(let f): f($0) } })
  let dictionary: [String: (Double, Double) -> Double] = ["+": (+), "max": max, "pow": pow, "other": { $0 - $1 }]
  print(dictionary.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value(2, 3))" })
  let anything: [Any] = [{ (s: String) -> Int in s.count }, { () -> Wide in Wide() }, up]
  print((anything[0] as! (String) -> Int)("four"), (anything[1] as? () -> Wide)?().b as Any, (anything[2] as! () -> Int)())
  print(use(Texts()), Optional(3).map { $0 + 1 } as Any, [1, 2, 3].flatMap { [$0, $0] }, (1...3).reduce(into: [:]) { $0[$1] = $1 * $1 }.count)
  let throwing: (Int) throws -> Int = { if $0 > 1 { throw Failure() }; return $0 }
  print((try? throwing(1)) as Any, (try? throwing(2)) as Any, (try? [0, 1, 2].map(throwing)) as Any)
  defer { print("deferred", owned.n) }
  func local<T>(_ t: T, _ k: Int) -> [T] { k == 0 ? [] : [t] + local(t, k - 1) }
  print(local("x", 3), local(owned.n, 2), { (args: Int...) in args.count }(1, 2, 3))
}
MainActor.assumeIsolated { run() }
print("live", Owned.live)
