// Accessors: _read and _modify, inout chains, observers, subscripts of all kinds, lazy, exclusivity.

nonisolated(unsafe) var log: [String] = []
func note(_ text: String) { log.append(text) }

struct Grid {
  private var cells: [[Int]] = [[1, 2], [3, 4]]
  subscript(_ row: Int, _ column: Int = 0) -> Int {
    _read { note("read \(row),\(column)"); yield cells[row][column] }
    _modify {
      note("before \(row),\(column)")
      defer { note("after \(cells[row][column])") }
      yield &cells[row][column]
    }
  }
  subscript(row: Int) -> [Int] { get { cells[row] } set { cells[row] = newValue } }
  subscript(ranges: Range<Int>...) -> Int { ranges.reduce(0) { $0 + $1.count } }
  static subscript(_ n: Int) -> Grid { var g = Grid(); g[0, 0] = n; return g }
  subscript<T>(as convert: (Int) -> T) -> [T] { cells.joined().map(convert) }
  var corner: Int { get { self[0, 0] } nonmutating set { note("ignored \(newValue)") } }
}
struct Inner { var text = "inner" { didSet { note("text \(oldValue) -> \(text)") } }; var n = 0 }
struct Outer {
  var inner = Inner() { willSet { note("will \(newValue.n)") } didSet { note("did \(oldValue.n) \(inner.n)") } }
  var plain = Inner()
  var viaGet: Inner { get { note("get"); return plain } set { note("set"); plain = newValue } }
  var viaModify: Inner { _read { yield plain } _modify { note("m<"); yield &plain; note(">m") } }
  lazy var lazily: [Int] = { note("lazy"); return [n] }()
  var n: Int { plain.n + inner.n }
  mutating func run(_ body: (inout Inner) throws -> Void) rethrows { try body(&viaModify) }
}
class Holder {
  var outer = Outer()
  var texts: [String: [String]] = [:] { didSet { note("texts \(texts.count)") } }
  var count: Int = 0 { willSet { note("count will \(newValue)") } }
  lazy var computed = outer.n * 100
  var yielded: Outer { _read { yield outer } _modify { yield &outer } }
  static var shared = Holder() { didSet { note("shared") } }
}
final class Derived: Holder {
  override var count: Int { didSet { note("derived did \(oldValue)") } }
  override var yielded: Outer { get { note("derived get"); return super.yielded } set { note("derived set"); super.yielded = newValue } }
}
protocol Counting { var count: Int { get set }; subscript(_ key: String) -> [String] { get set } }
extension Holder: Counting { subscript(_ key: String) -> [String] { get { texts[key] ?? [] } set { texts[key] = newValue } } }
struct Failure: Error {}

func twice(_ n: inout Int) -> Int { n *= 2; return n }
func both(_ a: inout Int, _ b: inout String) { a += 1; b += "\(a)" }
func addAll<C: Counting>(_ c: inout C, _ texts: String...) { for t in texts { c[t].append(t); c.count += 1 } }
func chain(_ value: inout [Int], _ n: Int) { if n > 0 { value[value.count - 1] += n; chain(&value, n - 1) } }
func nested(_ n: Int) -> Int { var total = 0; func add(_ k: Int) { total += k; if k > 0 { add(k - 1) } }; add(n); return total }
func global() -> Int { counter += 1; return counter }
nonisolated(unsafe) var counter = 0 { didSet { note("counter \(oldValue) \(counter)") } }
var computedGlobal: Int { get { counter * 10 } set { counter = newValue / 10 } }

func say() { print(log.joined(separator: "; ")); log = [] }

func run() {
  var grid = Grid()
  grid[1, 1] += 5
  print(twice(&grid[0]), twice(&grid[1, 1]), grid[1][1], grid[0..<3, 1..<2], Grid[9][0, 0], grid[as: { "<\($0)>" }])
  grid[0].append(7)
  grid.corner = 3
  grid.corner += 1
  say()
  var outer = Outer()
  outer.inner.n = 3
  outer.inner.text += "!"
  outer.viaGet.n += 4
  outer.viaModify.text = "x"
  var word = "w"
  both(&outer.viaModify.n, &word)
  outer.lazily[0] += outer.n
  outer.lazily.append(1)
  outer.run { $0.n = 50 }
  do { try outer.run { $0.n = 60; throw Failure() } } catch { print("caught", outer.n) }
  print(outer.lazily, outer.n, outer.inner.text)
  say()
  for var holder in [Holder(), Derived()] {
    holder.outer.inner.n += 1
    holder.yielded.viaModify.n += 2
    holder.yielded.viaGet.text.append("?")
    holder.texts["a", default: []].append("b")
    holder.texts["a"]?[0] += "c"
    addAll(&holder, "x", "y", "x")
    print(holder.computed, holder.count, holder.texts.count, holder["x"], twice(&holder.computed))
    say()
  }
  Holder.shared.count += 1
  Holder.shared = Holder()
  _ = twice(&counter)
  computedGlobal += 100
  print(global(), twice(&computedGlobal), counter)
  say()
  var numbers = [1, 2, 3]
  chain(&numbers, 3)
  numbers.withUnsafeMutableBufferPointer { $0[0] = 9 }
  swap(&numbers[0], &grid[0, 1])
  (numbers[0], numbers[1]) = (numbers[1], numbers[0])
  for i in numbers.indices { numbers[i] += i }
  var tuple = (a: 1, b: (c: "x", d: [1]))
  both(&tuple.a, &tuple.b.c)
  tuple.b.d[0] += tuple.a
  var optional: Outer? = outer
  optional?.viaModify.n = 1
  optional!.inner.n += 1
  print(numbers, tuple, optional!.n, nested(10))
  say()
}
run()
