// Generic parameters that are integers; InlineArray, and types of the program's own.

final class Owned {
  nonisolated(unsafe) static var live = 0
  let n: Int
  init(_ n: Int) { self.n = n; Self.live += 1 }
  deinit { Self.live -= 1 }
}

struct Vector<let size: Int, Scalar: Numeric> {
  var elements: InlineArray<size, Scalar>
  init(repeating value: Scalar) { elements = .init(repeating: value) }
  init(_ body: (Int) -> Scalar) { elements = .init(body) }
  static func * (l: Self, r: Self) -> Scalar {
    var sum: Scalar = 0
    for i in 0..<size { sum += l.elements[i] * r.elements[i] }
    return sum
  }
  subscript(_ i: Int) -> Scalar { get { elements[i] } set { elements[i] = newValue } }
}
struct Matrix<let rows: Int, let columns: Int> {
  var cells: InlineArray<rows, InlineArray<columns, Double>>
  init(_ body: (Int, Int) -> Double) { cells = .init { r in .init { c in body(r, c) } } }
  func transposed() -> Matrix<columns, rows> { .init { cells[$1][$0] } }
  func times<let other: Int>(_ right: Matrix<columns, other>) -> Matrix<rows, other> {
    .init { r, c in (0..<columns).reduce(0) { $0 + cells[r][$1] * right.cells[$1][c] } }
  }
  var text: String { (0..<rows).map { r in (0..<columns).map { "\(cells[r][$0])" }.joined(separator: " ") }.joined(separator: "; ") }
}
final class Ring<let capacity: Int, Element> {
  private var slots = InlineArray<capacity, Element?>(repeating: nil)
  private var next = 0
  func push(_ element: Element) -> Element? {
    defer { next = (next + 1) % capacity }
    let old = slots[next]
    slots[next] = element
    return old
  }
  static var capacity_: Int { capacity }
}
func sum<let n: Int>(_ values: InlineArray<n, Int>) -> Int {
  var total = n * 1000
  for i in values.indices { total += values[i] }
  return total
}
func texts<let n: Int>() -> InlineArray<n, String> { .init { "text number \($0), on the heap" } }

func run() {
  var three = Vector<3, Int> { $0 + 1 }
  three[1] *= 10
  print(three * three, three.elements[2], Vector<4, Double>(repeating: 1.5) * Vector<4, Double>(repeating: 2))
  let m = Matrix<2, 3> { Double($0 * 3 + $1) }
  print(m.text, "|", m.transposed().text, "|", m.times(m.transposed()).text)
  let ring = Ring<3, Owned>()
  print((0..<5).map { ring.push(Owned($0))?.n ?? -1 }, Ring<7, Int>.capacity_, Owned.live)
  print(sum([1, 2, 3]), sum([5]), sum([]))
  let strings: InlineArray<5, String> = texts()
  for i in strings.indices { print(strings[i], terminator: "; ") }
  var copy = strings
  copy[0] = "changed"
  print(strings[0], copy[0], strings.count)
  let objects = InlineArray<4, Owned> { Owned($0 * 2) }
  var others = objects
  others.swapAt(0, 3)
  others[1] = others[2]
  print(objects[0].n, others[0].n, others[1].n, Owned.live)
  let pairs: [3 of (Int, String)] = [(1, "a"), (2, "b"), (3, "c")]
  print(pairs[1].1, MemoryLayout<[3 of Int16]>.size, MemoryLayout<Matrix<2, 2>>.size)
  let span = strings.span
  print(span.count, span[4])
}
run()
print("live", Owned.live)
