// Control flow: patterns of every kind, labels, defer, guard, if and switch as expressions, indirect enums.

indirect enum Tree<T> { case leaf, node(Tree<T>, T, Tree<T>)
  func inserting(_ t: T) -> Tree where T: Comparable {
    switch self {
    case .leaf: .node(.leaf, t, .leaf)
    case .node(let l, let v, let r) where t < v: .node(l.inserting(t), v, r)
    case .node(let l, let v, let r): .node(l, v, r.inserting(t))
    }
  }
  var all: [T] { switch self { case .leaf: []; case let .node(l, v, r): l.all + [v] + r.all } }
  var depth: Int { if case .node(let l, _, let r) = self { 1 + max(l.depth, r.depth) } else { 0 } }
}
enum Expression { case number(Double), name(String); indirect case binary(Expression, Character, Expression); indirect case call(String, [Expression])
  func value(_ names: [String: Double]) throws -> Double {
    switch self {
    case .number(let n): return n
    case .name(let name):
      guard let v = names[name] else { throw Unknown(name: name) }
      return v
    case .binary(let l, "+", let r): return try l.value(names) + r.value(names)
    case .binary(let l, "*", let r): return try l.value(names) * r.value(names)
    case .binary(_, let op, _): throw Unknown(name: String(op))
    case .call("max", let args) where !args.isEmpty: return try args.map { try $0.value(names) }.max()!
    case .call(let f, _): throw Unknown(name: f)
    }
  }
}
struct Unknown: Error { var name: String }
enum Small: CaseIterable { case a, b, c }
enum Raw: String, CaseIterable, Comparable { case one, two = "zwei", three; static func < (l: Raw, r: Raw) -> Bool { l.rawValue < r.rawValue } }
enum Numbers: Int8, CaseIterable { case minus = -1, zero, plus }
enum Mixed { case empty, int(Int), both(Int, String), object(Owned), many(a: Double, b: [Int], c: Character), optional(Int?), function((Int) -> Int), nested(Small) }
final class Owned { nonisolated(unsafe) static var live = 0; let n: Int; init(_ n: Int) { self.n = n; Owned.live += 1 }; deinit { Owned.live -= 1 } }
struct Options: OptionSet { let rawValue: UInt8; static let x = Options(rawValue: 1), y = Options(rawValue: 2), z: Options = [.x, .y] }

