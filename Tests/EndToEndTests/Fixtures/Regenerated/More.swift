// What else programs have: local functions, subscripts, raw values, defaults, recursion.

func deferred(_ n: Int) -> [String] {
  var log: [String] = []
  func step(_ i: Int) {
    defer { log.append("end \(i)") }
    log.append("begin \(i)")
    if i % 2 == 0 { return }
    log.append("odd")
  }
  for i in 0..<n { step(i) }
  return log
}

func command(_ text: String) -> Int {
  switch text {
  case "go", "run": return 1
  case "stop": return 2
  case let s where s.hasPrefix("x"): return s.count
  default: return 0
  }
}

func scan(_ rows: [[Int]]) -> (Int, Int)? {
  rows: for (y, row) in rows.enumerated() {
    for (x, cell) in row.enumerated() {
      switch cell {
      case 0: continue rows
      case 9: break rows
      case 5: return (x, y)
      default: continue
      }
    }
  }
  return nil
}

enum Suit: String, CaseIterable {
  case hearts = "H", spades = "S"
  var other: Suit { self == .hearts ? .spades : .hearts }
}

func suits(_ text: String) -> String {
  guard let suit = Suit(rawValue: text) else { return "none of \(Suit.allCases.count)" }
  return suit.other.rawValue
}

struct Grid {
  var cells: [Int]
  let width: Int
  subscript(x: Int, y: Int) -> Int {
    get { cells[y * width + x] }
    set { cells[y * width + x] = newValue }
  }
  var sum: Int { cells.reduce(0, +) }
  var first: Int {
    get { cells[0] }
    set { cells[0] = newValue * 2 }
  }
}

func filled(_ width: Int, _ height: Int) -> (Int, [Int]) {
  var grid = Grid(cells: Array(repeating: 0, count: width * height), width: width)
  for y in 0..<height { for x in 0..<width { grid[x, y] = x + 10 * y } }
  grid[0, 0] += 7
  grid.first += 1
  return (grid.sum, grid.cells)
}

func joined(_ parts: String..., by separator: String = "-") -> String {
  var text = ""
  for (i, part) in parts.enumerated() { text += (i == 0 ? "" : separator) + part }
  return text
}

func calls(_ n: Int) -> String { joined("a", "b", "\(n)") + joined("x", by: "+") + joined() }

func isEven(_ n: Int) -> Bool { n == 0 ? true : isOdd(n - 1) }
func isOdd(_ n: Int) -> Bool { n == 0 ? false : isEven(n - 1) }

func countdown(_ n: Int) -> [() -> Int] {
  var functions: [() -> Int] = []
  for i in 0..<n {
    var calls = 0
    functions.append {
      calls += 1
      return i * 10 + calls
    }
  }
  return functions
}

func run(_ n: Int) -> [Int] {
  let functions = countdown(n)
  return functions.map { $0() } + functions.map { $0() }
}

func longest(_ text: String) -> String? {
  text.split(separator: " ").max { $0.count < $1.count }.map { String($0).uppercased() }
}

func nested(_ a: Int?, _ b: Int?) -> Int {
  if let a, let b, a > b { return a - b }
  if let a = a ?? b { return a }
  return -1
}

func wrap(_ a: UInt8, _ b: UInt8) -> [UInt8] {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return [sum, overflow ? 1 : 0, a &+ b, a ^ b, ~a, a << 2, b >> 1, a | b, UInt8(truncatingIfNeeded: Int(a) * 3)]
}

func memo(_ n: Int) -> Int {
  var known: [Int: Int] = [:]
  func f(_ n: Int) -> Int {
    if n < 2 { return n }
    if let value = known[n] { return value }
    let value = f(n - 1) + f(n - 2)
    known[n] = value
    return value
  }
  return f(n)
}

struct Matrix<T: Numeric> {
  var rows: [[T]]
  func transposed() -> Matrix {
    var result: [[T]] = []
    for x in 0..<(rows.first?.count ?? 0) { result.append(rows.map { $0[x] }) }
    return Matrix(rows: result)
  }
  var trace: T {
    var sum: T = 0
    for i in rows.indices { sum += rows[i][i] }
    return sum
  }
}

func traces(_ n: Int) -> (Int, Double) {
  let a = Matrix(rows: [[n, 2], [3, 4]]).transposed()
  return (a.trace, Matrix(rows: [[0.5]]).trace)
}

func fizz(_ n: Int) -> [String] {
  (1...n).map { i in
    switch (i % 3, i % 5) {
    case (0, 0): "FizzBuzz"
    case (0, _): "Fizz"
    case (_, 0): "Buzz"
    default: "\(i)"
    }
  }
}
