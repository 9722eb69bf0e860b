// What is evaluated when: changes between uses, copies, captured variables, signs of numbers.

func order(_ n: Int) -> [String] {
  var log: [String] = []
  func note(_ s: String, _ v: Int) -> Int { log.append(s); return v }
  let a = note("a", n) + note("b", 2) * note("c", 3)
  var x = a
  x += note("d", x)
  let y = x
  x = 5
  log.append("\(y) \(x)")
  var arr = [1, 2, 3]
  arr[note("i", 1)] += note("v", 10)
  let old = arr
  arr[0] = 99
  log.append("\(old) \(arr)")
  return log
}
func swaps(_ n: Int) -> (Int, Int) {
  var (a, b) = (n, n + 1)
  for _ in 0..<n { (a, b) = (b, a + b) }
  return (a, b)
}
func captured(_ n: Int) -> [Int] {
  var x = n
  let get = { x }
  let before = x
  x += 1
  let mid = get()
  x = 100
  return [before, mid, get(), x]
}
func optionals(_ xs: [Int?]) -> [Int] {
  var out: [Int] = []
  for x in xs {
    switch x {
    case .some(let v) where v > 3: out.append(v)
    case .some(0): out.append(-1)
    case nil: out.append(-2)
    default: out.append(-3)
    }
  }
  return out
}
struct S { var a = 1; var b = [1, 2]; mutating func f(_ k: Int) -> Int { a += k; b.append(a); return b.count } }
func values(_ n: Int) -> String {
  var s = S()
  let t = s
  let c = s.f(n) + s.f(1)
  var u = t
  u.a = 50
  swap(&s, &u)
  return "\(c) \(s.a) \(s.b) \(t.a) \(t.b) \(u.a) \(u.b)"
}
func loops(_ n: Int) -> [Int] {
  var out: [Int] = []
  var i = 0
  while true {
    i += 1
    if i % 2 == 0 { continue }
    if i > n { break }
    var j = i
    repeat { j -= 2; if j == 3 { continue }; out.append(j) } while j > 0
    if out.count > 20 { return out }
  }
  return out + [i]
}
func tuples(_ xs: [(String, Int)]) -> [String: Int] {
  var d: [String: Int] = [:]
  for (k, v) in xs { d[k] = (d[k] ?? 0) + v }
  if let first = xs.first { d[first.0, default: 1] *= 2 }
  d.removeValue(forKey: "z")
  return d
}
func floats(_ x: Double) -> [Double] {
  var r = [Double]()
  if !(x < 1) { r.append(1) }
  if x != x { r.append(2) }
  r.append(-x); r.append(x * -1); r.append(Double(Int(x.isNaN ? 0 : x)) - 2.5e-3)
  return r
}
class Counter { var n = 0; func up() -> Int { n += 1; return n } }
func objects(_ k: Int) -> [Int] {
  let c = Counter()
  let d = c
  let first = c.n
  _ = d.up()
  let sum = c.n + d.up() * c.n
  return [first, sum, c.n, k]
}