func describe(_ m: Mixed) -> String {
  switch m {
  case .empty: "empty"
  case .int(0): "zero"
  case .int(let n) where n < 0: "negative"
  case .int(1...9): "digit"
  case .int: "int"
  case .both(let n, let s) where s.count == n: "matching"
  case .both(_, let s): s
  case .object(let o): "object \(o.n)"
  case .many(a: 1.5, b: _, c: "x"): "exact"
  case .many(let a, let b, c: _): "\(a) \(b)"
  case .optional(nil): "none"
  case .optional(let n?): "some \(n)"
  case .function(let f): "f \(f(3))"
  case .nested(.a), .nested(.b): "a or b"
  case .nested(let s): "\(s)"
  }
}
func tuple(_ p: (Int, Int), _ s: String?) -> String {
  switch (p, s) {
  case ((0, 0), nil): return "origin"
  case ((let x, 0), _), ((0, let x), _): return "axis \(x)"
  case (let (x, y), let s?) where x == y: return "diagonal \(s)"
  case ((..<0, _), "neg"): return "left"
  case (_, .some("far")): fallthrough
  case ((1000..., _), _): return "far"
  default: return "else"
  }
}
func text(_ s: Any) -> String {
  switch s {
  case is Small: "small"
  case let s as String where s.hasPrefix("a"): "a string"
  case "exact" as String: "exact"
  case let (a, b) as (Int, Int): "\(a + b)"
  case let n as Int where n > 5: "big"
  case 3 as Int: "three"
  default: "?"
  }
}
struct Close { let to: Double; static func ~= (p: Close, v: Double) -> Bool { abs(p.to - v) < 0.1 } }
func near(_ v: Double) -> Int { switch v { case Close(to: 1): 1; case Close(to: 2): 2; default: 0 } }
func deferred(_ n: Int) -> [String] {
  var log: [String] = []
  func run() {
    defer { log.append("outer") }
    for i in 0..<n {
      defer { log.append("d\(i)") }
      if i == 1 { log.append("continue"); continue }
      if i == 3 { log.append("return"); return }
      do { defer { log.append("inner") }; if i == 2 { log.append("two") } }
    }
    log.append("end")
  }
  run()
  return log
}
func labels() -> [Int] {
  var all: [Int] = []
  outer: for i in 0... {
    var j = 0
    inner: while true {
      j += 1
      switch (i, j) {
      case (1, _): continue outer
      case (3, 2): break outer
      case (_, 4): break inner
      default: all.append(i * 10 + j)
      }
    }
    repeat { j -= 1; if j == 2 { break } } while j > 0
    all.append(-j)
  }
  check: if all.count > 3 { if all[0] == 1 { break check }; all = [] }
  return all
}
func guards(_ values: [Int?]) -> String {
  guard let first = values.first, let first, case let n = first * 2, n > 2 else { return "no" }
  guard case .some(let last)?? = Optional(values.last) else { return "no last" }
  for case let v? in values where v > 2 { return "\(n) \(last) \(v)" }
  return "none"
}
func expressions(_ n: Int) throws -> String {
  let a = if n > 5 { "big" } else if n > 2 { "middle" } else { "small" }
  let b = switch n { case 0: 0; case 1...3: n * n; default: if n == 7 { throw Unknown(name: "seven") } else { -1 } }
  return "\(a) \(b) " + (n.isMultiple(of: 2) ? "even" : "odd")
}

func run() {
  var tree = Tree<Int>.leaf
  for n in [5, 2, 8, 1, 9, 3, 5] { tree = tree.inserting(n) }
  print(tree.all, tree.depth)
  let e = Expression.binary(.call("max", [.number(2), .name("x")]), "*", .binary(.number(1), "+", .name("x")))
  for names in [["x": 3], ["x": 1.5], [:]] { do { print(try e.value(names)) } catch { print("caught", error) } }
  do { print(try Expression.binary(e, "/", e).value([:])) } catch { print("caught", error) }
  let mixed: [Mixed] = [.empty, .int(0), .int(-4), .int(5), .int(50), .both(3, "abc"), .both(1, "xx"), .object(Owned(7)),
    .many(a: 1.5, b: [], c: "x"), .many(a: 2, b: [1], c: "y"), .optional(nil), .optional(4), .function { $0 + 1 }, .nested(.b), .nested(.c)]
  print(mixed.map(describe))
  print([(0, 0), (5, 0), (0, 6), (2, 2), (-1, 4), (2000, 1), (1, 2)].map { tuple($0, nil) }, tuple((2, 2), "s"), tuple((-1, 5), "neg"), tuple((7, 8), "far"))
  print([Small.a, "abc", "exact", (1, 2), 9, 3, 1, [1]].map(text), [1.05, 1.96, 5].map(near))
  for n in [2, 5] { print(deferred(n)) }
  print(labels(), guards([2, nil, 3]), guards([nil]), guards([1, 9]), guards([]), guards([2, 1]))
  for n in [0, 3, 4, 7, 8] { print((try? expressions(n)) ?? "threw", terminator: "; ") }
  print(Small.allCases, Raw.allCases.sorted(), Raw(rawValue: "zwei") as Any, Raw(rawValue: "x") as Any, Numbers(rawValue: -1)!, Numbers.allCases.map(\.rawValue))
  var options: Options = [.x]
  print(options.insert(.y).inserted, options == .z, options.contains(.y), options.remove(.x) as Any, options.isEmpty)
  print(Small.a == .a, Small.b.hashValue == Small.b.hashValue, MemoryLayout<Mixed>.size, MemoryLayout<Small?>.size)
}
run()
print("live", Owned.live)
