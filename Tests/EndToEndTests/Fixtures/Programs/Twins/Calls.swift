// Functions, closures, generics, thunks, errors and what travels through calls.

@inline(never) func direct(_ n: Int) -> Int { mark(); return n == 0 ? 0 : 1 + direct(n - 1) }
@inline(never) func apply(_ f: (Int) -> Int, _ n: Int) -> Int { f(n) }
@inline(never) func applyAny<T, R>(_ f: (T) -> R, _ value: T) -> R { f(value) }
@inline(never) func adder(_ n: Int) -> (Int) -> Int { { mark(); return $0 + n } }
@inline(never) func escaping(_ f: @escaping (Int) -> Int) -> () -> Int { { f(3) } }
@inline(never) func lazily(_ value: @autoclosure () -> Int) -> Int { value() + value() }
@inline(never) func failing(_ n: Int) throws -> Int { mark(); if n > 1 { throw Thrown(code: n) }; return n }
@inline(never) func typed(_ n: Int) throws(Thrown) -> String { mark(); if n > 1 { throw Thrown(code: n) }; return "\(n)" }
@inline(never) func rethrowing(_ f: () throws -> Int) rethrows -> Int { mark(); return try f() }
@inline(never) func double(_ n: inout Int) { mark(); n *= 2 }
@inline(never) func sum(_ n: Int...) -> Int { mark(); return n.reduce(0, &+) }
@inline(never) func packed<each T>(_ value: repeat each T) -> String {
  mark()
  var s = ""
  for each in repeat each value { s += "\(each) " }
  return s
}
@inline(never) func many<A, B, C, D, E>(_ a: A, _ b: B, _ c: C, _ d: D, _ e: E) -> (E, D, C, B, A) {
  mark()
  return (e, d, c, b, a)
}
@inline(never) func some(_ n: Int) -> some Collection<Int> { mark(); return [n, n + 1] }
@inline(never) func withDefault(_ n: Int = sum(1, 2)) -> Int { n }

struct Large { var a = (1, 2, 3, 4), b = (5.0, 6.0, 7.0), c = "eight", d = [9] }
@inline(never) func large(_ l: Large) -> Large { mark(); var l = l; l.a.3 += 1; l.d.append(10); return l }
@inline(never) func vector(_ v: SIMD4<Float>) -> SIMD4<Float> { mark(); return v * 2 + 1 }
@inline(never) func wide(_ v: SIMD16<Int32>) -> SIMD16<Int32> { mark(); return v &* 3 }
@inline(never) func tuple(_ t: (Int, String, Double?)) -> (String, (Int, Double?)) { mark(); return (t.1, (t.0, t.2)) }

@resultBuilder struct Lines {
  static func buildExpression(_ s: String) -> [String] { mark(); return [s] }
  static func buildBlock(_ s: [String]...) -> [String] { mark(); return s.flatMap { $0 } }
  static func buildOptional(_ s: [String]?) -> [String] { s ?? [] }
}
@inline(never) func lines(@Lines _ make: () -> [String]) -> [String] { make() }

indirect enum Tree {
  case leaf(Int), node(Tree, Tree)
  var total: Int { mark(); return switch self { case .leaf(let n): n; case .node(let l, let r): l.total + r.total } }
}

let calls: [(String, Kind)] = [
  ("direct", .sync { "\(direct(4))" }),
  ("closure", .sync { let n = opaque(3); return "\(apply({ mark(); return $0 * n }, 5))" }),
  ("partial application", .sync { "\(opaque(adder(2))(5))" }),
  ("reabstraction", .sync { let f: (Int) -> Int = opaque(adder(7)); return "\(applyAny(f, 1)) \(opaque([f])[0](2))" }),
  ("method as a value", .sync { let f = opaque(Counted.bump); return "\(f(Counted(3))(4))" }),
  ("escaping", .sync { "\(opaque(escaping { mark(); return $0 * 2 })())" }),
  ("local function", .sync {
    var n = opaque(1)
    func more(_ k: Int) { mark(); n += k; if k > 0 { more(k - 1) } }
    more(3)
    return "\(n)"
  }),
  ("autoclosure", .sync { "\(lazily(direct(1)))" }),
  ("default argument", .sync { "\(withDefault())" }),
  ("throws", .sync { (0...3).map { n in (try? failing(n)).map { "\($0)" } ?? "thrown" }.joined() }),
  ("typed throws", .sync { (0...3).map { do throws(Thrown) { return try typed($0) } catch { return "code \(error.code)" } }.joined() }),
  ("rethrows", .sync { "\(try rethrowing { try failing(1) }) \((try? rethrowing { try failing(5) }) as Any)" }),
  ("inout", .sync { var n = opaque(3); double(&n); double(&n); return "\(n)" }),
  ("variadic", .sync { "\(sum(1, 2, 3)) \(sum())" }),
  ("parameter pack", .sync { packed(1, "two", 3.0, opaque([4])) }),
  ("many type parameters", .sync { "\(many(1, "two", 3.0, [4], Optional(5)))" }),
  ("opaque type", .sync { "\(some(3).reduce(0, +))" }),
  ("large struct", .sync { "\(large(large(opaque(Large()))))" }),
  ("SIMD", .sync { "\(vector(opaque([1, 2, 3, 4]))) \(wide(opaque(.init(repeating: 2))).wrappedSum())" }),
  ("tuple", .sync { "\(tuple(opaque((1, "two", 3))))" }),
  ("result builder", .sync { lines { "a"; if opaque(true) { "b" }; "c" }.joined() }),
  ("indirect enum", .sync { "\(opaque(Tree.node(.leaf(1), .node(.leaf(2), .leaf(3)))).total)" }),
]

struct Counted {
  var n: Int
  init(_ n: Int) { self.n = n }
  @inline(never) func bump(_ by: Int) -> Int { mark(); return n + by }
}
