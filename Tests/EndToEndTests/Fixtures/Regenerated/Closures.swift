// Closures: capturing, escaping, stored; functions as values; inout.

func scaled(_ xs: [Int], by factor: Int) -> [Int] { xs.map { $0 * factor } }

func counted(_ xs: [Int]) -> (Int, [Int]) {
  var calls = 0
  let odd = xs.filter { x in
    calls += 1
    return x % 2 != 0
  }
  return (calls, odd)
}

func makeCounter(from start: Int) -> () -> Int {
  var next = start
  return {
    next += 1
    return next
  }
}

func compose(_ functions: [(Int) -> Int], _ x: Int) -> Int {
  functions.reduce(x) { value, function in function(value) }
}

func sortedNames(_ names: [String]) -> [String] {
  names.sorted { a, b in a.count == b.count ? a < b : a.count < b.count }
}

func exchange(_ a: inout Int, _ b: inout Int) {
  let old = a
  a = b
  b = old
}

func rotated(_ values: [Int]) -> [Int] {
  var xs = values
  guard xs.count > 1 else { return xs }
  var first = xs[0]
  for i in xs.indices.dropFirst() { exchange(&first, &xs[i]) }
  xs[0] = first
  return xs
}

func histogram(_ text: String) -> [String] {
  var counts: [Character: Int] = [:]
  for letter in text { counts[letter, default: 0] += 1 }
  return counts.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }
}

func fixpoint(_ f: (Double) -> Double, from start: Double) -> Double {
  var x = start
  for _ in 0..<100 {
    let next = f(x)
    if abs(next - x) < 1e-12 { return next }
    x = next
  }
  return x
}

func squareRoot(_ a: Double) -> Double { fixpoint({ ($0 + a / $0) / 2 }, from: a) }
