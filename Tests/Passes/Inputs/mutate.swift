// Swift with most of what the frontend can emit, as raw material for scripts/mutate.

protocol Shape { func area(scale: Double) throws -> Double }

struct Failure: Error { var code: Int8 }

final class Square: Shape {
  var side: Double
  weak var other: Square?
  init(side: Double) { self.side = side }
  func area(scale: Double) throws -> Double {
    guard scale > 0 else { throw Failure(code: -1) }
    return side * side * scale
  }
}

struct Circle: Shape {
  var radius: Float
  func area(scale: Double) throws -> Double { Double(radius * radius) * 3.14159 * scale }
}

func total<S: Sequence>(_ shapes: S) -> Double where S.Element == any Shape {
  shapes.reduce(0) { $0 + ((try? $1.area(scale: 2)) ?? 0) }
}

func typed(_ x: Int) throws(Failure) -> (Int, Bool, String) {
  if x > 3 { throw Failure(code: 2) }
  return (x, x == 2, "x\(x)")
}

actor Account {
  var balance: UInt16 = 1
  func add(_ amount: UInt16) -> UInt16 {
    balance &+= amount
    return balance
  }
}

func asynchronous(_ account: Account) async throws -> Int {
  async let a = account.add(2)
  async let b = account.add(3)
  let sum = await a &+ b
  return try await withThrowingTaskGroup(of: Int.self) { group in
    for i in 0..<3 { group.addTask { try typed(i).0 } }
    return try await group.reduce(Int(sum), +)
  }
}

struct Matrix {
  var rows: [[Int32]]
  subscript(i: Int, j: Int) -> Int32 {
    _read { yield rows[i][j] }
    _modify { yield &rows[i][j] }
  }
}

@main struct Main {
  static func main() async throws {
    print(total([Square(side: 2), Circle(radius: 1)] as [any Shape]))
    var matrix = Matrix(rows: [[1, 2], [3, 4]])
    matrix[1, 0] += 4
    let vector = SIMD4<Float>(1, 2, 3, 4) * 2
    print(matrix[1, 0], vector.sum(), try typed(2), try await asynchronous(Account()))
    var counts: [String: Int] = [:]
    for word in ["a", "b", "a"] { counts[word, default: 0] += 1 }
    print(counts.keys.sorted())
  }
}
